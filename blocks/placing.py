"""Which stories stand in which block of a page: chosen as numbers first, and brought with their texts where they print.

Choosing costs no query beyond those of `pools`; the texts of all blocks of a page come with one more.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.utils import timezone

from articles.edition import Current
from articles.models import Article, ListKind, Section

from .cards import stories_of
from .models import Block, BlockItem, Kind, Place
from .pools import WEIGHED, Pools, Row
from .subjects import Subject, subject_of

# One line on a desk.
EVENTS_SHOWN = 8


@dataclass(frozen=True)
class Entry:
    """A line of a block: a story, or text alone (`article` None, `url` empty) where the archive has no such story.

    `shows_picture` is off where the same picture stands close by already; the card is then set as text.
    """

    article: Article | None
    title: str
    lead_prefix: str
    teaser: str
    url: str
    shows_picture: bool = True


@dataclass(frozen=True)
class FilledBlock:
    """A block with its stories. `sections` are the sub-sections of a section block, on the front and section pages."""

    block: Block
    heading: str
    form: str
    entries: list[Entry]
    more_url: str = ""
    sections: list[Section] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """A line of a block before its text is there: a story, a pick, or a pick of a story."""

    row: Row | None
    item: BlockItem | None = None


@dataclass(frozen=True)
class Chosen:
    """A block and what stands in it."""

    block: Block
    choices: list[Choice]

    @property
    def signature(self) -> tuple:
        """Equal for two blocks that print the same, under one frame and on one day."""
        lines = ((one.row and one.row[:2], one.item and one.item.pk) for one in self.choices)
        return self.block.pk, *lines


class Area(Sequence):
    """The filled blocks of one place of a page, none of them empty. Their texts are read when they are first needed."""

    def __init__(self, place: str, chosen: list[Chosen], subject: Subject, pools: Pools):
        self.place, self.chosen, self.subject, self._pools = place, chosen, subject, pools
        self._filled: list[FilledBlock] | None = None

    @property
    def signature(self) -> tuple:
        return tuple((*one.signature, _more_url(one.block, self.subject)) for one in self.chosen)

    def __len__(self):
        return len(self.chosen)

    def __getitem__(self, index):
        if self._filled is None:
            rows = [choice.row for one in self.chosen for choice in one.choices if choice.row]
            stories = stories_of(rows, self._pools.at, self._pools.current)
            self._filled = [_filled(one, stories, self.subject) for one in self.chosen]
        return self._filled[index]


@dataclass(frozen=True)
class Placed:
    """The blocks of one page by their place."""

    front: Area
    section: Area
    beside: Area
    below: Area


@dataclass
class _Page:
    """A page while its blocks are chosen: what it is about, the pools, and the stories that already stand on it."""

    subject: Subject
    pools: Pools
    seen: set[int]

    @property
    def open_story(self) -> set[int]:
        return {self.subject.story} - {None}


def front_context(at: datetime | None = None, current: Current | None = None) -> dict:
    """What the template of the front page prints as it stands at a moment (now, if not given)."""
    context = {"events": Pools(at or timezone.now(), current).running()[:EVENTS_SHOWN]}
    return context | {"shown_at": at, "now": timezone.localtime(at)} if at else context


def place_blocks(
    *,
    article: Article | None = None,
    section: Section | None = None,
    shown: Iterable[Article] = (),
    at: datetime | None = None,
    subject: Subject | None = None,
    current: Current | None = None,
) -> Placed:
    """The blocks of the page of a story, of a section, or (with neither) of the front page, as at a moment.

    `shown`: stories that the page prints outside its blocks; like the open story they are not said twice. `subject`
    stands for article and section where it is known already, and with `current` nothing is read twice in an edition.
    """
    subject = subject or subject_of(article, section)
    page = _Page(subject, Pools(at or timezone.now(), current), {story.pk for story in shown})
    page.seen |= page.open_story
    placed: dict[str, list[Chosen]] = {place: [] for place in Place.values}
    blocks = _blocks_of(page)
    picks = _picks(blocks, page)
    page.pools.expect(ListKind.SECTION, _sections_of(blocks, subject))
    for block in blocks:
        choices = picks.get(block.pk, [])
        choices = choices + _by_rule(block, page, choices)
        if choices:
            placed[block.place].append(Chosen(block, choices))
    return Placed(**{place: Area(place, chosen, subject, page.pools) for place, chosen in placed.items()})


def _blocks_of(page: _Page) -> list[Block]:
    """In the order in which they are filled: below a story before beside it, for the former belongs to the story."""
    subject = page.subject
    if subject.story is None:
        place = Place.SECTION if subject.section else Place.FRONT
        return [block for block in page.pools.blocks(place) if not block.house_style_id]
    found = [
        block for block in page.pools.blocks(Place.BELOW, Place.BESIDE) if block.house_style_id in (None, subject.style)
    ]
    if subject.has_own:
        found = [*page.pools.blocks_with(subject.story), *found]
    return [block for place in (Place.BELOW, Place.BESIDE) for block in _nearest(found, place)]


def _sections_of(blocks: list[Block], subject: Subject) -> set[int]:
    """The sections that blocks are filled with."""
    rules = {Kind.SECTION: lambda block: block.section_id, Kind.SAME_SECTION: lambda block: subject.section}
    found = {rules[rule](block) for block in blocks for rule in (block.kind, block.fill_kind) if rule in rules}
    return found - {None}


def _nearest(blocks: list[Block], place: str) -> list[Block]:
    """The story's own blocks of a place if it has any, else those of its house style, else those of all stories."""
    here = [block for block in blocks if block.place == place]
    own = [block for block in here if block.article_id]
    of_style = [block for block in here if block.house_style_id and not block.article_id]
    return own or of_style or here


