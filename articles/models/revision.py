from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import LineField


class Origin(models.TextChoices):
    """How a version came to be."""

    FOUND = "found", _("the text as it was found")
    SAVED = "saved", _("saved")
    AUTOSAVED = "autosaved", _("saved by itself")
    RESTORED = "restored", _("restored")
    IMPORTED = "imported", _("taken from the archive")


class RevisionQuerySet(models.QuerySet):
    def kept_for_good(self):
        """Versions that are never thinned out: all but the unnamed ones that were saved by themselves."""
        return self.exclude(self.model.PASSING)


class Revision(models.Model):
    """One version of a story's text, whole, as data (contents.py). The highest number is what the desk works on.

    Rows are added and not changed, but for a name and the note that readers got to see the version.
    """

    # Saved by itself, never named and never shown to readers or outsiders: goes with age.
    PASSING = Q(
        origin=Origin.AUTOSAVED,
        name="",
        released_at__isnull=True,
        restored_as__isnull=True,
        preview_links__isnull=True,
    )

    article = models.ForeignKey("Article", models.CASCADE, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("text"))
    digest = models.CharField(max_length=64, editable=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.SAVED)
    name = LineField(pgettext_lazy("version", "name"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    restored_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="restored_as", verbose_name=_("restored from")
    )
    released_at = models.DateTimeField(_("released"), null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once")]
        indexes = [
            models.Index(fields=["origin", "at"], condition=Q(origin=Origin.AUTOSAVED), name="revision_autosaved")
        ]

    def __str__(self):
        return _("Version %(number)d") % {"number": self.number}

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A version of a story is only ever added.")
        super().save(*args, **kwargs)
