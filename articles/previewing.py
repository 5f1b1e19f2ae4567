"""A story before readers see it: as its page will be, and the secret links by which outsiders read it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .contents import overlaid
from .dates import Precision
from .deriving import fill, locked, pictures_of
from .models import Article, PreviewLink, Status
from .revising import latest_of

# For how many days a link can be made to work: till the evening, over a weekend, for a lawyer who takes a week.
LIFETIMES = (1, 3, 7)
# A link that has ended is kept while somebody may ask who was shown what; then the outsider's name goes.
KEPT_FOR = timedelta(days=90)
# As many bytes as nobody guesses.
TOKEN_BYTES = 32
# The number of a story that has none yet: managers and addresses want one, and no row has this one.
UNSAVED = 0


def as_published(article: Article, content: dict) -> Article:
    """The story as its page would be if this text went out now, or at the time that was set for it.

    In memory: nothing is saved and no file is made. `article` has a house style; it need not be saved.
    """
    story = overlaid(article, content)
    story.pk = story.pk or UNSAVED
    story.follow_title()
    if story.status != Status.PUBLISHED:
        now = timezone.now()
        story.published_at = max(story.published_at or now, now)
        story.date_precision = Precision.MINUTE
    fill(story, list(story.credits.all()), pictures_of(story))
    return story


@transaction.atomic
def make_link(*, article: Article, by, for_whom: str, days: int) -> tuple[PreviewLink, str]:
    """Makes a link to the version that the desk works on now. Returns it with its token, which is told only here."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    article = locked(article)
    now = timezone.now()
    link = PreviewLink.objects.create(
        article=article,
        revision=latest_of(article),
        digest=_digest(token),
        for_whom=for_whom,
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return link, token


def revoke_link(*, link: PreviewLink, by) -> bool:
    """Ends a link at once; False if it had ended so before."""
    return bool(_revoke(PreviewLink.objects.filter(pk=link.pk), by))


def revoke_links(*, article: Article, by) -> int:
    """Ends all links of a story at once; returns how many were still open to somebody."""
    return _revoke(article.preview_links.all(), by)


def link_of(token: str) -> PreviewLink | None:
    """The link of an address, ended ones too, with what the page of its story prints."""
    links = PreviewLink.objects.select_related(
        "revision", "article__publication", "article__house_style", "article__section__parent", "article__series"
    )
    return links.filter(digest=_digest(token)).first()


def forget_links(now=None) -> int:
    """Deletes links that ended long ago; returns how many."""
    before = (now or timezone.now()) - KEPT_FOR
    return PreviewLink.objects.filter(expires_at__lt=before).delete()[0]


def _revoke(links, by) -> int:
    return links.filter(revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
