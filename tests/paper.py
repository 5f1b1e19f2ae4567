"""A small paper with everything in it, for tests that walk over all public pages."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Author, MostRead, Period, Section, Series, Status, Tag
from blocks.models import Form, Kind, Place
from comments.models import Comment
from comments.models import Status as CommentStatus

from . import build

FRONT_RULES = (Kind.NEWEST, Kind.MOST_READ, Kind.SECTION, Kind.PICKED)


@dataclass(frozen=True)
class Paper:
    """What the pages of the paper point to; `story` is its newest one."""

    story: Article
    section: Section
    subsection: Section
    series: Series
    tag: Tag
    author: Author

    def addresses(self) -> dict[str, str]:
        """name of a public page -> its address."""
        return {
            "front": "/",
            "section": self.section.get_absolute_url(),
            "subsection": self.subsection.get_absolute_url(),
            "article": self.story.get_absolute_url(),
            "print": self.story.get_print_url(),
            "tag": self.tag.get_absolute_url(),
            "series": self.series.get_absolute_url(),
            "author": self.author.get_absolute_url(),
            "search": "/tim-kiem/?q=ben+do",
            "search filtered": f"/tim-kiem/?q=ben+do&the={self.tag.slug}&chuyen_muc={self.section.slug}&tu=01/01/2020",
            "search empty": "/tim-kiem/",
            "search hopeless": "/tim-kiem/?q=khongcogi",
            "comments": f"/binh-luan/{self.story.pk}/",
            "archive": f"/luu-tru/{timezone.localtime(self.story.published_at):%Y/%m}/".replace("/0", "/"),
            "corrections": "/cai-chinh/",
            "feeds": "/rss/",
            "page": "/gioi-thieu/",
            "contact": "/lien-he/",
        }

    def machine_addresses(self) -> dict[str, str]:
        """Pages that programs read."""
        return {
            "rss": "/rss/tin-moi.xml",
            "section rss": f"/rss/{self.section.slug}.xml",
            "atom": "/atom/tin-moi.xml",
            "section atom": f"/atom/{self.section.slug}.xml",
            "sitemap": "/sitemap.xml",
            "sitemap of stories": "/sitemap-bai-viet.xml",
            "sitemap of lists": "/sitemap-danh-muc.xml",
            "sitemap of pages": "/sitemap-trang.xml",
            "news sitemap": "/sitemap-news.xml",
            "robots": "/robots.txt",
        }


def paper(stories: int = 3) -> Paper:
    """A paper with so many stories in one sub-section, series and tag, comments, and every kind of block."""
    section = build.section("Kinh tế")
    subsection = build.section("Nông nghiệp", parent=section)
    series, tag = build.series(), build.tag()
    made = [
        build.article(
            title=f"Bến đò số {number + 1}",
            hours_ago=(number + 1) / 10,
            section=subsection,
            series=series,
            tags=[tag],
        )
        for number in range(stories)
    ]
    for number, story in enumerate(made, start=1):
        build.read(story, number)
    build.make_lists()
    for number in range(stories):
        comment(made[0], text=f"Ý kiến thứ {number + 1} về bến đò.")
    for order, kind in enumerate(FRONT_RULES):
        block = build.block(kind, Place.FRONT, form=list(Form)[order], section=section, count=6, order=order)
        if kind == Kind.PICKED:
            build.pick(block, made[-1])
    for place in (Place.BESIDE, Place.BELOW, Place.SECTION):
        build.block(Kind.NEWEST, place, form=Form.TICKER, heading="Mới nhất", allow_repeat=True)
        build.block(Kind.MOST_READ, place, form=Form.NUMBERED, heading="Xem nhiều nhất", allow_repeat=True)
    return Paper(made[0], section, subsection, series, tag, build.author())


def comment(article: Article, *, status: str = CommentStatus.APPROVED, **fields) -> Comment:
    """A reader's comment that is approved unless told otherwise."""
    return build.comment(article, status, **({"email": "ngu@thu.example", "text": "Bài hay, mong viết tiếp."} | fields))


def hidden_stories(like: Paper) -> dict[str, Article]:
    """state -> a story that nobody may see, in the same section, series, tag and pen name as the paper's."""
    now = timezone.now()
    states = {
        "draft": {"status": Status.DRAFT, "published_at": None},
        "submitted": {"status": Status.SUBMITTED, "published_at": None},
        "scheduled": {"published_at": now + timedelta(hours=1)},
        "withdrawn": {"status": Status.WITHDRAWN},
        "expired": {"published_at": now - timedelta(hours=2), "expires_at": now - timedelta(hours=1)},
    }
    made = {
        state: build.article(
            title=f"Bí mật {state}",
            lead=f"Sapo kín {state}.",
            body=f"<p>Ruột kín {state}, nhắc tới bến đò.</p>",
            section=like.subsection,
            series=like.series,
            tags=[like.tag],
            readings=10_000,
            **fields,
        )
        for state, fields in states.items()
    }
    # Among the most read, as what was taken down a moment ago.
    for rank, story in enumerate(made.values(), start=50):
        build.read(story, 10_000)
        for period in Period:
            MostRead.objects.create(period=period, rank=rank, article=story, made_at=now)
    return made
