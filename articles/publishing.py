"""Every change of a story's state.

Each act is one transaction: lock the row, check the state, the right and that the person saw the story as it stands,
ask `readiness`, write, append the event. Nothing else assigns `Article.status`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from . import letters, previewing, revising
from .dates import Precision, when
from .deriving import bring_back, compose_byline, derive, derive_stories_with, locked, pictures_of
from .edition import bump_story
from .models import Act, Article, ArticleEvent, Author, Correction, Origin, Picture, Revision, Series, Status
from .readiness import problems
from .renditions import remove
from .rights import in_scope, refusal
from .text import clean

__all__ = [
    "Refused",
    "bring_back",
    "compose_byline",
    "correct",
    "derive",
    "derive_stories_with",
    "pass_on",
    "publish",
    "publish_archive",
    "put_back",
    "release",
    "revise",
    "seen_as",
    "seen_of",
    "send_back",
    "submit",
    "told_last",
    "unschedule",
    "withdraw",
]


# Between pressing a button and being heard; a time that lies further back was a mistake.
SLOW = timedelta(minutes=1)


# After these, what readers could see before must not be seen any more.
_TAKE_BACK = {Act.WITHDRAW, Act.UNSCHEDULE, Act.RELEASE, Act.CORRECT}


class Refused(Exception):
    """An act that may not be done now. `sentences` tell the person why, in full."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


@transaction.atomic
def submit(*, article: Article, by, seen: str | None = None) -> Article:
    """Hands a draft in: an editor takes over, and the writer waits."""
    article = _taken(Act.SUBMIT, article, by, seen)
    _settle(article)
    if needed := [problem.text for problem in problems(article) if problem.blocking and problem.is_basic]:
        raise Refused(*needed)
    return _enter(article, by, Act.SUBMIT, Status.SUBMITTED)


@transaction.atomic
def send_back(*, article: Article, by, reason: str, seen: str | None = None) -> Article:
    """Makes a story that was handed in a draft again. The writer reads the reason at the top of the form."""
    article = _taken(Act.SEND_BACK, article, by, seen)
    reason = _required(reason, _("Please tell the writer what is to be done."))
    _settle(article)
    letters.tell_returned(article, by=by, reason=reason)
    return _enter(article, by, Act.SEND_BACK, Status.DRAFT, note=reason)


@transaction.atomic
def pass_on(*, article: Article, by, seen: str | None = None) -> Article:
    """Passes an edited story on to those who release."""
    article = _taken(Act.PASS_ON, article, by, seen)
    _settle(article)
    _require_ready(article)
    return _enter(article, by, Act.PASS_ON, Status.EDITED)


@transaction.atomic
def publish(*, article: Article, by, at: datetime | None = None, seen: str | None = None) -> Article:
    """Publishes a story now, or lets it appear by itself at `at`. Refused with the reasons where it may not be.

    A scheduled story is given another time so. Work on its text goes out with it if this person may release it, and
    else goes on waiting.
    """
    now = timezone.now()
    act = Act.SCHEDULE if at and at > now else Act.PUBLISH
    article = _taken(act, article, by, seen)
    if at and at < now - SLOW:
        raise Refused(_("The time of publication has passed: %s. Please give another one, or none.") % when(at))
    # What had been planned before gives way to what is asked for now.
    article.published_at = at or now
    if article.status != Status.PUBLISHED or not refusal(Act.RELEASE, by, article):
        _settle(article)
    article.published_at = at
    _require_ready(article)
    if article.expires_at and article.expires_at <= (at or now):
        raise Refused(_("The end of showing must come after the publication."))
    _require_scope(article, by)
    derive(article=article)
    due = {"due": at} if act == Act.SCHEDULE else {}
    return _enter(article, by, act, Status.PUBLISHED, **due, published_at=at or now, date_precision=Precision.MINUTE)


