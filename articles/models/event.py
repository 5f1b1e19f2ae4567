from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import ProseField


class Act(models.TextChoices):
    SUBMIT = "submit", _("handed in")
    SEND_BACK = "send_back", _("sent back")
    PASS_ON = "pass_on", _("passed on")
    PUBLISH = "publish", _("published")
    SCHEDULE = "schedule", _("scheduled")
    UNSCHEDULE = "unschedule", _("taken off the schedule")
    PUBLISH_ARCHIVE = "publish_archive", _("taken into the archive")
    WITHDRAW = "withdraw", _("withdrawn")
    PUT_BACK = "put_back", _("put back")
    RELEASE = "release", _("changes released")
    CORRECT = "correct", _("correction announced")
    REVISE = "revise", _("marked as an important update")


class ArticleEvent(models.Model):
    """Who did what to a story, when and why. Rows are added and never changed."""

    article = models.ForeignKey("Article", models.PROTECT, related_name="events", verbose_name=_("article"))
    act = models.CharField(_("act"), max_length=20, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    before = models.CharField(_("before"), max_length=10)
    after = models.CharField(_("after"), max_length=10)
    note = ProseField(_("note"), blank=True)
    on_legal_ground = models.BooleanField(_("on a legal ground"), default=False)
    # The version of the text that the act was about; empty where none had been kept.
    revision = models.PositiveIntegerField(_("version"), null=True)
    # The time that a schedule was set to.
    due = models.DateTimeField(_("due"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("log of articles")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.get_act_display()} · {self.article}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The log of articles is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log of articles is only ever added to.")
