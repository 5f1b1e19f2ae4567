"""Which requests of the counter are a reader's, and the first for a story in a while. Who reads what is not kept.

What is remembered, in the cache alone and for half an hour, is a digest of address, browser and story, made with a
number drawn by lot that itself lives for a day and is written down nowhere: afterwards nobody can tell whose it was.
With local memory each worker remembers for itself, so that one reader may count once in each.
"""

import ipaddress
import re
import secrets
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches

from .visitors import Origin, address_of, origin_of

# One sitting: whoever comes back to the story later reads it once more; a page loaded anew, or left and gone back to,
# is the same reading.
WINDOW = 30 * 60
SALT_LIVES = 24 * 60 * 60
# From one address in a window. A class or a mobile exchange behind one number is counted nearly whole; a machine that
# gives itself a new name each time neither leads the list for long nor fills the memory.
PER_ADDRESS = 200

# What programs call themselves: crawlers, fetchers of previews, watchers, libraries, browsers without a screen.
_BOT = re.compile(
    # Cubot makes telephones.
    r"(?<!cu)bot\b|(?<!cu)bot[/_-]|crawl|spider|slurp|archiver|scrap|preview|fetch|facebookexternalhit|facebookcatalog"
    r"|whatsapp/|skypeuri|embedly|monitor|pingdom|uptime|lighthouse|pagespeed|headless|phantomjs|selenium|puppeteer"
    r"|playwright|curl|wget|python|httpx|aiohttp|urllib|libwww|perl|java/|okhttp|go-http|axios|undici|ruby|php|feed|rss"
    r"|validator|^mozilla/[45]\.0$",
    re.IGNORECASE,
)
# Where browsers say that they fetch what nobody has asked for yet.
_PURPOSE = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def counts(request, article_id: int) -> bool:
    """Whether a request is a reading that nobody has counted yet; remembers it, and asks no database."""
    return is_reader(request) and _is_new(request, article_id)


def is_reader(request) -> bool:
    """Whether a person reads: no program, no page fetched ahead of time, no other site, nobody of the house."""
    browser = request.headers.get("User-Agent", "")
    if not browser or _BOT.search(browser):
        return False
    purposes = " ".join(request.headers.get(name, "") for name in _PURPOSE).lower()
    if "prefetch" in purposes or "preview" in purposes:
        return False
    # Staff look at a story dozens of times before anybody reads it. The cookie's presence is all that is looked at.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and origin_of(request) is not Origin.FOREIGN


def _is_new(request, article_id: int) -> bool:
    marks, address = caches["readers"], address_of(request)
    salt = _salt(marks)
    sender = _digest(salt, _line(address))
    marks.add(sender, 0, WINDOW)
    try:
        sent = marks.incr(sender)
    except ValueError:  # It went in this very moment, or the cache is away and keeps nothing.
        sent = 1
    if sent > PER_ADDRESS:
        return False
    return marks.add(_digest(salt, address, request.headers["User-Agent"], str(article_id)), 1, WINDOW)


def _salt(marks) -> bytes:
    """Today's number; whoever comes first draws it for all that share the cache."""
    if salt := marks.get("salt"):
        return salt
    drawn = secrets.token_bytes(32)
    marks.add("salt", drawn, SALT_LIVES)
    return marks.get("salt") or drawn


def _digest(salt: bytes, *parts: str) -> str:
    return blake2b("\n".join(parts).encode(), key=salt, digest_size=16).hexdigest()


def _line(address: str) -> str:
    """Whose line an address belongs to: a household has one address of the old kind, and 2^64 of the new."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else found.packed[:8].hex()
