"""What a request says of who sent it: from whose page, and from which address. Nothing here is kept."""

from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings


class Origin(Enum):
    OURS = "ours"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


def origin_of(request) -> Origin:
    """Where the browser says that a request was sent from; UNKNOWN where it says nothing or "null"."""
    site = request.headers.get("Sec-Fetch-Site", "").lower()
    if site:
        return Origin.OURS if site in ("same-origin", "none") else Origin.FOREIGN
    for header in ("Origin", "Referer"):
        sender = request.headers.get(header, "")
        if sender and sender != "null":
            return Origin.OURS if _is_our_host(sender, request) else Origin.FOREIGN
    return Origin.UNKNOWN


def address_of(request) -> str:
    """The sender's network address as far as it can be trusted; any string at all, '' where there is none."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The last entry was written by our own proxy; what stands before it anyone can write.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def client_of(request) -> str | None:
    """The sender's address for django-axes, which wants None where there is none."""
    return address_of(request) or None


def _is_our_host(sender: str, request) -> bool:
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return parts.netloc.lower() == request.get_host().lower() or origin in settings.CSRF_TRUSTED_ORIGINS
