"""Videos that a story may show: players of listed hosts, nothing else. The same hosts stand in the public policy."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs


class VideoHost(NamedTuple):
    """A host's name for readers; its players' address, their numbers and the one thing asked of them; its pages."""

    name: str
    players: str
    number: str
    asked: str
    answer: str
    pages: str
    page_answer: str


HOSTS = (
    VideoHost(
        name="YouTube",
        players="https://www.youtube-nocookie.com/embed/",
        number="[A-Za-z0-9_-]{6,20}",
        asked="start",  # Where to begin, in seconds.
        answer="[0-9]{1,6}",
        pages="https://www.youtube.com/watch?v=",
        page_answer="&t=",
    ),
    VideoHost(
        name="Vimeo",
        players="https://player.vimeo.com/video/",
        number="[0-9]{1,15}",
        asked="h",  # The key of a video that is not listed.
        answer="[0-9A-Za-z]{1,20}",
        pages="https://vimeo.com/",
        page_answer="/",
    ),
)


class Video(NamedTuple):
    """One video: its host's name, the address of its player, the address of its page."""

    host: str
    player: str
    page: str


def video_of(address: str) -> Video | None:
    """The video whose player stands at an address; None for any other address.

    >>> video_of("https://player.vimeo.com/video/7?h=0a1b&autoplay=1")
    Video(host='Vimeo', player='https://player.vimeo.com/video/7?h=0a1b', page='https://vimeo.com/7/0a1b')
    """
    place, _mark, query = address.partition("#")[0].partition("?")
    for host in HOSTS:
        if found := re.fullmatch(rf"{re.escape(host.players)}({host.number})", place):
            answer = parse_qs(query).get(host.asked, [""])[0]
            if not re.fullmatch(host.answer, answer):
                return Video(host.name, place, host.pages + found[1])
            page = host.pages + found[1] + host.page_answer + answer
            return Video(host.name, f"{place}?{host.asked}={answer}", page)
    return None
