"""Which stories stand in which block of a page. One query for the blocks, one for all picks, one for each rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone

from articles import most_read
from articles.models import Article, Section, Series

from .models import Block, BlockItem, Kind, Place

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
class Placed:
    """The blocks of one page by their place; blocks without any story are left out."""

    front: list[FilledBlock] = field(default_factory=list)
    section: list[FilledBlock] = field(default_factory=list)
    beside: list[FilledBlock] = field(default_factory=list)
    below: list[FilledBlock] = field(default_factory=list)


@dataclass
class _Page:
    """What the rules need to know: the page that is open, and when, and the stories that already stand on it."""

    article: Article | None
    section: Section | None
    seen: set[int]
    at: datetime

    @property
    def open_story(self) -> set[int]:
        return {self.article.pk} if self.article else set()

    def published(self) -> QuerySet:
        return Article.objects.published(self.at).for_lists()


def front_context(at: datetime | None = None) -> dict:
    """What the template of the front page prints as it stands at a moment (now, if not given)."""
    context = {"events": Series.objects.running(at)[:EVENTS_SHOWN]}
    return context | {"shown_at": at, "now": timezone.localtime(at)} if at else context


def place_blocks(
    *,
    article: Article | None = None,
    section: Section | None = None,
    shown: Iterable[Article] = (),
    at: datetime | None = None,
) -> Placed:
    """The blocks of the page of a story, of a section, or (with neither) of the front page, filled as at a moment.

    `shown`: stories that the page prints outside its blocks; like the open story they are not said twice.
    """
    page = _Page(article, article.section if article else section, {story.pk for story in shown}, at or timezone.now())
    page.seen |= page.open_story
    blocks = _blocks_of(page)
    picks = _picks(blocks, page)
    placed = Placed()
    for block in blocks:
        entries = picks.get(block.pk, [])
        entries += _by_rule(block, page, entries)
        if entries:
            getattr(placed, block.place).append(_filled(block, entries, page))
    return placed


def _blocks_of(page: _Page) -> list[Block]:
    """In the order in which they are filled: below a story before beside it, for the former belongs to the story."""
    blocks = Block.objects.active(page.at).select_related("section__parent")
    if page.article:
        found = list(_blocks_of_story(blocks, page.article))
        return [block for place in (Place.BELOW, Place.BESIDE) for block in _nearest(found, place)]
    place = Place.SECTION if page.section else Place.FRONT
    found = list(blocks.filter(place=place, article=None, house_style=None))
    with_section = [block.section for block in found if block.kind == Kind.SECTION]
    prefetch_related_objects(with_section, Prefetch("children", Section.objects.filter(in_menu=True)))
    return found


def _blocks_of_story(blocks: QuerySet, article: Article) -> QuerySet:
    return blocks.filter(
        Q(article=None) | Q(article=article),
        Q(house_style=None) | Q(house_style=article.house_style_id),
        place__in=(Place.BESIDE, Place.BELOW),
    )


def _nearest(blocks: list[Block], place: str) -> list[Block]:
    """The story's own blocks of a place if it has any, else those of its house style, else those of all stories."""
    here = [block for block in blocks if block.place == place]
    own = [block for block in here if block.article_id]
    of_style = [block for block in here if block.house_style_id and not block.article_id]
    return own or of_style or here


def _picks(blocks: list[Block], page: _Page) -> dict[int, list[Entry]]:
    """The visible picks of every hand-picked block. They are kept for it: no rule may show them elsewhere before."""
    by_hand = {block.pk: block for block in blocks if block.kind == Kind.PICKED}
    picks: dict[int, list[Entry]] = {pk: [] for pk in by_hand}
    if not by_hand:
        return picks
    order = list(by_hand)
    items = BlockItem.objects.filter(
        Q(article=None) | Q(article__in=Article.objects.published(page.at)), block__in=order
    ).select_related("article__section__parent", "article__series", "article__lead_picture")
    items = items.defer("article__body", "article__body_html", "article__search_text")
    for item in sorted(items, key=lambda item: (order.index(item.block_id), item.order, item.pk)):
        block, entries = by_hand[item.block_id], picks[item.block_id]
        if len(entries) < block.count and item.article_id not in _hidden(block, page):
            entries.append(_entry(item.article, item))
            page.seen |= {item.article_id} - {None}
    return picks


