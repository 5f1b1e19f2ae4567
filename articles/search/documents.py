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


def documents_of(articles: Iterable[Article]) -> list[Document]:
    """The documents of saved stories whose bylines have been derived; one query for the tags of all."""
    articles = list(articles)
    tags = _names_of_tags([article.pk for article in articles])
    return [
        Document.made(article.pk, article.title, article.lead, _rest(article, tags.get(article.pk, [])))
        for article in articles
    ]


def _names_of_tags(pks: list[int]) -> dict[int, list[str]]:
    """story -> the names of its tags, the other names of each among them."""
    names: dict[int, list[str]] = {}
    tagged = Article.tags.through.objects.filter(article_id__in=pks).order_by(
        "tag__sort_key", "tag__synonyms__sort_key"
    )
    for pk, *found in tagged.values_list("article_id", "tag__name", "tag__synonyms__name"):
        names.setdefault(pk, []).extend(filter(None, found))
    return names


def _rest(article: Article, tags: list[str]) -> list[str]:
    """Body and captions by the line, byline, pen names, kicker, series and tags."""
    series = article.series.name if article.series_id else ""
    texts = [*plain_text(article.body).split("\n"), article.byline, *(person["name"] for person in article.credited)]
    texts += [article.kicker, article.printed_lead_caption, series, *tags]
    return list(dict.fromkeys(filter(None, texts)))
