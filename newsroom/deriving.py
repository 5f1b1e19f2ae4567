"""Stories derived anew as they stand: after the list of what a body may hold has changed, or how readers get it."""

from django.db import transaction

from articles.edition import bump
from articles.html import clean_body
from articles.models import Article
from articles.publishing import derive

from .importing import digest_of


@transaction.atomic
def derive_batch(pks: list[int]) -> int:
    """Derives these stories anew, withdrawn ones too, whose pictures stay away; returns how many came out different.

    Locks them meanwhile: an editor who saves comes before or after.
    """
    stories = Article.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    changed = sum(_is_changed(story) for story in stories)
    bump(removes=True)
    return changed


def _is_changed(story: Article) -> bool:
    before = story.body, story.body_html, story.byline
    # A story that nobody has touched since its import stays so, for the next import.
    is_cleaned_anew = bool(story.imported_digest) and clean_body(story.body) != story.body
    is_untouched = is_cleaned_anew and digest_of(story) == story.imported_digest
    derive(article=story)
    if is_untouched:
        Article.objects.filter(pk=story.pk).update(imported_digest=digest_of(story))
    return (story.body, story.body_html, story.byline) != before
