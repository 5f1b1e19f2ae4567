from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A window that was not heard from for so long is closed, or its machine is off. Browsers let a window in the
# background speak once a minute only, and one such report may be late.
SILENCE = timedelta(seconds=75)
# A window that says goodbye stays for so long: saving and reloading leave a story for a moment only, and nobody is to
# lose it to a colleague by that.
PARTING = timedelta(seconds=5)


class PresenceQuerySet(models.QuerySet):
    def here(self, now=None):
        """Windows that have their story open now."""
        now = now or timezone.now()
        return self.filter(Q(left_at=None) | Q(left_at__gt=now - PARTING), seen_at__gt=now - SILENCE)


class Presence(models.Model):
    """A story that is open in somebody's browser, one row for each window.

    The one among them that holds the story last is its holder; the row of a new story also says which story it became.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="presences", verbose_name=_("article"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    # A random key that each form of a story is given when it is shown.
    tab = models.CharField(max_length=32)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    holds_since = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("story open at the desk")
        verbose_name_plural = _("stories open at the desk")
        constraints = [models.UniqueConstraint(fields=["user", "tab"], name="presence_of_a_window_once")]

    def __str__(self):
        return f"{self.user} · {self.article}"
