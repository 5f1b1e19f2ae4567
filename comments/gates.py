"""What stands between a sent form and the moderators: is the discussion open, who sends, how often, and what."""

import ipaddress
import re
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.text import strict
from articles.visitors import address_of

from .models import Comment

# A network of 256 addresses may be a school, an office or a whole mobile exchange behind one number: room for a class
# that writes in one lesson, none for a machine.
PER_ADDRESS, ADDRESS_PERIOD = 30, timedelta(minutes=10)
# One person who answers several stories over a coffee, and not one who floods them.
PER_EMAIL, EMAIL_PERIOD = 5, timedelta(minutes=10)
# The most-read story of a province never saw as many readers write in one minute.
PER_ARTICLE, ARTICLE_PERIOD = 30, timedelta(minutes=1)
# The same text again within a day is a second press of the button, or a page reloaded.
REPEAT_PERIOD = timedelta(days=1)

# A reader may name a source; two links or more are an advertisement until a moderator says otherwise.
LINKS_SUSPECT = 2

_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|org|info|top|xyz|vip|club|vn)\b", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?:\+84|\b0)(?:[ .-]?\d){9}\b")
_LOAN = re.compile(r"\bvay\b")
# Strokes drawn through a letter, or marks piled on one: no spelling needs them once marks are composed.
_HIDING_MARKS = re.compile(r"[\u0334-\u0338]|[\u0300-\u036f]{2}")


def closes_at(article) -> datetime:
    """When the discussion of a published story closes by age; the later of publication and arrival here counts."""
    opened = max(article.published_at, article.created_at)
    return opened + timedelta(days=settings.COMMENTS_CLOSE_AFTER_DAYS)


def is_open(article) -> bool:
    """Whether readers may write under a story that they may see."""
    return article.comments_open and article.house_style.shows_comments and timezone.now() < closes_at(article)


def network_of(request) -> str:
    """The sender's network, /24 or /48, or '' where it is not known. The full address is never kept."""
    return shorten(address_of(request))


def shorten(address: str) -> str:
    """'203.0.113.0/24' of '203.0.113.77', '2001:db8:1::/48' of an IPv6 address, '' of what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def is_flood(*, article_id: int, email: str, address: str, at: datetime) -> bool:
    """Whether one more comment would pass a limit. Counted from the stored rows, whatever became of them."""
    limits = [
        (PER_EMAIL, EMAIL_PERIOD, {"email": email}),
        (PER_ARTICLE, ARTICLE_PERIOD, {"article_id": article_id}),
    ]
    if address:
        limits.append((PER_ADDRESS, ADDRESS_PERIOD, {"address": address}))
    return any(
        Comment.objects.filter(created_at__gt=at - period, **match).count() >= limit for limit, period, match in limits
    )


def earlier_twins(*, article_id: int, key: str, at: datetime):
    """Comments on the same story with the same text within the last day."""
    return Comment.objects.filter(article_id=article_id, key=key, created_at__gt=at - REPEAT_PERIOD)


def suspicion(text: str, *, is_trapped: bool = False, is_repeated: bool = False) -> str:
    """Short words for the moderator on what looks like an advertisement or a machine; '' where nothing does."""
    reasons = (
        (is_trapped, _("hidden field filled in")),
        (is_repeated, _("same text as another comment")),
        (len(_LINK.findall(text)) >= LINKS_SUSPECT, _("several links")),
        (_TELEPHONE.search(text) and _LOAN.search(_bare(text)), _("telephone number and loan")),
        (_HIDING_MARKS.search(unicodedata.normalize("NFC", text)), _("letters hidden behind marks")),
    )
    return ", ".join(words for holds, words in reasons if holds)


def _bare(text: str) -> str:
    """The text in small letters without marks that belong to no letter: Vietnamese words keep theirs."""
    return "".join(letter for letter in strict(text) if not unicodedata.combining(letter))
