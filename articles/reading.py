"""What a reader who asks for one story gets: the story, "never was" or "is gone"."""

from django.http import Http404

from .models import Article


class Gone(Exception):
    """The story was public once and is not any more: the answer is 410, with words and without its title."""


def visible_article(pk: int) -> Article:
    """The story with what its page prints. Raises Gone if it was withdrawn or has expired, else Http404."""
    article = (
        Article.objects.published()
        .defer("body", "search_text")
        .select_related("publication", "house_style", "section__parent", "series", "lead_picture__credit_author")
        .prefetch_related("tags")
        .filter(pk=pk)
        .first()
    )
    if article:
        return article
    if Article.objects.gone().filter(pk=pk).exists():
        raise Gone
    raise Http404
