from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..fields import LineField
from .article import Status


class PreviewLink(models.Model):
    """A secret address by which an outsider reads one version of a story for some days. The row is its own log.

    The address itself is kept nowhere: only its digest is.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="preview_links", verbose_name=_("article"))
    # The version that the maker saw: what is typed later is shown to nobody who was not meant to read it.
    revision = models.ForeignKey("Revision", models.CASCADE, related_name="preview_links", verbose_name=_("version"))
    digest = models.CharField(max_length=64, unique=True)
    for_whom = LineField(_("for whom"), max_length=100)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("link", "made by")
    )
    made_at = models.DateTimeField(pgettext_lazy("link", "made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"), db_index=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return f"{self.for_whom} · {self.article}"

    @property
    def is_open(self) -> bool:
        """Whether the address shows the story: neither revoked nor over, and the story not withdrawn."""
        is_over = self.revoked_at is not None or self.expires_at <= timezone.now()
        return not is_over and self.article.status != Status.WITHDRAWN
