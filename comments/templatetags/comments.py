"""What a story page shows of its discussion."""

from dataclasses import dataclass, field
from datetime import datetime

from django import template
from django.db.models import Count, Q, Window

from articles.addresses import address
from articles.keeping import holds_until

from ..forms import CommentForm
from ..gates import closes_at, is_open
from ..models import Comment

register = template.Library()

# Under a story stand the latest fifty; the rest, and fifty at a time, on the page of the discussion.
SHOWN = 50


@dataclass(frozen=True)
class Discussion:
    """The comments of a story as its house style prints them. Nothing in it tells an e-mail address."""

    is_shown: bool
    heading: str = ""
    form_heading: str = ""
    empty_text: str = ""
    comments: list = field(default_factory=list)
    total: int = 0
    has_more: bool = False
    is_open: bool = False
    form: CommentForm | None = None
    action: str = ""


@register.simple_tag(takes_context=True)
def discussion_of(context, article, form=None, before=None) -> Discussion:
    """The discussion of a visible story in one query, newest first; `before` is the last comment already shown.

    The total is known only where the list begins.
    """
    style = article.house_style
    if not style.shows_comments:
        return Discussion(is_shown=False)
    open_now = is_open(article)
    if open_now and "request" in context:
        holds_until(context["request"], closes_at(article))
    comments = list(_approved(article.pk, before)[: SHOWN + 1])
    return Discussion(
        is_shown=True,
        heading=style.comment_heading,
        form_heading=style.comment_form_heading,
        empty_text=style.comment_empty_text,
        comments=comments[:SHOWN],
        total=comments[0].total if comments and not before else 0,
        has_more=len(comments) > SHOWN,
        is_open=open_now,
        form=(form or CommentForm(article=article)) if open_now else None,
        action=address("comments:comment", article.pk),
    )


def _approved(article_id: int, before: Comment | None):
    found = Comment.objects.filter(article_id=article_id).approved().order_by("-created_at", "-id")
    if before:
        at: datetime = before.created_at
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=before.pk))
    return found.only("name", "text", "created_at", "is_erased").annotate(total=Window(Count("pk")))
