"""What is derived from a story's text for its readers: their HTML, the byline, the index of search, its ties.

Filled whenever the text that readers see is written, never while they read.
"""

import logging

from django.db import transaction

from .html import clean_body, placed_pictures
from .models import Article, Credit, Picture, Placing, Status
from .renditions import Unreadable, make_first, reader_html
from .search import index_story

logger = logging.getLogger(__name__)


@transaction.atomic
def derive(*, article: Article) -> Article:
    """Fills the columns and the index of search from the text, credits, tags and pictures as they are saved."""
    article.body = clean_body(article.body)
    pictures = pictures_of(article)
    if article.status != Status.WITHDRAWN:
        bring_back(*pictures.values())
    fill(article, list(article.credits.select_related("author")), pictures)
    article.save(update_fields=["body", "body_html", "byline", "credited", "search_text", "picture_count"])
    _note_placings(article, placed_pictures(article.body) & pictures.keys())
    index_story(article)
    return article


def fill(article: Article, credits: list[Credit], pictures: dict[int, Picture]) -> None:
    """Fills the columns that readers get from a clean text, its credits and pictures; in memory, nothing is saved."""
    lead = pictures.get(article.lead_picture_id)
    article.body_html = reader_html(article.body, pictures, has_first=bool(lead and lead.renditions))
    article.byline = article.typed_byline or compose_byline(credits)
    article.credited = [{"name": credit.shown_name, "slug": credit.author.slug} for credit in credits]
    shown = {*pictures.values(), article.lead_picture} - {None}
    article.picture_count = sum(bool(picture.renditions) for picture in shown)


def derive_stories_with(picture: Picture) -> None:
    """Derives anew every story whose text shows a picture, since its files have changed; one transaction a story.

    Withdrawn stories stay as they are: nobody reads them.
    """
    for story in Article.objects.filter(placings__picture=picture).exclude(status=Status.WITHDRAWN).only("pk"):
        with transaction.atomic():
            derive(article=locked(story))


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


def pictures_of(article: Article) -> dict[int, Picture]:
    """id -> picture, of all that a story shows: the main one and those in its body."""
    shown = placed_pictures(article.body) | {article.lead_picture_id} - {None}
    return Picture.objects.select_related("credit_author").in_bulk(shown)


def _note_placings(article: Article, placed: set[int]) -> None:
    noted = set(article.placings.values_list("picture_id", flat=True))
    if gone := noted - placed:
        article.placings.filter(picture__in=gone).delete()
    if new := placed - noted:
        Placing.objects.bulk_create([Placing(article=article, picture_id=pk) for pk in sorted(new)])


def locked(article: Article) -> Article:
    """The story's row as it stands now, held against everybody else until the transaction ends."""
    return Article.objects.select_for_update(of=("self",)).select_related("publication", "section").get(pk=article.pk)
