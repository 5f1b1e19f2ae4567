from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import LineField


class SavedFilter(models.Model):
    """A narrowed list of stories that a person has given a name, to come back to it with one click."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("whose")
    )
    name = LineField(pgettext_lazy("filter", "name"), max_length=40)
    # The query of the list's address, without its question mark.
    query = models.CharField(_("query"), max_length=500)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_named_once")]

    def __str__(self):
        return self.name