def _by_rule(block: Block, page: _Page, picked: list[Entry]) -> list[Entry]:
    rule, missing = block.fill_kind if block.kind == Kind.PICKED else block.kind, block.count - len(picked)
    stories = _RULES[rule](block, page) if rule and missing else None
    if stories is None:
        return []
    hidden = _hidden(block, page) | {entry.article.pk for entry in picked if entry.article}
    found = list(stories.exclude(pk__in=hidden)[:missing])
    page.seen |= {story.pk for story in found}
    return [_entry(story) for story in found]


def _hidden(block: Block, page: _Page) -> set[int]:
    return page.open_story if block.allow_repeat else page.seen


def _entry(article: Article | None, item: BlockItem | None = None) -> Entry:
    """What a pick says itself goes before what its story says."""
    return Entry(
        article=article,
        title=(item and item.title) or article.title,
        lead_prefix=(item and item.lead_prefix) or (article.lead_prefix if article else ""),
        teaser=(item and item.teaser) or (article.lead if article else ""),
        url=article.get_absolute_url() if article else "",
    )


def _filled(block: Block, entries: list[Entry], page: _Page) -> FilledBlock:
    heading, more_url, sections = block.heading, "", []
    if block.kind == Kind.SECTION:
        heading, more_url = heading or block.section.name, block.section.get_absolute_url()
        sections = list(block.section.children.all()) if block.place in (Place.FRONT, Place.SECTION) else []
    elif block.kind == Kind.SAME_SECTION:
        more_url = page.section.get_absolute_url()
    elif block.kind == Kind.SAME_SERIES:
        more_url = page.article.series.get_absolute_url()
    return FilledBlock(block, heading, block.form, entries, more_url, sections)


# --- The rules. Each gives stories in its order, or None where the page has nothing to go by. ---


def _newest(block: Block, page: _Page) -> QuerySet:
    return page.published().dated().newest_first()


def _same_section(block: Block, page: _Page) -> QuerySet | None:
    return page.published().in_section(page.section).newest_first() if page.section else None


def _same_series(block: Block, page: _Page) -> QuerySet | None:
    if not page.article or not page.article.series_id:
        return None
    return page.published().filter(series=page.article.series_id).newest_first()


def _same_tags(block: Block, page: _Page) -> QuerySet | None:
    """What the desk named as related comes first; then, the more tags a story shares, the earlier it comes."""
    if not page.article:
        return None
    tags = [tag.pk for tag in page.article.tags.all()]
    shared = Article.tags.through.objects.filter(tag__in=tags)
    count = shared.filter(article=OuterRef("pk")).order_by().values("article").annotate(n=Count("pk")).values("n")
    # By way of the story and not of the table of ties: a preview holds ties that are not saved.
    named = page.article.related.order_by()
    stories = page.published().filter(Q(pk__in=shared.values("article")) | Q(pk__in=named.values("pk")))
    stories = stories.annotate(is_named=Exists(named.filter(pk=OuterRef("pk"))), shared_tags=Subquery(count))
    return stories.order_by("-is_named", F("shared_tags").desc(nulls_last=True), "-published_at", "-id")


def _most_read(block: Block, page: _Page) -> QuerySet:
    return most_read.ranked(page.published(), block.period)


def _section(block: Block, page: _Page) -> QuerySet:
    return page.published().in_section(block.section).newest_first()


_RULES: dict[str, Callable[[Block, _Page], QuerySet | None]] = {
    Kind.NEWEST: _newest,
    Kind.SAME_SECTION: _same_section,
    Kind.SAME_SERIES: _same_series,
    Kind.SAME_TAGS: _same_tags,
    Kind.MOST_READ: _most_read,
    Kind.SECTION: _section,
}
