"""Pictures for the demonstration newspaper, drawn afresh each time from flat shapes."""

from collections.abc import Callable

from PIL import Image

from . import civic, craft, land, night, people, season, town, water, works

SCENES: dict[str, Callable[[], Image.Image]] = {
    "river_dawn": water.river_dawn,
    "river_rain": water.river_rain,
    "lake_blue": water.lake_blue,
    "bridge": works.bridge,
    "dam": works.dam,
    "factory": works.factory,
    "road_mountain": works.road_mountain,
    "terraces_gold": land.terraces_gold,
    "terraces_green": land.terraces_green,
    "tea_hill": land.tea_hill,
    "rice_field": land.rice_field,
    "orchard": season.orchard,
    "pine_forest": season.pine_forest,
    "cattle_winter": season.cattle_winter,
    "market": town.market,
    "school": civic.school,
    "clinic": civic.clinic,
    "border_post": civic.border_post,
    "lantern_street": town.lantern_street,
    "town_night": night.town_night,
    "stadium": night.stadium,
    "meeting_hall": night.meeting_hall,
    "brocade": craft.brocade,
    "loom": craft.loom,
    "portrait_woman": people.portrait_woman,
    "portrait_man": people.portrait_man,
}


def draw(name: str) -> Image.Image:
    """Draw the scene of that name; the same name always gives the same picture."""
    return SCENES[name]()
