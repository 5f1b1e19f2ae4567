from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ProseField
from ..keys import lines


class CreditKind(models.TextChoices):
    """Where a picture comes from when no pen name stands for it. The words print as they are."""

    ARCHIVE = "archive", "Ảnh tư liệu"
    ILLUSTRATION = "illustration", "Ảnh minh họa"
    READER = "reader", "Ảnh bạn đọc"
    AGENCY = "agency", _("agency")
    BYLINE = "byline", _("covered by the byline")


class Picture(models.Model):
    """A photo of the library, used many times. The original is private; readers get renditions of it."""

    title = LineField(_("title"), max_length=150)
    # No ImageField: that one opens the file whenever a row is read anew, and takes a phone's photo for lying.
    original = models.FileField(_("file"), upload_to="originals/%Y/%m", max_length=200)
    # Derived, as it stands upright: renditions.make_first.
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = LineField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for those who cannot see it. Not the caption again."),
    )
    caption = LineField(_("caption"), max_length=500, blank=True)
    credit_author = models.ForeignKey(
        "Author", models.PROTECT, null=True, blank=True, related_name="pictures", verbose_name=_("photographer")
    )
    credit_kind = models.CharField(_("kind of credit"), max_length=12, choices=CreditKind, blank=True)
    credit_name = LineField(_("name of the agency"), max_length=100, blank=True)
    taken_on = models.DateField(_("date taken"), null=True, blank=True)
    place = LineField(_("place"), max_length=150, blank=True)
    licence = ProseField(
        _("licence note"),
        max_length=1000,
        blank=True,
        help_text=_("What was agreed with the owner: where, how often and for how long the picture may be shown."),
    )
    use_until = models.DateField(
        _("use until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the picture may be placed in a story. Empty: no limit."),
    )
    focal_x = models.FloatField(_("focal point, from the left"), default=0.5)
    focal_y = models.FloatField(_("focal point, from the top"), default=0.5)
    made_by_ai = models.BooleanField(_("made or altered by AI"), default=False)
    shows_child = models.BooleanField(_("shows a child under 16"), default=False)
    child_consent = ProseField(
        _("consent for the child"),
        max_length=500,
        blank=True,
        help_text=_("Who agreed to the child being shown, and when. Without it no story with this picture goes out."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    # Derived from the original when it comes in: the SHA-256 of its bytes, and what stays alike when a picture is
    # scaled or saved anew (renditions.likeness_of), both in hexadecimal digits. Empty until they have been worked out.
    digest = models.CharField(max_length=64, default="", editable=False, db_index=True)
    likeness = models.CharField(max_length=16, default="", editable=False)
    # Derived: what files exist, {"base": folder, "full": {"webp": [[width, height], …], "jpg": …}, "card": …}; see
    # renditions/making.py.
    renditions = models.JSONField(default=dict, editable=False)
    # When `tick` is to look after the files; empty if all is made. See darkroom.py.
    files_due = models.DateTimeField(null=True, editable=False, db_index=True)
    # The line of keys of what is written on the picture, for look-ups at the desk.
    search_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="focal_point_in_picture",
                violation_error_message=_("The focal point lies outside the picture: both numbers go from 0 to 1."),
            ),
            models.CheckConstraint(
                condition=Q(credit_author__isnull=True) | Q(credit_kind=""),
                name="picture_one_credit",
                violation_error_message=_("Either a photographer or a kind of credit, not both."),
            ),
            models.CheckConstraint(
                condition=~Q(credit_kind="agency") | ~Q(credit_name=""),
                name="agency_has_a_name",
                violation_error_message=_("Please name the agency."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search_text = lines([self.title, self.alt, self.caption, self.place, self.credit_name])[0]
        super().save(*args, **kwargs)

    @property
    def credit(self) -> str:
        """Who or what is credited, as data: a name, or a kind that begins with "Ảnh"; empty if not stated."""
        if self.credit_author_id:
            return self.credit_author.name
        if self.credit_kind in ("", CreditKind.BYLINE):
            return ""
        return self.credit_name if self.credit_kind == CreditKind.AGENCY else CreditKind(self.credit_kind).label

    @property
    def is_credited(self) -> bool:
        """Whether the desk has said where the picture comes from, be it printed or covered by the byline."""
        return bool(self.credit_author_id or self.credit_kind)

    @property
    def is_expired(self) -> bool:
        """Whether the last day on which it may be placed has passed."""
        return self.use_until is not None and self.use_until < timezone.localdate()


class Placing(models.Model):
    """A picture within the body of a story. Derived by publishing.derive(), so that nobody reads all bodies to know."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="placings", verbose_name=_("article"))
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="placings", verbose_name=_("picture"))

    class Meta:
        verbose_name = _("picture within a story")
        verbose_name_plural = _("pictures within stories")
        constraints = [models.UniqueConstraint(fields=["article", "picture"], name="picture_placed_once")]

    def __str__(self):
        return f"{self.picture} → {self.article}"


class DiscardedFile(models.Model):
    """A file that nobody needs any more, or a folder of them if the name ends in "/"; see renditions/discarding.py."""

    storage = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    due = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("discarded file")
        verbose_name_plural = _("discarded files")
        default_permissions = ()

    def __str__(self):
        return self.name
