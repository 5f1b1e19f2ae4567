"""How a reader's comment comes in: one act that stores it as held, and what is forgotten later."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.reading import visible_article
from articles.text import fold

from . import gates
from .models import Comment

# The wording that a reader ticks (templates/comments/form.html); a new wording takes a new version.
CONSENT_VERSION = "2026-11"

# A receipt can be read again for a day; later its address is the plain page of the discussion.
RECEIPT_GOOD_FOR = 24 * 60 * 60

_receipts = signing.TimestampSigner(salt="comments.receipt")


class Closed(Exception):
    """The story takes no comments, or no more."""


class TooMany(Exception):
    """One more comment would pass a limit of `gates`."""


@dataclass(frozen=True)
class Sent:
    """A valid form: texts as they are stored, the sender's network, and whether the hidden field was filled in."""

    name: str
    email: str
    text: str
    address: str = ""
    is_trapped: bool = False


@transaction.atomic
def receive(*, article_id: int, sent: Sent) -> Comment:
    """Stores a comment as held and returns it; the same text from the same person is the comment that stands already.

    The story is locked first, so that one withdrawn meanwhile takes nothing: raises Gone or Http404 as `reading` does,
    Closed, or TooMany.
    """
    Article.objects.select_for_update().filter(pk=article_id).values_list("pk").first()
    article = visible_article(article_id)
    if not gates.is_open(article):
        raise Closed
    now = timezone.now()
    twins = list(gates.earlier_twins(article_id=article.pk, key=key_of(sent.text), at=now))
    if own := [twin for twin in twins if twin.email == sent.email]:
        return own[0]
    if gates.is_flood(article_id=article.pk, email=sent.email, address=sent.address, at=now):
        raise TooMany
    return _store(article, sent, now, is_repeated=bool(twins))


def key_of(text: str) -> str:
    """The key by which a text is known again, whatever its marks and capitals: 64 letters."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def receipt_for(comment: Comment) -> str:
    """The signed value that opens the receipt page of a comment, and nothing else."""
    return _receipts.sign(str(comment.pk))


def read_receipt(value: str, article_id: int) -> str:
    """The number that a reader can quote ('BD-26-1184'); '' for a value that is old, of another story or not ours."""
    try:
        pk = int(_receipts.unsign(value, max_age=RECEIPT_GOOD_FOR))
    except signing.BadSignature:
        return ""
    comment = Comment.objects.filter(pk=pk, article_id=article_id).only("created_at").first()
    return f"BD-{timezone.localtime(comment.created_at):%y}-{comment.pk}" if comment else ""


def forget_addresses(before: datetime) -> int:
    """Drops the networks of comments sent before a moment. Returns how many; a second call finds none."""
    return Comment.objects.filter(created_at__lt=before).exclude(address="").update(address="")


def _store(article: Article, sent: Sent, now: datetime, *, is_repeated: bool) -> Comment:
    return Comment.objects.create(
        article=article,
        name=sent.name,
        email=sent.email,
        text=sent.text,
        created_at=now,
        consent_version=CONSENT_VERSION,
        consent_at=now,
        address=sent.address,
        key=key_of(sent.text),
        suspicion=gates.suspicion(sent.text, is_trapped=sent.is_trapped, is_repeated=is_repeated),
    )
