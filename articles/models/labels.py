"""What groups stories beside their section: tags and series."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .article import Article
from .named import Named


class Tag(Named):
    """One row for one meaning: "Đà Lạt" and "đà lạt", composed or decomposed, are the same tag."""

    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.slug])


class SeriesQuerySet(models.QuerySet):
    def running(self):
        """Series that readers are led to: running, with a story that they may see. A new topic stays ours till then."""
        return self.filter(
            models.Exists(Article.objects.published().filter(series=models.OuterRef("pk"))), is_running=True
        )


class Series(Named):
    """A running topic. Its name prints as the kicker line over the title of its stories."""

    description = models.CharField(_("description"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    is_running = models.BooleanField(_("running"), default=True, help_text=_("Shown in the line of events."))

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series (plural)")
        ordering = ["name"]

    def get_absolute_url(self):
        return reverse("articles:series", args=[self.slug])
