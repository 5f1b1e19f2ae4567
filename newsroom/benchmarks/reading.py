"""Reading, from real servers: every kind of page as it is made, as it is kept, and while the desk publishes."""

from collections.abc import Callable, Iterator
from itertools import repeat
from urllib.parse import urlencode

from django.conf import settings

from . import proxy, search, urls, weight
from .clients import reader
from .gauge import Gauge, Tools
from .paper import Paper
from .servers import Site, empty_cache, served

TITLE = "Reading"
# Of `Tools.seconds`: how long stories are read in turn, and everything together, while the desk publishes.
IN_TURN, MIXED = 20, 10
# Seconds between two publications meanwhile. Nothing is as busy as a paper on an evening of elections.
EACH_IN_TURN, EACH_MIXED = 10, 1
# Stories that are read once before somebody else's comes out and once after.
AFTERWARDS = 200
# As long as the constant view's page.
FILE = "60-kb.html"
# A cache that keeps nothing: every part of a page is made for it.
NOTHING = {"CACHE_URL": "dummycache://"}


def measure(tools: Tools, about: dict, watch: Callable = iter) -> list[dict]:
    """Rows of all pages of the paper in our database."""
    paper = Paper()
    (settings.BENCH_FILES / FILE).write_bytes(urls.PAGE)
    rows = []
    for kept, cache, nginx, acts in watch(
        [
            ("nothing", NOTHING, "", (_made,)),
            ("pages", empty_cache(), tools.nginx, (_parts_kept, _kept, _meanwhile, _weighed)),
        ]
    ):
        with served(tools.folder, cache=cache, nginx=nginx) as site:
            gauge = Gauge(site, tools, about, kept)
            extra = [row for act in acts for row in act(gauge, paper) or ()]
            rows += [{"part": TITLE, **row} for row in gauge.rows] + extra
    return rows


def _made(gauge: Gauge, paper: Paper) -> None:
    """Pages of which nothing is kept."""
    runs = gauge.tools.runs
    for page, address in _lists(paper):
        gauge.warm([address])
        gauge.one_by_one(page, repeat(address, 2 * runs))
    _different_stories(gauge, paper)
    for kind in ("common", "rare number"):
        address = f"/tim-kiem/?{urlencode({'q': search.QUERIES[kind]})}"
        gauge.warm([address])
        gauge.one_by_one(f"search, {kind}", repeat(address, 2 * runs))


def _parts_kept(gauge: Gauge, paper: Paper) -> None:
    """Pages that are not kept themselves, but parts of them are, since other pages show the same."""
    _different_stories(gauge, paper)
    for page, address in _lists(paper):
        gauge.warm([address])
        gauge.one_by_one(f"{page}, a story changed", repeat(address, 2 * gauge.tools.runs), before=paper.change)


def _kept(gauge: Gauge, paper: Paper) -> None:
    """Pages as they lie in the cache, and files beside them."""
    [story] = paper.addresses(1)
    for page, address in (*_lists(paper), ("article", story)):
        gauge.steady(f"{page}, from the cache", [address])
    headers, content = _answer(gauge.site, story)
    if etag := headers.get("etag"):
        gauge.steady("article, not modified (304)", [story], headers={"If-None-Match": etag}, status=304)
    gauge.steady("file of 60 KB, from the site", [f"/{FILE}"])
    if gauge.site.front:
        (settings.BENCH_FILES / "article.html").write_bytes(content)
        gauge.steady("file of 60 KB, from nginx", [f"{proxy.FILES}{FILE}"], front=True)
        gauge.steady("article as a file, from nginx", [f"{proxy.FILES}article.html"], front=True)
        gauge.steady("article, behind nginx", [story], front=True)
        gauge.steady("front, behind nginx", ["/"], front=True)


def _meanwhile(gauge: Gauge, paper: Paper) -> None:
    """Pages while something happens: a comment comes in, a story comes out."""
    tools = gauge.tools
    gauge.sent("comment sent", [paper.comment() for _ in range(2 * tools.runs)])
    some = paper.addresses(AFTERWARDS)
    gauge.read(some)
    paper.publish()
    gauge.one_by_one("article, after another's publication", some)
    stories = paper.addresses()
    gauge.read(stories)
    with paper.publishing_each(EACH_IN_TURN):
        gauge.crowded("1,000 stories in turn, a publication each 10 s", stories, IN_TURN * tools.seconds)
        if gauge.site.front:
            behind = "1,000 stories in turn, behind nginx, a publication each 10 s"
            gauge.crowded(behind, stories, IN_TURN * tools.seconds, front=True)
    mixed = [address for story in stories[:50] for address in ("/", paper.section_first, story, story)]
    with paper.publishing_each(EACH_MIXED):
        gauge.crowded("front, section, stories, a publication each second", mixed, MIXED * tools.seconds)


def _weighed(gauge: Gauge, paper: Paper) -> Iterator[dict]:
    """What the processes hold after all this, 1,000 different stories among it, and what a reader's browser loads."""
    yield from weight.rows(gauge.site, paper, gauge.about)


def _lists(paper: Paper) -> list[tuple[str, str]]:
    return [("front", "/"), ("section, page 1", paper.section_first), ("section, page 200", paper.section_deep)]


def _different_stories(gauge: Gauge, paper: Paper) -> None:
    """Each story is read once; others have been read before, so that no template is."""
    stories = paper.addresses()
    read, fresh = stories[::7], [address for number, address in enumerate(stories) if number % 7]
    gauge.warm(read)
    gauge.one_by_one("article", fresh[:: max(1, len(fresh) // (5 * gauge.tools.runs))])


def _answer(site: Site, path: str) -> tuple[dict[str, str], bytes]:
    """Headers and content of a page."""
    with reader(site.host) as one:
        return one.get(path)[1:]
