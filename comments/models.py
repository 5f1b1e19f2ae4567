from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField, ProseField
from articles.keys import lines

# A reader's opinion, not an essay: two thousand letters are about a printed page.
TEXT_LIMIT = 2000
# What stands where a reader has asked to be erased. Data, and printed: it stays as it is in every language.
ERASED = "Đã xóa theo yêu cầu"


class Status(models.TextChoices):
    HELD = "held", _("Held")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    HIDDEN = "hidden", _("Hidden")


class CommentQuerySet(models.QuerySet):
    def approved(self):
        """What readers may see under a story that they may see."""
        return self.filter(status=Status.APPROVED)

    def held(self):
        """What waits for a moderator; on one that was erased there is nothing to decide."""
        return self.filter(status=Status.HELD, is_erased=False)


class Comment(models.Model):
    """A reader's opinion. Always held first; its status is written by `moderation` alone.

    The row is never deleted; `erasure` empties it where its sender asks for that.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="comments", verbose_name=_("article"))
    name = LineField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never printed."))
    text = ProseField(_("text"), max_length=TEXT_LIMIT)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.HELD, editable=False)
    suspicion = models.CharField(_("suspicion"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    consent_version = models.CharField(_("wording of the consent"), max_length=20, editable=False)
    consent_at = models.DateTimeField(_("consent given"), editable=False)
    # The network of the sender, shortened; dropped when it has served against floods.
    address = models.CharField(_("network"), max_length=50, blank=True, editable=False)
    # fold(text): the same text sent again is recognised whatever its marks.
    key = models.CharField(max_length=64, editable=False, db_index=True)
    # The line of keys of name and text: the queue is searched with and without marks.
    search_text = models.TextField(editable=False, default="")
    is_erased = models.BooleanField(_("erased"), default=False, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("moderate_comment", _("Can approve, reject and hide comments")),
            ("erase_comment", _("Can export and erase a reader's comments")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="comment_status_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="comment_not_empty"),
            models.CheckConstraint(
                condition=Q(is_erased=False) & ~Q(email="")
                | Q(is_erased=True, name=ERASED, text=ERASED, email="", address="", key="", suspicion=""),
                name="comment_erased_wholly",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "status", "created_at"], name="comment_under_article"),
            models.Index(fields=["status", "created_at"], name="comment_queue"),
            models.Index(fields=["address", "created_at"], name="comment_by_address"),
            models.Index(fields=["email", "created_at"], name="comment_by_email"),
        ]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"

    def save(self, *args, **kwargs):
        self.search_text = lines([self.name, *self.text.split("\n")])[0]
        super().save(*args, **kwargs)


class ModerationAction(models.Model):
    """A moderator's act on a comment. Rows are added and never changed."""

    class Act(models.TextChoices):
        APPROVE = "approve", _("approved")
        REJECT = "reject", _("rejected")
        HIDE = "hide", _("hidden")
        ERASE = "erase", _("erased at the sender's request")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="actions", verbose_name=_("comment"))
    act = models.CharField(_("act"), max_length=8, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    before = models.CharField(_("before"), max_length=8, choices=Status)
    reason = LineField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("log of moderation")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.get_act_display()} · {self.comment}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The log of moderation is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log of moderation is only ever added to.")
