"""What lists print beside titles: {{ article|day_of }}, {{ article|when:now }}, {% newest_stories 4 as newest %}."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone

from ..cards import cards
from ..dates import Precision
from ..models import Article
from ..shelves import newest_ids

register = template.Library()


@register.simple_tag
def newest_stories(count: int) -> list[Article]:
    """The newest stories of the paper, for pages that lead on to them; two queries."""
    return cards(newest_ids("", 0, count=count, dated=True))


@register.filter
def day_of(article: Article | None) -> str:
    """The day of a story, '21/11/2026'; empty where it is unknown."""
    if not article or article.date_precision == Precision.UNKNOWN:
        return ""
    return f"{timezone.localtime(article.published_at):%d/%m/%Y}"


@register.filter
def names_of(article: Article | None) -> str:
    """The credited pen names, 'Thu Hường, Bá Đạt', or the byline where it names nobody of the house."""
    if not article:
        return ""
    return ", ".join(person["name"] for person in article.credited) or article.byline


@register.filter
def when(article: Article | None, now: datetime) -> str:
    """'14:05' for a story of today, else its day."""
    if _is_of_today(article, now):
        return f"{timezone.localtime(article.published_at):%H:%M}"
    return day_of(article)


@register.filter
def brief_when(article: Article | None, now: datetime) -> str:
    """'14:05' for a story of today, '20/11' for another of this year, else its day in full."""
    text = when(article, now)
    return text.removesuffix(f"/{timezone.localtime(now):%Y}")


@register.filter
def span_of(articles: Iterable[Article]) -> str:
    """The days that a page of a list covers, newest first: '21/11/2026 – 18/11/2026', or one day, or nothing."""
    days = list(dict.fromkeys(filter(None, map(day_of, articles))))
    return " – ".join(dict.fromkeys([days[0], days[-1]])) if days else ""


def _is_of_today(article: Article | None, now: datetime) -> bool:
    if not article or article.date_precision != Precision.MINUTE:
        return False
    return timezone.localtime(article.published_at).date() == timezone.localtime(now).date()


@register.filter
def first_day(year: int) -> str:
    """01/01/2026: where a filter by year begins."""
    return f"01/01/{year:04}"


@register.filter
def last_day(year: int) -> str:
    """31/12/2026: where a filter by year ends."""
    return f"31/12/{year:04}"
