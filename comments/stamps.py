"""The stamp of a comment form: which story it was printed under, and on which day.

It stands in a page that many readers share from a cache, so it is the same for all of them and proves only that the
form came from us not long ago. Who sends it is looked at by `gates`.
"""

from datetime import date
from enum import Enum

from django.core import signing
from django.utils import timezone

# A page left open over a week's holiday still sends; an address book of stamps is worth nothing the week after.
GOOD_FOR_DAYS = 7

_signer = signing.Signer(salt="comments.stamp")


class Verdict(Enum):
    GOOD = "good"
    OLD = "old"
    FORGED = "forged"


def make(article_id: int) -> str:
    """The stamp of today's form under a story: one and the same for everyone until midnight."""
    return _signer.sign(f"{article_id}.{timezone.localdate().isoformat()}")


def check(stamp: str, article_id: int) -> Verdict:
    """What a stamp that came back is worth. Takes any string at all; a stamp of another story is forged."""
    try:
        story, _, day = _signer.unsign(stamp).partition(".")
        age = timezone.localdate() - date.fromisoformat(day)
    except (signing.BadSignature, ValueError):
        return Verdict.FORGED
    if story != str(article_id):
        return Verdict.FORGED
    return Verdict.OLD if age.days > GOOD_FOR_DAYS else Verdict.GOOD
