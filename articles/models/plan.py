from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ProseField


class PlanQuerySet(models.QuerySet):
    def open(self):
        """What nobody has begun to write yet."""
        return self.filter(article__isnull=True)


class Plan(models.Model):
    """An idea for a story: who is to write it, by when, for which section. It becomes a draft (planning.py)."""

    idea = LineField(_("idea"), max_length=300, help_text=_("In one line; it is the first title of the story."))
    note = ProseField(_("note"), max_length=2000, blank=True, help_text=_("Angle, people to ask, pictures wanted."))
    section = models.ForeignKey(
        "Section", models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("section")
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("who writes it"),
        help_text=_("Gets a letter, unless they want none. Empty: whoever takes it."),
    )
    due = models.DateTimeField(_("due"), null=True, blank=True)
    article = models.OneToOneField(
        "Article", models.SET_NULL, null=True, editable=False, related_name="plan", verbose_name=_("article")
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned story")
        verbose_name_plural = _("planned stories")
        ordering = [models.F("due").asc(nulls_last=True), "-id"]

    def __str__(self):
        return self.idea

    @property
    def is_late(self) -> bool:
        return bool(self.due) and self.due < timezone.now() and self.article_id is None
