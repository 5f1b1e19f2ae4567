"""What groups stories beside their section: tags and series."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import LineField
from .named import Named


class Tag(Named):
    """One row for one meaning: "Đà Lạt" and "đà lạt", composed or decomposed, are the same tag."""

    description = LineField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_key", "id"]

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.slug])


class Series(Named):
    """A running topic. Its name prints as the kicker line over the title of its stories."""

    description = LineField(_("description"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    is_running = models.BooleanField(_("running"), default=True, help_text=_("Shown in the line of events."))

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series (plural)")
        ordering = ["sort_key", "id"]

    def get_absolute_url(self):
        return reverse("articles:series", args=[self.slug])
