"""What is derived from a story's text for its readers: their HTML, the byline, the index of search, its ties.

Filled whenever the text that readers see is written, never while they read.
"""

import logging
from collections.abc import Set

from django.contrib.sites.models import Site
from django.db import transaction

from .edition import bump_story
from .html import clean_body, linked_stories, placed_pictures
from .models import Article, Correction, Credit, Picture, Status
from .renditions import Unreadable, make_first, reader_html
from .search import index_story

logger = logging.getLogger(__name__)


@transaction.atomic
def derive(*, article: Article) -> Article:
    """Fills the columns and the index of search from the text, credits, tags and pictures as they are saved.

    For a story that readers see, edition.bump_story or bump comes after it, last in the transaction.
    """
    article.body = clean_body(article.body)
    pictures = pictures_of(article)
    if article.status != Status.WITHDRAWN:
        bring_back(*pictures.values())
    fill(article, list(article.credits.select_related("author")), pictures)
    article.save(update_fields=["body", "body_html", "byline", "credited", "search_text", "picture_count", "notices"])
    _note(article.placings, "picture", placed_pictures(article.body) & pictures.keys())
    own_host = Site.objects.get_current().domain
    _note(article.links, "target", linked_stories(article.body, own_host).keys() - {article.pk})
    index_story(article)
    return article


def fill(article: Article, credits: list[Credit], pictures: dict[int, Picture]) -> None:
    """Fills the columns that readers get from a clean text, its credits and pictures; in memory, nothing is saved."""
    lead = pictures.get(article.lead_picture_id)
    has_first, own_host = bool(lead and lead.renditions), Site.objects.get_current().domain
    article.body_html = reader_html(article.body, pictures, has_first=has_first, own_host=own_host)
    article.byline = article.typed_byline or compose_byline(credits)
    article.credited = [{"name": credit.shown_name, "slug": credit.author.slug} for credit in credits]
    shown = {*pictures.values(), article.lead_picture} - {None}
    article.notices = [_notice(correction) for correction in article.corrections.published().newest_first()]
    article.picture_count = sum(bool(picture.renditions) for picture in shown)


def derive_stories_with(picture: Picture) -> None:
    """Derives anew every story whose text shows a picture, since its files have changed; one transaction a story.

    Withdrawn stories stay as they are: nobody reads them.
    """
    for story in Article.objects.filter(placings__picture=picture).exclude(status=Status.WITHDRAWN).only("pk"):
        with transaction.atomic():
            bump_story(derive(article=locked(story)))


def bring_back(*pictures: Picture) -> None:
    """Makes public files where a withdrawal took them away; a picture whose original is lost stays without."""
    for picture in pictures:
        if not picture.renditions:
            try:
                make_first(picture)
            except Unreadable as error:
                logger.warning("picture %s has no readable original: %s", picture.pk, error)


def compose_byline(credits) -> str:
    """One printed line from credits: "Bài, ảnh: X", "Bài: X - Ảnh: Y", "X - Y", "X (tổng hợp)"."""
    if all(credit.text and not credit.photo and not credit.video for credit in credits):
        return " - ".join(credit.shown_name + (" (tổng hợp)" if credit.compiled else "") for credit in credits)
    groups: dict[str, list[str]] = {}
    for credit in credits:
        roles = [
            label for done, label in ((credit.text, "bài"), (credit.photo, "ảnh"), (credit.video, "video")) if done
        ]
        if not roles:
            roles = ["tổng hợp"]
        groups.setdefault(", ".join(roles).capitalize(), []).append(credit.shown_name)
    return " - ".join(f"{label}: {', '.join(names)}" for label, names in groups.items())


def _notice(correction: Correction) -> dict:
    return {
        "id": correction.pk,
        "heading": correction.get_kind_display(),
        **{name: getattr(correction, name) for name in ("wrong", "right", "apology")},
    }


def pictures_of(article: Article) -> dict[int, Picture]:
    """id -> picture, of all that a story shows: the main one and those in its body."""
    shown = placed_pictures(article.body) | {article.lead_picture_id} - {None}
    return Picture.objects.select_related("credit_author").in_bulk(shown)


def _note(rows, name: str, now: Set[int]) -> None:
    """Makes the derived rows of a story, its placings or its links, say what its body says now."""
    before = set(rows.values_list(name, flat=True))
    if gone := before - now:
        rows.filter(**{f"{name}__in": gone}).delete()
    if new := now - before:
        rows.bulk_create([rows.model(article=rows.instance, **{f"{name}_id": pk}) for pk in sorted(new)])


def locked(article: Article) -> Article:
    """The story's row as it stands now, held against everybody else until the transaction ends."""
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("publication", "section", "created_by")
        .get(pk=article.pk)
    )
