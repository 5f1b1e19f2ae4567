"""How often stories are read, and the lists that are made of it. Nothing here says by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingHour(models.Model):
    """The readings of a story within one hour. Written by `counting`, kept for `most_read.KEPT_HOURS`."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="reading_hours", verbose_name=_("article"))
    # Full hours since 1970 in UTC: ages are differences, which every database can reckon with.
    hour = models.PositiveIntegerField(_("hour"))
    count = models.PositiveIntegerField(_("readings"))

    class Meta:
        verbose_name = _("readings of an hour")
        verbose_name_plural = _("readings by the hour")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="reading_hour_once")]
        # All that a list is made of: the rows themselves are not opened.
        indexes = [models.Index(fields=["hour", "article", "count"], name="readings_by_hour")]

    def __str__(self):
        return f"{self.article_id} · {self.hour}: {self.count}"


class Period(models.TextChoices):
    """How far back a list of the most read looks."""

    DAY = "day", _("24 hours")
    WEEK = "week", _("7 days")
    MONTH = "month", _("30 days")


class MostRead(models.Model):
    """A place in the stored list of the most read stories of a period. Written by `most_read` alone."""

    period = models.CharField(_("period"), max_length=5, choices=Period)
    rank = models.PositiveSmallIntegerField(_("rank"))
    article = models.ForeignKey("Article", models.CASCADE, related_name="ranks", verbose_name=_("article"))
    # When the list was last reckoned; the same in all of its rows.
    made_at = models.DateTimeField(_("last reckoned"))

    class Meta:
        verbose_name = _("place among the most read")
        verbose_name_plural = _("places among the most read")
        default_permissions = ()
        ordering = ["period", "rank"]
        constraints = [models.UniqueConstraint(fields=["period", "rank"], name="most_read_rank_once")]

    def __str__(self):
        return f"{self.period} {self.rank}: {self.article_id}"
