"""Videos that a story may show: players of listed hosts, nothing else. The same hosts stand in the public policy."""

import re
from typing import NamedTuple


class VideoHost(NamedTuple):
    """A host's name for readers, where its players stand, what its numbers look like, where its pages stand."""

    name: str
    players: str
    number: str
    pages: str


HOSTS = (
    VideoHost(
        "YouTube", "https://www.youtube-nocookie.com/embed/", "[A-Za-z0-9_-]{11}", "https://www.youtube.com/watch?v="
    ),
    VideoHost("Vimeo", "https://player.vimeo.com/video/", "[0-9]{1,12}", "https://vimeo.com/"),
)


class Video(NamedTuple):
    """One video: its host's name, the address of its player, the address of its page."""

    host: str
    player: str
    page: str


def video_of(address: str) -> Video | None:
    """The video whose player stands at an address; None for any other address.

    >>> video_of("https://player.vimeo.com/video/7?autoplay=1").page
    'https://vimeo.com/7'
    """
    for host in HOSTS:
        if found := re.fullmatch(rf"{re.escape(host.players)}({host.number})(?:[?#].*)?", address):
            return Video(host.name, host.players + found[1], host.pages + found[1])
    return None