@transaction.atomic
def unschedule(*, article: Article, by, seen: str | None = None) -> Article:
    """Takes a story whose time has not come off the schedule: it waits for its release again."""
    article = _taken(Act.UNSCHEDULE, article, by, seen)
    return _enter(article, by, Act.UNSCHEDULE, Status.EDITED, published_at=None)


@transaction.atomic
def release(*, article: Article, by, is_important: bool = False, seen: str | None = None) -> Article:
    """Shows readers the text that the desk has worked on since the story came out; "Cập nhật" if it is important."""
    article = _taken(Act.RELEASE, article, by, seen)
    if not article.has_changes:
        raise Refused(_("There is nothing to release: readers see the last version."))
    _settle(article)
    _require_ready(article)
    _require_scope(article, by)
    revised = {"revised_at": timezone.now()} if is_important and article.is_visible else {}
    return _enter(article, by, Act.RELEASE, Status.PUBLISHED, **revised)


@transaction.atomic
def revise(*, article: Article, by) -> Article:
    """Says to readers and search engines that a story has changed in substance, as of now: "Cập nhật" is printed."""
    article = _taken(Act.REVISE, article, by, None)
    return _enter(article, by, Act.REVISE, Status.PUBLISHED, revised_at=timezone.now())


@transaction.atomic
def correct(*, correction: Correction, by) -> Article:
    """Announces a correction: above the text of its story, among the corrections of the paper, and as an update.

    A withdrawn story stays away; its correction is announced all the same, without its title.
    """
    article = _taken(Act.CORRECT, correction.article, by, None)
    if not Correction.objects.filter(pk=correction.pk, published_at=None).update(published_at=timezone.now()):
        raise Refused(_("The correction is announced already."))
    derive(article=article)
    revised = {"revised_at": timezone.now()} if article.is_visible else {}
    return _enter(article, by, Act.CORRECT, Status(article.status), note=correction.right, **revised)


@transaction.atomic
def publish_archive(*, article: Article, at: datetime | None, by=None, precision: str = Precision.MINUTE) -> list[str]:
    """Takes an imported story into the archive as it was published elsewhere, at `at` (None: unknown).

    What would block today's story is kept as a warning in the log, and returned; only what was withdrawn on a legal
    ground comes back by no way.
    """
    article = locked(article)
    if article.status == Status.WITHDRAWN:
        raise Refused(_("The story was withdrawn and cannot be published again."))
    if at is None:
        precision = Precision.UNKNOWN
        at = timezone.make_aware(datetime.combine(article.publication.archive_from, datetime.min.time()))
    found = problems(article)
    if forbidden := [problem.text for problem in found if problem.is_forbidden]:
        raise Refused(*forbidden)
    warnings = [problem.text for problem in found]
    revising.record(article, by=by, origin=Origin.IMPORTED)
    article.refresh_from_db(fields=["latest_revision", "shown_revision"])
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
def withdraw(*, article: Article, by, reason: str, on_legal_ground: bool = False, seen: str | None = None) -> Article:
    """Takes a story from readers at once, and from public storage the pictures that no other story of theirs shows.

    The row, its versions, comments and originals stay, sealed, for inspection. On a legal ground it never comes back.
    """
    article = _taken(Act.WITHDRAW, article, by, seen)
    reason = _required(reason, _("Please say why the story is withdrawn."))
    _enter(article, by, Act.WITHDRAW, Status.WITHDRAWN, note=reason, on_legal_ground=on_legal_ground)
    previewing.revoke_links(article=article, by=by)
    for picture in pictures_of(article).values():
        if not _is_shown(picture):
            remove(picture)
    return article


@transaction.atomic
def put_back(*, article: Article, by, reason: str, seen: str | None = None) -> Article:
    """Gives readers back a story that was withdrawn by mistake, at its old address and with its old date."""
    article = _taken(Act.PUT_BACK, article, by, seen)
    reason = _required(reason, _("Please say why the story is put back."))
    _require_ready(article)
    bring_back(*pictures_of(article).values())
    derive(article=article)
    return _enter(article, by, Act.PUT_BACK, Status.PUBLISHED, note=reason)


