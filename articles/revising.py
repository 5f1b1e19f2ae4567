"""The versions of a story's text: every save that changes something makes one, and none is ever written over.

What readers see is the row, which changes only when a version is released (publishing.py). Until a story is published
the row follows what is saved; what saves itself stays a version.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .contents import WRITTEN, changed_parts, content_of, digest_of, overlaid, write
from .deriving import derive, locked
from .models import Article, Origin, Revision, Section, Status

# Versions that were saved by themselves: all of the last hour, one for every ten minutes of the last day, one a day
# before that. Nobody goes back to a certain half-minute of last week.
KEPT_WHOLE, SPARED_FOR = timedelta(hours=1), timedelta(days=1)
SPARSE_MINUTES = 10
# Autosaves looked at in one run of `tick`.
A_RUN = 5000


class Outdated(Exception):
    """A save that began from a version which is not the last one any more, and differs from it.

    `base`, `theirs` and `mine` are the three texts as data; `latest` is the version that came in between.
    """

    def __init__(self, article: Article, base: dict, latest: Revision, mine: dict):
        super().__init__(str(latest))
        self.article, self.base, self.latest, self.mine = article, base, latest, mine

    @property
    def theirs(self) -> dict:
        return self.latest.content

    @property
    def parts(self) -> list[str]:
        """The parts in which the two texts differ."""
        return changed_parts(self.theirs, self.mine)

    def is_only_theirs(self, part: str) -> bool:
        """Whether only the other one has changed a part: then theirs is what both would want."""
        return self.mine.get(part) == self.base.get(part)


@transaction.atomic
def save(*, article: Article, content: dict, by, based_on: int, origin: Origin = Origin.SAVED) -> Revision | None:
    """Keeps a text as the story's last version; None if it says what the last one says.

    `based_on` is the number of the version that the person began from. Raises Outdated if another came meanwhile and
    says something else; then nothing is written. Before publication an ordinary save is the row's text at once.
    """
    article = locked(article)
    latest = latest_of(article)
    base = _content_at(article, based_on, latest)
    if digest_of(base) != latest.digest and latest.digest != digest_of(content):
        raise Outdated(article, base, latest, content)
    revision = _added(article, latest, content, by, origin)
    if origin != Origin.AUTOSAVED and article.status != Status.PUBLISHED:
        _show_if_fit(article, revision or latest)
    return revision


@transaction.atomic
def record(article: Article, *, by=None, origin: Origin = Origin.FOUND) -> Revision:
    """Keeps the text that the row holds as a version of its own, unless the last one says the same; gives that one.

    For what writes the row itself: an import, a story from before versions were kept.
    """
    return _recorded(locked(article), by, origin)


@transaction.atomic
def restore(*, revision: Revision, by, based_on: int) -> Revision | None:
    """Makes the text of an older version the last one, as a new version. Raises Outdated like `save`."""
    article = locked(revision.article)
    latest = latest_of(article)
    if latest.number > based_on:
        raise Outdated(article, _content_at(article, based_on, latest), latest, revision.content)
    restored = _added(article, latest, revision.content, by, Origin.RESTORED, restored_from=revision)
    if restored and article.status != Status.PUBLISHED:
        _show_if_fit(article, restored)
    return restored


def name(*, revision: Revision, name: str) -> None:
    """Gives a version a name, by which it is found again and never thinned out; an empty one takes it away."""
    Revision.objects.filter(pk=revision.pk).update(name=name)


def show(article: Article, revision: Revision) -> Article:
    """Makes a version's text the row's own. The caller holds the row's lock, and has asked `unfit`."""
    if article.shown_revision == revision.number:
        return article
    write(article, revision.content)
    article.shown_revision = revision.number
    # The end of showing is text, the time of publication is not; the database takes the two only together.
    article.save(update_fields=[*WRITTEN, "published_at", "slug", "shown_revision", "updated_at"])
    return derive(article=article)


def unfit(article: Article, content: dict) -> list[str]:
    """Why the row of a story cannot hold a text, in sentences: what saves itself may be unfinished, and what a version
    points to may have been deleted since."""
    found = [] if content["title"] else [_("The story has no title.")]
    if article.status == Status.PUBLISHED and not Section.objects.filter(pk=content["section"]).exists():
        found.append(_("The story has no section."))
    ends = content["expires_at"] and parse_datetime(content["expires_at"])
    if ends and article.published_at and ends <= article.published_at:
        found.append(_("The end of showing must come after the publication."))
    return found


def _show_if_fit(article: Article, revision: Revision) -> None:
    """A text that the row cannot hold stays a version, like one that saved itself."""
    if not unfit(article, revision.content):
        show(article, revision)


def latest_of(article: Article) -> Revision:
    """The last version of a story; where none has been kept yet, the row's text becomes the first."""
    return article.revisions.first() or _recorded(article, article.created_by, Origin.FOUND)


def worked_on(article: Article) -> Article:
    """The story with the text that the desk works on, for forms and previews; never to be saved."""
    latest = article.revisions.first() if article.latest_revision != article.shown_revision else None
    return overlaid(article, latest.content) if latest else article


def thin_out(now=None) -> int:
    """Removes versions that were saved by themselves and that nobody will look for; returns how many."""
    now = now or timezone.now()
    passing = Revision.objects.filter(Revision.PASSING, at__lt=now - KEPT_WHOLE).exclude(
        number=F("article__latest_revision")
    )
    rows = passing.order_by("article", "-number").values_list("pk", "article", "at")[:A_RUN]
    return Revision.objects.filter(pk__in=list(_superfluous(rows, now))).delete()[0]


def _superfluous(rows: Iterable[tuple], now) -> Iterable[int]:
    """Of versions newest first, all but the first of each stretch of time of each story."""
    kept = None
    for pk, article, at in rows:
        local = timezone.localtime(at)
        sparse = local.replace(minute=local.minute // SPARSE_MINUTES * SPARSE_MINUTES, second=0, microsecond=0)
        stretch = article, sparse if now - at < SPARED_FOR else local.date()
        if stretch == kept:
            yield pk
        kept = stretch


def _recorded(article: Article, by, origin: Origin) -> Revision:
    content = content_of(article)
    latest = article.revisions.first()
    if latest is None or latest.digest != digest_of(content):
        latest = _new(article, content, by, origin)
    article.shown_revision = latest.number
    Article.objects.filter(pk=article.pk).update(shown_revision=latest.number)
    return latest


def _added(article: Article, latest: Revision, content: dict, by, origin: Origin, **fields) -> Revision | None:
    return None if latest.digest == digest_of(content) else _new(article, content, by, origin, **fields)


def _new(article: Article, content: dict, by, origin: Origin, **fields) -> Revision:
    number = article.latest_revision + 1
    made = Revision.objects.create(
        article=article, number=number, content=content, digest=digest_of(content), by=by, origin=origin, **fields
    )
    article.latest_revision = number
    Article.objects.filter(pk=article.pk).update(latest_revision=number)
    return made


def _content_at(article: Article, number: int, latest: Revision) -> dict:
    """The text that somebody began from. A version that was thinned out gives way to the one before it; who began
    before any was kept began from the first."""
    if number >= latest.number:
        return latest.content
    found = article.revisions.filter(number__lte=number).first() or article.revisions.last()
    return found.content
