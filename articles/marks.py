"""The state of a story as the desk sees it: a shape and a word, never colour alone."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .models import Article, Status


def state_of(article: Article) -> tuple[str, str]:
    """(name of the shape, word) of a story's state; time makes "scheduled" and "expired" of a published one."""
    if article.status == Status.PUBLISHED:
        now = timezone.now()
        if article.published_at > now:
            return "scheduled", _("Scheduled")
        if article.expires_at and article.expires_at <= now:
            return "expired", _("Expired")
    return article.status, article.get_status_display()


def state_mark(article: Article) -> SafeString:
    """The mark in HTML; desk.css draws the shape."""
    return format_html('<span class="state state-{}">{}</span>', *state_of(article))