def seen_as(article: Article) -> str:
    """What a page shows of a story, in short: an act that names something else was asked for on a stale page."""
    return seen_of([article])[article.pk]


def seen_of(articles: Iterable[Article]) -> dict[int, str]:
    """`seen_as` of the stories of a list, by their ids, with one query."""
    last = ArticleEvent.objects.filter(article=OuterRef("pk")).values("pk")[:1]
    rows = Article.objects.filter(pk__in=[article.pk for article in articles]).order_by()
    events = dict(rows.annotate(last=Subquery(last)).values_list("pk", "last"))
    return {article.pk: f"{article.latest_revision}.{events.get(article.pk) or 0}" for article in articles}


def told_last(article: Article) -> str:
    """What was done to a story last, as one sentence; empty if nothing was."""
    event, revision = article.events.first(), article.revisions.first()
    if event and not (revision and revision.at > event.at):
        return _told(event.by, event.get_act_display(), event.at)
    return _told(revision.by, revision.get_origin_display(), revision.at) if revision else ""


def _told(person, act: str, at: datetime) -> str:
    words = {"who": person or _("The system"), "act": act, "time": f"{timezone.localtime(at):%H:%M %d/%m/%Y}"}
    return _("%(who)s: %(act)s, at %(time)s.") % words


def _taken(act: Act, article: Article, by, seen: str | None) -> Article:
    """The story's row, locked, if the act may be done to it by this person as it stands; else Refused."""
    article = locked(article)
    if sentence := refusal(act, by, article):
        raise Refused(sentence, *filter(None, [told_last(article)]))
    if seen and seen != seen_as(article):
        raise Refused(
            _("The story has changed since you opened it. Please look at it again before you go on."),
            *filter(None, [told_last(article)]),
        )
    return article


def _settle(article: Article) -> None:
    """Makes the last version of the text the row's own, and notes that readers see it if they do."""
    latest = revising.latest_of(article)
    if lacking := revising.unfit(article, latest.content):
        raise Refused(*lacking)
    revising.show(article, latest)


def _require_ready(article: Article) -> None:
    if blocking := [problem.text for problem in problems(article) if problem.blocking]:
        raise Refused(*blocking)


def _require_scope(article: Article, by) -> None:
    """Nobody brings to readers in a section what they may not work on there; the last text may have moved it."""
    if not in_scope(by, article):
        raise Refused(_("The story belongs to a section that you do not work in."))


def _required(reason: str, sentence: str) -> str:
    reason = clean(reason)
    if not reason:
        raise Refused(sentence)
    return reason


def _is_shown(picture: Picture) -> bool:
    """Whether readers meet a picture anywhere, or will at a set time."""
    stories = Article.objects.showing(picture).filter(status=Status.PUBLISHED)
    is_portrait = Author.objects.filter(portrait=picture).exists()
    return is_portrait or stories.exists() or Series.objects.filter(picture=picture).exists()


def _enter(
    article: Article, by, act: Act, status: Status, note="", on_legal_ground=False, due=None, **fields
) -> Article:
    before, article.status = article.status, status
    for name, value in fields.items():
        setattr(article, name, value)
    article.save(update_fields=["status", "slug", "updated_at", *fields])
    shown = Revision.objects.filter(article=article, number=article.shown_revision)
    if status == Status.PUBLISHED:
        shown.filter(released_at=None).update(released_at=timezone.now())
    ArticleEvent.objects.create(
        article=article,
        act=act,
        by=by,
        before=before,
        after=status,
        note=note,
        on_legal_ground=on_legal_ground,
        revision=article.shown_revision or None,
        due=due,
    )
    if {before, status} & {Status.PUBLISHED, Status.WITHDRAWN}:
        bump_story(article, removes=act in _TAKE_BACK)
    return article
