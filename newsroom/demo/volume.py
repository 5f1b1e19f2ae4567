"""Volume for benchmarks: many stories put together from the demo's own sentences (mill.py), inserted in bulk.

Each has two paragraphs of its own besides (facts.py); the same number gives the same story in every database.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import edition, listing
from articles.models import (
    Act,
    Article,
    ArticleEvent,
    Author,
    Credit,
    HouseStyle,
    Picture,
    Section,
    Series,
    Status,
    Tag,
    TagSynonym,
)
from articles.search import Document, engine, index_documents

from .bulk import Table, count_on, in_haste
from .grinding import grinder
from .mill import Ground, Stock
from .stories import all_stories

SOURCE = "volume"
# Stories that are ground at once, and batches that come in by one transaction.
BATCH, TOGETHER = 1000, 5


class Store:
    """Where the stories of the mill go: knows the rows that they point to, in the order of the mill's stock."""

    def __init__(self):
        self.sections = list(Section.objects.values_list("pk", flat=True))
        self.series = list(Series.objects.values_list("pk", "name"))
        self.pictures = list(Picture.objects.values_list("pk", "caption"))
        self.authors = list(Author.objects.values_list("pk", "name", "slug"))
        self.tags = list(Tag.objects.values_list("pk", "name"))
        self.now, self.last = timezone.now(), Article.objects.aggregate(last=Max("pk"))["last"] or 0
        self._lay_tables()

    def stock(self) -> Stock:
        """What the mill grinds."""
        stories = all_stories()
        texts = [b["text"] for s in stories for b in s["body"] if b["type"] == "paragraph" and "<" not in b["text"]]
        others: dict[int, list[str]] = {}
        for tag, name in TagSynonym.objects.order_by("sort_key").values_list("tag", "name"):
            others.setdefault(tag, []).append(name)
        return Stock(
            titles=[story["title"] for story in stories],
            leads=[story["lead"] for story in stories],
            paragraphs=texts,
            authors=[name for _pk, name, _slug in self.authors],
            series=[name for _pk, name in self.series],
            captions=[caption for _pk, caption in self.pictures],
            tags=[[name, *others.get(pk, [])] for pk, name in self.tags],
            sections=len(self.sections),
        )

    @transaction.atomic
    def take(self, ground: Iterable[Ground], indexed: int | None = None) -> None:
        """Inserts stories with credits, tags and log; in the index of search only those of a number below `indexed`."""
        stories = list(enumerate(ground, start=self.last + 1))
        self.articles.insert(self._article(pk, story) for pk, story in stories)
        self.credits.insert((pk, self.authors[story.author][0]) for pk, story in stories)
        self.ties.insert((pk, self.tags[tag][0]) for pk, story in stories for tag in story.tags)
        self.events.insert((pk,) for pk, _story in stories)
        index_documents(
            Document(pk, *story.words) for pk, story in stories if indexed is None or story.number < indexed
        )
        self.last += len(stories)
        count_on(Article)

    def _lay_tables(self) -> None:
        style = HouseStyle.objects.select_related("publication").get(publication__is_current=True, is_current=True)
        example = Article(
            source=SOURCE,
            publication=style.publication,
            house_style=style,
            status=Status.PUBLISHED,
            title="-",
            slug="-",
        )
        changing = "id source_id title slug lead body body_html search_text section_id series_id lead_picture_id"
        self.articles = Table(example, *changing.split(), "byline", "credited", "published_at")
        self.credits = Table(Credit(), "article_id", "author_id")
        self.ties = Table(Article.tags.through(), "article_id", "tag_id")
        published = ArticleEvent(act=Act.PUBLISH_ARCHIVE, before=Status.DRAFT, after=Status.PUBLISHED)
        self.events = Table(published, "article_id")
        credited = ([{"name": name, "slug": slug}] for _pk, name, slug in self.authors)
        self.credited = [self.articles.prepared("credited", people) for people in credited]

    def _article(self, pk: int, story: Ground) -> tuple:
        """The values of the changing columns, in their order."""
        return (
            pk,
            str(story.number),
            story.title,
            story.slug,
            story.lead,
            story.body,
            story.body,
            story.words.title,
            self.sections[story.section],
            None if story.series is None else self.series[story.series][0],
            self.pictures[story.picture][0],
            self.authors[story.author][1],
            self.credited[story.author],
            self.articles.prepared("published_at", self.now - story.age),
        )


def fill_up(total: int, progress: Callable, indexed: int | None = None) -> int:
    """Inserts stories until the volume has `total`; returns how many came in. Search finds those below `indexed`."""
    have = Article.objects.filter(source=SOURCE).count()
    if have >= total:
        return 0
    store = Store()
    before = store.last
    batches = [range(start, min(start + BATCH, total)) for start in range(have, total, BATCH)]
    with in_haste(), engine().in_bulk(), grinder(store.stock(), total - have) as ground:
        ready = iter(progress(_Counted(ground(batches), len(batches))))
        while together := list(islice(ready, TOGETHER)):
            store.take(chain.from_iterable(together), indexed)
        listing.fill(pk__gt=before)
    edition.bump()
    return total - have


class _Counted:
    """An iterator whose length is known."""

    def __init__(self, items: Iterator, length: int):
        self.items, self.length = items, length

    def __len__(self):
        return self.length

    def __iter__(self):
        return iter(self.items)
