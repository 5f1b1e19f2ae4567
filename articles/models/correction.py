from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ProseField


class CorrectionKind(models.TextChoices):
    """What is owed. The words print as they are."""

    CORRECTION = "correction", "Cải chính và xin lỗi"
    SLIP = "slip", "Đính chính"


class CorrectionQuerySet(models.QuerySet):
    def published(self):
        """What readers may see: announced, and of a story that they may see or that was taken away since."""
        return self.filter(published_at__isnull=False)

    def newest_first(self):
        return self.order_by("-published_at", "-id")


class Correction(models.Model):
    """What was wrong in a story and what is right, from the day on which it was asked for to its announcement.

    Correction and apology are one act (Press Law 126/2025/QH15). Its rows are written by hand until they are
    announced (publishing.correct), and then stand for good.
    """

    article = models.ForeignKey("Article", models.PROTECT, related_name="corrections", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=10, choices=CorrectionKind, default=CorrectionKind.CORRECTION)
    wrong = ProseField(_("what was wrong"), max_length=2000, help_text=_("As it was printed. Readers see it."))
    right = ProseField(_("what is right"), max_length=2000, help_text=_("Readers see it."))
    apology = ProseField(
        _("apology"), max_length=1000, blank=True, help_text=_("To whom the paper apologises, in a sentence or two.")
    )
    legal_basis = LineField(
        _("legal basis"), max_length=300, blank=True, help_text=_("For instance the article of the law. Not printed.")
    )
    document_number = LineField(
        _("document number"), max_length=100, blank=True, help_text=_("Of the request or decision. Not printed.")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("The front page of the desk reminds of it.")
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    published_at = models.DateTimeField(_("announced"), null=True, editable=False, db_index=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="correction") | ~Q(apology=""),
                name="correction_apologises",
                violation_error_message=_("A correction goes with an apology. Without one it is a mere “Đính chính”."),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=models.F("received_on")),
                name="correction_due_after_receipt",
                violation_error_message=_("The correction cannot be due before it was received."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.article}"

    @property
    def is_announced(self) -> bool:
        return self.published_at is not None
