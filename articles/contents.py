"""The text of a story as data: what a revision keeps, what two versions are compared by, what a release writes."""

import copy
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from .models import Article, Author, Credit, Picture, Section, Series, Tag
from .written import held

# Columns of the row that are the story's text, by what they hold.
COLUMNS = (
    *("title", "kicker", "lead_prefix", "lead", "body", "lead_picture_caption", "typed_byline"),
    "comments_open",
)
LINKS = {"lead_picture": Picture, "section": Section, "series": Series}
LISTS = {"more_sections": Section, "tags": Tag, "related": Article}
ROLES = ("text", "photo", "video", "compiled")
# All parts, in the order in which they are compared and chosen from.
PARTS = (
    *("title", "kicker", "lead_prefix", "lead", "body", "lead_picture", "lead_picture_caption"),
    *("credits", "typed_byline", "section", "more_sections", "series", "tags", "related"),
    *("comments_open", "expires_at"),
)


def content_of(article: Article) -> dict:
    """The text of a story as its row and ties hold it."""
    return typed_content(article, {name: getattr(article, name).all() for name in LISTS}, article.credits.all())


def credit_data(credit: Credit) -> dict:
    """One credit as data; its place in the list is its order."""
    return {
        "author": credit.author_id,
        "printed_name": credit.printed_name,
        **{role: getattr(credit, role) for role in ROLES},
    }


def moment(at: datetime | None) -> str | None:
    """A time as data, the same however the clock that read it was set."""
    return at and at.astimezone(UTC).isoformat()


def typed_content(story: Article, lists: dict, credits: Iterable[Credit]) -> dict:
    """The text of a story as a form holds it: its columns on the row, its lists (name -> rows) and credits beside."""
    content = {name: getattr(story, name) for name in COLUMNS}
    content |= {name: getattr(story, f"{name}_id") for name in LINKS}
    content |= {name: sorted(row.pk for row in lists[name]) for name in LISTS}
    content["credits"] = [credit_data(credit) for credit in credits]
    content["expires_at"] = moment(story.expires_at)
    return content


def digest_of(content: dict) -> str:
    """The same for the same text and no other."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changed_parts(one: dict, other: dict) -> list[str]:
    """The names of the parts in which two versions differ, in the order of PARTS."""
    return [name for name in PARTS if one.get(name) != other.get(name)]


def overlaid(article: Article, content: dict) -> Article:
    """A story as it would be with this text: for forms and previews, never to be saved.

    What has been deleted since the version was made is left out.
    """
    story = copy.copy(article)
    story._state = copy.copy(article._state)
    story._state.fields_cache = {name: row for name, row in article._state.fields_cache.items() if name not in LINKS}
    for name in COLUMNS:
        setattr(story, name, content[name])
    for name, model in LINKS.items():
        setattr(story, name, model.objects.filter(pk=content[name]).first() if content[name] else None)
    story.expires_at = content["expires_at"] and parse_datetime(content["expires_at"])
    story._prefetched_objects_cache = {name: _rows(model, content[name]) for name, model in LISTS.items()}
    story._prefetched_objects_cache["credits"] = held(Credit, credits_of(story, content))
    return story


def write(article: Article, content: dict) -> None:
    """Makes this text the row's own, ties and credits included. The caller holds the row's lock, saves and derives."""
    for name in COLUMNS:
        setattr(article, name, content[name])
    for name, model in LINKS.items():
        setattr(article, name, model.objects.filter(pk=content[name]).first() if content[name] else None)
    article.expires_at = content["expires_at"] and parse_datetime(content["expires_at"])
    for name, model in LISTS.items():
        getattr(article, name).set(_rows(model, content[name]))
    if [credit_data(credit) for credit in article.credits.all()] != content["credits"]:
        article.credits.all().delete()
        Credit.objects.bulk_create(credits_of(article, content))


# The columns that `write` sets, for a save that touches nothing else.
WRITTEN = (*COLUMNS, *LINKS, "expires_at")


def credits_of(article: Article, content: dict) -> list[Credit]:
    """The credits of a version as rows that are not saved, their authors at hand."""
    authors = Author.objects.in_bulk([row["author"] for row in content["credits"]])
    return [
        Credit(article=article, author=authors[row["author"]], order=order, **_roles_and_name(row))
        for order, row in enumerate(content["credits"])
        if row["author"] in authors
    ]


def _roles_and_name(row: dict) -> dict:
    return {name: row[name] for name in (*ROLES, "printed_name")}


def _rows(model, pks: Iterable[int]):
    """What a version points to, as far as it is there; of a tag that was merged since, the one that stayed."""
    wanted = Q(pk__in=pks) | Q(synonyms__former__in=pks) if model is Tag else Q(pk__in=pks)
    return model.objects.filter(wanted).distinct() if pks else model.objects.none()
