"""States of stories, and the questions that are asked of their table."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..dates import Precision
from ..keys import lines
from .picture import Placing
from .section import Section

# PostgreSQL's index takes 2,700 bytes, and a title of 300 letters comes nowhere near to this many.
TITLE_KEYS_LENGTH = 600

# What cards, rows and feeds print of a story and of what it points to, and whether they may. A column that is asked for
# beyond these costs a query for each story.
CARD_COLUMNS = (
    *("id", "title", "slug", "kicker", "lead", "lead_prefix", "lead_picture", "section", "series"),
    *("published_at", "date_precision", "revised_at", "byline", "credited", "picture_count"),
    *("status", "expires_at", "edition"),
    *("section__id", "section__name", "section__slug", "section__parent"),
    *("section__parent__id", "section__parent__name", "section__parent__slug", "section__parent__parent"),
    *("series__id", "series__name", "series__slug"),
    *("lead_picture__id", "lead_picture__alt", "lead_picture__renditions"),
)


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for an editor")
    EDITED = "edited", _("Waiting for release")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ArticleQuerySet(models.QuerySet):
    def published(self, at=None):
        """What readers may see at the moment `at` (now, if not given). The only spelling of this rule."""
        at = at or timezone.now()
        return self.filter(status=Status.PUBLISHED, published_at__lte=at).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        )

    def gone(self, at=None):
        """What readers once could see and cannot any more: withdrawn or expired."""
        at = at or timezone.now()
        return self.filter(
            Q(status=Status.WITHDRAWN) | Q(status=Status.PUBLISHED, published_at__lte=at, expires_at__lte=at)
        )

    def in_section(self, section):
        """Stories of a section, of its sub-sections, and guests that have it among their further sections."""
        own = Section.objects.filter(Q(pk=section.pk) | Q(parent=section.pk)).order_by().values("pk")
        guests = self.model.more_sections.through.objects.filter(section_id__in=own).values("article_id")
        return self.filter(Q(section_id__in=own) | Q(pk__in=guests))

    def showing(self, *pictures):
        """Stories that show one of the pictures, over the text or within it."""
        placed = Placing.objects.filter(picture__in=pictures).values("article_id")
        return self.filter(Q(lead_picture__in=pictures) | Q(pk__in=placed))

    def titled(self, title: str):
        """Stories of any state whose title is spelled like this but for marks, case and signs."""
        return self.filter(search_text=title_keys(title))

    def dated(self):
        """Stories whose date is known: the others stay out of feeds, the news sitemap and "Mới nhất"."""
        return self.exclude(date_precision=Precision.UNKNOWN)

    def newest_first(self):
        """The one order of lists; keysets (published_at, id) rely on it."""
        return self.order_by("-published_at", "-id")

    def for_lists(self):
        """Only the columns that cards, rows and feeds print, with what they point to."""
        return self.only(*CARD_COLUMNS).select_related("section__parent", "series", "lead_picture")


def title_keys(title: str) -> str:
    return lines([title])[0][:TITLE_KEYS_LENGTH]
