"""What a reader who asks for one story gets: the story, "never was" or "is gone"."""

from functools import cache

from django.db import router
from django.http import Http404
from django.utils import timezone

from .models import Article, Tag
from .written import TOLD, Written, held

# What the pages of a story print, and what says whether they may. A column that is asked for beyond these costs a
# query; the shorter the question, the faster the answer is there.
_COLUMNS = (
    *("id", "title", "slug", "kicker", "lead", "lead_prefix", "section", "series"),
    *("lead_picture", "lead_picture_caption"),
    *("published_at", "date_precision", "revised_at", "created_at", "expires_at", "status", "edition", "source"),
    *("byline", "credited", "body_html", "notices", "comments_open", "publication", "house_style"),
    *("publication__id", "publication__name"),
    *(f"house_style__{name}" for name in ("id", "date_form", "byline_place", "tags_label", "below")),
    *(f"house_style__{name}" for name in ("shows_share", "share_label", "shows_comments")),
    *(f"house_style__comment_{name}" for name in ("heading", "form_heading", "empty_text")),
    *(f"house_style__comment_{name}" for name in ("name_label", "email_label")),
    *("section__id", "section__name", "section__slug", "section__parent"),
    *("section__parent__id", "section__parent__name", "section__parent__slug", "section__parent__parent"),
    *("series__id", "series__name", "series__slug"),
    *(f"lead_picture__{name}" for name in ("id", "alt", "caption", "renditions", "made_by_ai")),
    *(f"lead_picture__{name}" for name in ("credit_author", "credit_kind", "credit_name")),
    *("lead_picture__credit_author__id", "lead_picture__credit_author__name"),
)
# The largest number that a database keeps as an id: what is asked beyond it is no story.
LARGEST_ID = 2**63 - 1


class Gone(Exception):
    """The story was public once and is not any more: the answer is 410, with words and without its title."""


def visible_article(pk: int) -> Article:
    """The story with what its page prints. Raises Gone if it was withdrawn or has expired, else Http404."""
    alias = router.db_for_read(Article)
    found = _story(alias).rows(int(pk)) if int(pk) <= LARGEST_ID else []
    if found and found[0].is_visible_at(timezone.now()):
        [article] = found
        article._prefetched_objects_cache = {"tags": held(Tag, _tags(alias).rows(article.pk))}
        return article
    if Article.objects.gone().filter(pk=pk).exists():
        raise Gone
    raise Http404


def named_with(article: Article) -> list[int]:
    """The ids of the stories that the desk named as related to one, in no order."""
    if "related" in getattr(article, "_prefetched_objects_cache", {}):
        # A preview holds ties that are not saved.
        return [story.pk for story in article.related.order_by().only("pk")]
    return [tie.to_article_id for tie in _ties(router.db_for_read(Article)).rows(article.pk)]


@cache
def _story(alias: str) -> Written:
    return Written(Article.objects.using(alias).filter(pk=TOLD), _COLUMNS)


@cache
def _tags(alias: str) -> Written:
    return Written(Tag.objects.using(alias).filter(articles=TOLD), ("id", "name", "slug"))


@cache
def _ties(alias: str) -> Written:
    ties = Article.related.through.objects.using(alias).filter(from_article=TOLD)
    return Written(ties, ("id", "to_article"))