def _picks(blocks: list[Block], page: _Page) -> dict[int, list[Choice]]:
    """The visible picks of every hand-picked block. They are kept for it: no rule may show them elsewhere before."""
    by_hand = {block.pk: block for block in blocks if block.kind == Kind.PICKED}
    picks: dict[int, list[Choice]] = {pk: [] for pk in by_hand}
    items = page.pools.picks(by_hand)
    rows = page.pools.these(item.article_id for item in items if item.article_id)
    order = list(by_hand)
    for item in sorted(items, key=lambda item: (order.index(item.block_id), item.order, item.pk)):
        block, choices = by_hand[item.block_id], picks[item.block_id]
        is_gone = item.article_id and item.article_id not in rows
        if not is_gone and len(choices) < block.count and item.article_id not in _hidden(block, page):
            choices.append(Choice(rows.get(item.article_id), item))
            page.seen |= {item.article_id} - {None}
    return picks


def _by_rule(block: Block, page: _Page, picked: list[Choice]) -> list[Choice]:
    rule, missing = block.fill_kind if block.kind == Kind.PICKED else block.kind, block.count - len(picked)
    if not rule or missing <= 0:
        return []
    hidden = _hidden(block, page) | {choice.row.pk for choice in picked if choice.row}
    rows = _RULES[rule](block, page, missing + len(hidden))
    found = [row for row in rows if row.pk not in hidden][:missing]
    page.seen |= {row.pk for row in found}
    return [Choice(row) for row in found]


def _hidden(block: Block, page: _Page) -> set[int]:
    return page.open_story if block.allow_repeat else page.seen


def _filled(one: Chosen, stories: dict[int, Article], subject: Subject) -> FilledBlock:
    block = one.block
    choices = [choice for choice in one.choices if choice.row is None or choice.row.pk in stories]
    entries = [_entry(stories[choice.row.pk] if choice.row else None, choice.item) for choice in choices]
    heading, more_url, sections = block.heading, "", []
    if block.kind == Kind.SECTION:
        heading, more_url = heading or block.section.name, block.section.get_absolute_url()
        sections = list(block.section.children.all()) if block.place in (Place.FRONT, Place.SECTION) else []
    else:
        more_url = _more_url(block, subject)
    return FilledBlock(block, heading, block.form, entries, more_url, sections)


def _more_url(block: Block, subject: Subject) -> str:
    """Where a block leads that is filled by what the page is about."""
    return {Kind.SAME_SECTION: subject.section_url, Kind.SAME_SERIES: subject.series_url}.get(block.kind, "")


def _entry(article: Article | None, item: BlockItem | None = None) -> Entry:
    """What a pick says itself goes before what its story says."""
    return Entry(
        article=article,
        title=(item and item.title) or article.title,
        lead_prefix=(item and item.lead_prefix) or (article.lead_prefix if article else ""),
        teaser=(item and item.teaser) or (article.lead if article else ""),
        url=article.get_absolute_url() if article else "",
    )


# --- The rules. Each gives rows in its order, `count` of them at least if there are so many. ---


def _newest(block: Block, page: _Page, count: int) -> Iterable[Row]:
    return page.pools.newest(count)


def _same_section(block: Block, page: _Page, count: int) -> Iterable[Row]:
    return page.pools.in_list(ListKind.SECTION, page.subject.section, count) if page.subject.section else ()


def _same_series(block: Block, page: _Page, count: int) -> Iterable[Row]:
    return page.pools.in_list(ListKind.SERIES, page.subject.series, count) if page.subject.series else ()


def _same_tags(block: Block, page: _Page, count: int) -> Iterable[Row]:
    """What the desk named as related comes first; then, the more tags a story shares, the earlier it comes.

    Of each tag the newest stories are weighed: what shares a tag and is older than all of those is no news.
    """
    tags, pools = page.subject.tags, page.pools
    pools.expect(ListKind.TAG, tags)
    of_tags = [pools.in_list(ListKind.TAG, tag, WEIGHED)[:WEIGHED] for tag in tags]
    shared = Counter(row.pk for rows in of_tags for row in rows)
    named = pools.these(page.subject.named)
    rows = {row.pk: row for row in chain(*of_tags, named.values())}.values()
    return sorted(rows, key=lambda row: (row.pk in named, shared[row.pk], row.published_at, row.pk), reverse=True)


def _most_read(block: Block, page: _Page, count: int) -> Iterable[Row]:
    return page.pools.most_read(block.period)


def _section(block: Block, page: _Page, count: int) -> Iterable[Row]:
    return page.pools.in_list(ListKind.SECTION, block.section_id, count)


_RULES: dict[str, Callable[[Block, _Page, int], Iterable[Row]]] = {
    Kind.NEWEST: _newest,
    Kind.SAME_SECTION: _same_section,
    Kind.SAME_SERIES: _same_series,
    Kind.SAME_TAGS: _same_tags,
    Kind.MOST_READ: _most_read,
    Kind.SECTION: _section,
}
