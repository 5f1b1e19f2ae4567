"""The state of a story as the desk sees it: a shape and a word, never colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import Article, Status

# stage -> word. What time makes of a published story has none in the database.
STAGES = {**dict(Status.choices), "scheduled": _("Scheduled"), "expired": _("Expired")}


def state_of(article: Article) -> tuple[str, str]:
    """(name of the shape, word) of a story's state."""
    return article.stage, str(STAGES[article.stage])


def state_mark(article: Article) -> SafeString:
    """The mark in HTML; desk.css draws the shape."""
    return format_html('<span class="state state-{}">{}</span>', *state_of(article))
