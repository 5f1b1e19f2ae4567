from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..dates import DateForm
from ..fields import LineField, ProseField
from ..text import one_line, sort_key, strict
from .named import SORT_KEY_LENGTH


class PublicationQuerySet(models.QuerySet):
    def current(self):
        """The paper whose name stands over every page, or an unsaved blank one on a database that has none yet."""
        return self.filter(is_current=True).first() or Publication(name=gettext("The newsroom"))


class Publication(models.Model):
    """A paper: its name, code and what the law wants in the footer. Papers that merged live on in the archive."""

    name = LineField(_("name"), max_length=150)
    key = models.CharField(max_length=200, unique=True, editable=False)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, default="")
    code = LineField(
        _("code"), max_length=12, blank=True, help_text=_("Stands before a lead, for instance BVH in “BVH - …”.")
    )
    motto = LineField(_("motto"), max_length=200, blank=True)
    nameplate = ProseField(
        _("nameplate drawing"),
        blank=True,
        help_text=_(
            "“width height path”: the outline of the name as one SVG path. The name is set in type without it."
        ),
    )
    is_current = models.BooleanField(
        _("current"), default=False, help_text=_("The paper that this site is. Only one can be.")
    )
    archive_from = models.DateField(
        _("archive from"),
        default="2000-01-01",
        help_text=_("Where stories of unknown date are sorted; the date itself is never printed."),
    )

    owner_body = LineField(_("owner body"), max_length=200, blank=True)
    head_title = LineField(_("title of the head"), max_length=60, blank=True, default="Tổng Biên tập")
    head = LineField(_("head"), max_length=100, blank=True)
    licence_number = LineField(_("licence number"), max_length=60, blank=True)
    licence_date = models.DateField(_("licence date"), null=True, blank=True)
    licence_issuer = LineField(_("licence issuer"), max_length=150, blank=True)
    address = LineField(_("postal address"), max_length=200, blank=True)
    telephone = LineField(_("telephone"), max_length=40, blank=True)
    hotline = LineField(_("hotline"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    rights_note = LineField(_("note on rights"), max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="one_current_publication",
                violation_error_message=_("Another publication is the current one."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        self.key = strict(self.name)
        self.sort_key = sort_key(self.name)[:SORT_KEY_LENGTH]
        super().save(*args, **kwargs)


class BylinePlace(models.TextChoices):
    TOP = "top", _("under the title")
    END = "end", _("after the last word")


class PrefixForm(models.TextChoices):
    NONE = "", _("none")
    DASH = "{code} -", _("code and dash: “BVH - …”")
    BRACKETS = "({code}) -", _("code in brackets and dash: “(BVH) - …”")


# What can stand below a story; a house style orders these.
BELOW_PARTS = {"tags": _("tags"), "share": _("share row"), "comments": _("comments"), "blocks": _("blocks")}


def default_below() -> list[str]:
    return ["tags", "share", "comments", "blocks"]


class HouseStyle(models.Model):
    """How a paper printed its stories at a time. A story keeps the style it was published under."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="styles", verbose_name=_("publication"))
    name = LineField(
        _("name"), max_length=40, blank=True, help_text=_("For instance the year in which the paper changed its look.")
    )
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, default="")
    is_current = models.BooleanField(_("current"), default=False, help_text=_("New stories are printed in this style."))
    date_form = models.CharField(_("date form"), max_length=20, choices=DateForm, default=DateForm.WEEKDAY_ZONE)
    prefix_form = models.CharField(
        _("lead prefix"), max_length=20, choices=PrefixForm, blank=True, default=PrefixForm.NONE
    )
    byline_place = models.CharField(
        _("place of the byline"), max_length=3, choices=BylinePlace, default=BylinePlace.END
    )
    tags_label = LineField(_("label of the tags"), max_length=40, blank=True, default="Chủ đề")
    shows_share = models.BooleanField(_("share row"), default=True)
    share_label = LineField(_("label of the share row"), max_length=60, blank=True, default="Chia sẻ bài viết")
    shows_comments = models.BooleanField(_("comments"), default=True)
    comment_heading = LineField(_("comment heading"), max_length=60, blank=True, default="Ý kiến bạn đọc")
    comment_form_heading = LineField(_("heading of the comment form"), max_length=60, blank=True, default="Gửi ý kiến")
    comment_name_label = LineField(_("label of the name"), max_length=40, default="Họ tên")
    comment_email_label = LineField(_("label of the e-mail"), max_length=40, default="Thư điện tử")
    comment_empty_text = LineField(
        _("text where no comment stands yet"), max_length=120, blank=True, default="Hiện chưa có ý kiến nào."
    )
    below = models.JSONField(_("order below the story"), default=default_below)

    class Meta:
        verbose_name = _("house style")
        verbose_name_plural = _("house styles")
        ordering = ["publication", "-is_current", "sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "name"], name="house_style_named_once"),
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(is_current=True),
                name="one_current_style",
                violation_error_message=_("The publication has another current style."),
            ),
        ]

    def __str__(self):
        return f"{self.publication} {self.name}".strip()

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.name)[:SORT_KEY_LENGTH]
        super().save(*args, **kwargs)

    @property
    def lead_prefix(self) -> str:
        """What stands before a lead that carries the prefix: 'BVH -', or nothing."""
        return self.prefix_form.format(code=self.publication.code) if self.publication.code else ""
