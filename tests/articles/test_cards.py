"""Stories as cards print them: whole with one query, in the order asked for, and never one that readers may not see."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from articles.cards import cards
from articles.models import Article, Status
from articles.templatetags.stories import social_picture
from blocks.templatetags.layout import as_entries

from .. import build

pytestmark = pytest.mark.django_db

CARDS = (
    "dated",
    "kicker",
    "lead",
    "meta",
    "numbered",
    "row",
    "second",
    "standard",
    "teaser",
    "text",
    "ticker",
    "title",
)
ALL_OF_IT = {"with_section": True, "with_byline": True, "with_count": True, "with_clock": True, "with_kicker": True}


def stories() -> list[Article]:
    parent = build.section("Kinh tế")
    child = build.section("Nông nghiệp", parent=parent)
    return [
        build.article(
            title="Lúa về kho", section=child, series=build.series(), lead_picture=build.picture(), kicker=""
        ),
        build.article(title="Chợ phiên", section=parent, by=None, typed_byline="Nhóm phóng viên", hours_ago=2),
    ]


def by_ids(made):
    return cards(story.pk for story in made)


def as_queryset(made):
    return list(Article.objects.for_lists().filter(pk__in=[story.pk for story in made]).newest_first())


@pytest.mark.parametrize("ask", [by_ids, as_queryset])
@pytest.mark.parametrize("card", CARDS)
def test_card_is_printed_without_asking_the_database_again(ask, card, django_assert_num_queries):
    made = stories()
    now = timezone.localtime()

    with django_assert_num_queries(1):
        for entry in as_entries(ask(made)):
            context = {"entry": entry, "now": now, "with_teaser": True, "with_meta": True, "pictures": 4} | ALL_OF_IT
            html = render_to_string(f"components/card/{card}.html", context, request=RequestFactory().get("/"))
            assert card in ("kicker", "meta", "teaser") or entry.title in html


@pytest.mark.parametrize("ask", [by_ids, as_queryset])
def test_what_feeds_and_addresses_need_of_a_story_is_there(ask, django_assert_num_queries):
    made = stories()

    with django_assert_num_queries(1):
        shown = [
            (
                story.get_absolute_url(),
                story.section.get_absolute_url(),
                story.section.full_name,
                story.printed_kicker,
                bool(social_picture(story)),
                story.revised_at,
                story.is_visible,
            )
            for story in ask(made)
        ]

    series = build.series().name
    assert shown == [
        (made[0].get_absolute_url(), "/kinh-te/nong-nghiep/", "Kinh tế › Nông nghiệp", series, True, None, True),
        (made[1].get_absolute_url(), "/kinh-te/", "Kinh tế", "", False, None, True),
    ]


def test_stories_come_in_the_order_of_their_ids_and_unknown_ones_not_at_all():
    first, second = build.article(), build.article()

    assert cards([second.pk, 999_999, first.pk]) == [second, first]
    assert cards([]) == []


def test_story_that_readers_may_not_see_is_left_out_whoever_asks_for_it():
    now = timezone.now()
    ending = build.article(hours_ago=2, expires_at=now + timedelta(hours=1))
    coming = build.article(hours_ago=-1)
    hidden = [build.article(status=status) for status in (Status.DRAFT, Status.EDITED, Status.WITHDRAWN)]
    pks = [story.pk for story in (ending, coming, *hidden)]

    assert cards(pks) == [ending]
    assert cards(pks, coming.published_at + timedelta(hours=1)) == [coming]


def test_story_of_a_card_is_as_the_database_has_it():
    (made, _other) = stories()
    card, row = cards([made.pk])[0], Article.objects.get(pk=made.pk)

    loaded = {field.attname for field in Article._meta.concrete_fields} - card.get_deferred_fields()
    assert {name: getattr(card, name) for name in loaded} == {name: getattr(row, name) for name in loaded}
    assert "body" not in loaded
    assert (card.lead_picture.renditions, card.lead_picture.alt) == (row.lead_picture.renditions, row.lead_picture.alt)
    # What is not there is fetched when it is asked for, as with any row.
    assert card.body == row.body
