"""Every change of a story's state, and the columns that are derived for its readers.

Each act is one transaction: lock the row, check the state and the right, ask `readiness`, write, append the event.
Nothing else assigns `Article.status`.
"""

import logging
from collections.abc import Set
from datetime import datetime

from django.contrib.sites.models import Site
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .dates import Precision
from .html import clean_body, linked_stories, placed_pictures
from .models import Act, Article, ArticleEvent, Author, Picture, Series, Status
from .readiness import problems
from .renditions import Unreadable, make_first, reader_html, remove
from .search import index_story
from .text import clean

logger = logging.getLogger(__name__)


class Refused(Exception):
    """An act that may not be done now. `sentences` tell the person why, in full."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


@transaction.atomic
def publish(*, article: Article, by, at: datetime | None = None) -> Article:
    """Publishes a story now, or lets it appear by itself at `at`. Refused with the reasons where it may not be."""
    article = _locked(article)
    if article.status == Status.WITHDRAWN:
        raise Refused(_("The story was withdrawn and cannot be published again."))
    if article.status == Status.PUBLISHED and not article.is_waiting:
        raise Refused(_("The story is published already."))
    _require(by, "articles.publish_article", _("You have no right to publish."))
    if article.created_by_id == by.pk and not by.has_perm("articles.publish_own_article"):
        raise Refused(_("Nobody publishes their own text alone; please ask a colleague."))
    now = timezone.now()
    if blocking := [problem.text for problem in problems(article) if problem.blocking]:
        raise Refused(*blocking)
    if article.expires_at and article.expires_at <= (at or now):
        raise Refused(_("The end of showing must come after the publication."))
    act = Act.SCHEDULE if at and at > now else Act.PUBLISH
    derive(article=article)
    return _enter(article, by, act, Status.PUBLISHED, published_at=at or now, date_precision=Precision.MINUTE)


@transaction.atomic
def unschedule(*, article: Article, by) -> Article:
    """Makes a story whose time has not come yet a draft again."""
    article = _locked(article)
    if not article.is_waiting:
        raise Refused(_("The story is not waiting for its time."))
    _require(by, "articles.publish_article", _("You have no right to publish."))
    return _enter(article, by, Act.UNSCHEDULE, Status.DRAFT, published_at=None)


@transaction.atomic
def publish_archive(*, article: Article, at: datetime | None, by=None, precision: str = Precision.MINUTE) -> list[str]:
    """Takes an imported story into the archive as it was published elsewhere, at `at` (None: unknown).

    What would block today's story is kept as a warning in the log. Returns these warnings.
    """
    article = _locked(article)
    if article.status == Status.WITHDRAWN:
        raise Refused(_("The story was withdrawn and cannot be published again."))
    if at is None:
        precision = Precision.UNKNOWN
        at = timezone.make_aware(datetime.combine(article.publication.archive_from, datetime.min.time()))
    warnings = [problem.text for problem in problems(article)]
    _enter(
        article,
        by,
        Act.PUBLISH_ARCHIVE,
        Status.PUBLISHED,
        note="\n".join(warnings),
        published_at=at,
        date_precision=precision,
    )
    return warnings


@transaction.atomic
def withdraw(*, article: Article, by, reason: str, on_legal_ground: bool = False) -> Article:
    """Takes a story from readers at once, and from public storage the pictures that no other story of theirs shows.

    The row, its comments and its originals stay, sealed, for inspection. It never comes back.
    """
    article = _locked(article)
    if article.status != Status.PUBLISHED or article.is_waiting:
        raise Refused(_("Only a published story can be withdrawn."))
    _require(by, "articles.withdraw_article", _("You have no right to withdraw stories."))
    reason = clean(reason)
    if not reason:
        raise Refused(_("Please say why the story is withdrawn."))
    _enter(article, by, Act.WITHDRAW, Status.WITHDRAWN, note=reason, on_legal_ground=on_legal_ground)
    for picture in _pictures_of(article).values():
        if not _is_shown(picture):
            remove(picture)
    return article


@transaction.atomic
def mark_revised(*, article: Article, by) -> Article:
    """Says to readers and search engines that a story has changed in substance, as of now: "Cập nhật" is printed."""
    article = _locked(article)
    if not article.is_visible:
        raise Refused(_("Only a story that readers can see is marked as updated."))
    _require(by, "articles.edit_published_article", _("You have no right to change published stories."))
    return _enter(article, by, Act.REVISE, Status.PUBLISHED, revised_at=timezone.now())


@transaction.atomic
def derive(*, article: Article) -> Article:
    """Fills the columns and the index of search from the text, credits, tags and pictures as they are saved."""
    credits = list(article.credits.select_related("author"))
    article.body = clean_body(article.body)
    pictures = _pictures_of(article)
    if article.status != Status.WITHDRAWN:
        bring_back(*pictures.values())
    lead = pictures.get(article.lead_picture_id)
    has_first, own_host = bool(lead and lead.renditions), Site.objects.get_current().domain
    article.body_html = reader_html(article.body, pictures, has_first=has_first, own_host=own_host)
    article.byline = article.typed_byline or compose_byline(credits)
    article.credited = [{"name": credit.shown_name, "slug": credit.author.slug} for credit in credits]
    shown = {*pictures.values(), article.lead_picture} - {None}
    article.picture_count = sum(bool(picture.renditions) for picture in shown)
    article.save(update_fields=["body", "body_html", "byline", "credited", "search_text", "picture_count"])
    _note(article.placings, "picture", placed_pictures(article.body) & pictures.keys())
    _note(article.links, "target", linked_stories(article.body, own_host).keys() - {article.pk})
    index_story(article)
    return article


def derive_stories_with(picture: Picture) -> None:
    """Derives anew every story whose text shows a picture, since its files have changed; one transaction a story.

    Withdrawn stories stay as they are: nobody reads them.
    """
    for story in Article.objects.filter(placings__picture=picture).exclude(status=Status.WITHDRAWN).only("pk"):
        with transaction.atomic():
            derive(article=_locked(story))


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


def _pictures_of(article: Article) -> dict[int, Picture]:
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


def _is_shown(picture: Picture) -> bool:
    """Whether readers meet a picture anywhere, or will at a set time."""
    stories = Article.objects.showing(picture).filter(status=Status.PUBLISHED)
    is_portrait = Author.objects.filter(portrait=picture).exists()
    return is_portrait or stories.exists() or Series.objects.filter(picture=picture).exists()


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("publication", "section").get(pk=article.pk)


def _require(person, permission: str, sentence: str) -> None:
    if not person.has_perm(permission):
        raise Refused(sentence)


def _enter(article: Article, by, act: Act, status: Status, note="", on_legal_ground=False, **fields) -> Article:
    before, article.status = article.status, status
    for name, value in fields.items():
        setattr(article, name, value)
    article.save(update_fields=["status", "slug", "updated_at", *fields])
    ArticleEvent.objects.create(
        article=article, act=act, by=by, before=before, after=status, note=note, on_legal_ground=on_legal_ground
    )
    return article
