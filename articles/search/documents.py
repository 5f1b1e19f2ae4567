"""What of a story can be found, by the place where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..html import plain_text
from ..keys import lines
from ..models import Article


@dataclass(frozen=True)
class Document:
    """A story's lines of keys: title, lead and all the rest, each without marks and with them."""

    article_id: int
    title: str
    title_marks: str
    lead: str
    lead_marks: str
    body: str
    body_marks: str

    @classmethod
    def made(cls, article_id: int, title: str, lead: str, rest: Iterable[str]) -> "Document":
        return cls(article_id, *lines([title]), *lines([lead]), *lines(rest))


def document_of(article: Article) -> Document:
    """The document of a saved story whose byline has been derived."""
    return Document.made(article.pk, article.title, article.lead, _rest(article))


def _rest(article: Article) -> list[str]:
    """Body and captions by the line, byline, pen names, kicker, series and tags."""
    series = article.series.name if article.series_id else ""
    texts = [*plain_text(article.body).split("\n"), article.byline, *(person["name"] for person in article.credited)]
    texts += [article.kicker, article.printed_lead_caption, series, *(tag.name for tag in article.tags.all())]
    return list(dict.fromkeys(filter(None, texts)))
