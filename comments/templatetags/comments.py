"""What a story page shows of its discussion."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django import template
from django.db import router
from django.db.models import Count, Q, QuerySet, Window
from django.utils.safestring import SafeString, mark_safe

from articles import parts
from articles.addresses import address
from articles.keeping import holds_until
from articles.written import TOLD, Written

from .. import stamps
from ..forms import CommentForm
from ..gates import closes_at, is_open
from ..models import Comment

register = template.Library()

# Under a story stand the latest fifty; the rest, and fifty at a time, on the page of the discussion.
SHOWN = 50
# What is printed of a comment.
_COLUMNS = ("id", "name", "text", "created_at", "is_erased")


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
    action: str = ""


@register.simple_tag(takes_context=True)
def discussion_of(context, article, before=None) -> Discussion:
    """The discussion of a visible story in one query, newest first; `before` is the last comment already shown.

    The total is known only where the list begins.
    """
    style = article.house_style
    if not style.shows_comments:
        return Discussion(is_shown=False)
    open_now = is_open(article)
    if open_now and "request" in context:
        holds_until(context["request"], closes_at(article))
    comments = _before(article.pk, before) if before else _newest(router.db_for_read(Comment)).rows(article.pk)
    return Discussion(
        is_shown=True,
        heading=style.comment_heading,
        form_heading=style.comment_form_heading,
        empty_text=style.comment_empty_text,
        comments=comments[:SHOWN],
        total=comments[0].total if comments and not before else 0,
        has_more=len(comments) > SHOWN,
        is_open=open_now,
        action=address("comments:comment", article.pk),
    )


@register.simple_tag
def stamp_of(article) -> str:
    """What the form under a story is told by when it comes back."""
    return stamps.make(article.pk)


@register.simple_tag(takes_context=True)
def form_fields(context, article, form: CommentForm | None = None) -> SafeString:
    """{% form_fields article %}: what a reader fills in, with `form` as it was typed and marked where it is wrong.

    Empty they are the same under all stories of a house style.
    """

    def make() -> str:
        with context.push(form=form or CommentForm(article=article)):
            return context.template.engine.get_template("comments/fields.html").render(context)

    if form:
        return mark_safe(make())  # noqa: S308 (a template made it)
    shown = ("comment form", article.house_style_id)
    return parts.remembered(context.get("request"), *shown, make=make, has_pictures=False)


@cache
def _newest(alias: str) -> Written:
    """The newest comments of a story, and one more."""
    return Written(_approved(Comment.objects.using(alias).filter(article=TOLD))[: SHOWN + 1], (*_COLUMNS, "total"))


def _before(article_id: int, last: Comment) -> list[Comment]:
    at: datetime = last.created_at
    older = Q(created_at__lt=at) | Q(created_at=at, pk__lt=last.pk)
    return list(_approved(Comment.objects.filter(older, article=article_id)).only(*_COLUMNS)[: SHOWN + 1])


def _approved(comments: QuerySet) -> QuerySet:
    return comments.approved().order_by("-created_at", "-id").annotate(total=Window(Count("pk")))
