from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.fields import LineField, ProseField
from articles.models import Period


class Kind(models.TextChoices):
    """The rule that fills a block."""

    NEWEST = "newest", _("newest")
    SAME_SECTION = "same_section", _("same section as the open story or page")
    SAME_SERIES = "same_series", _("same series as the open story")
    SAME_TAGS = "same_tags", _("related: named in the story form, then sharing tags")
    MOST_READ = "most_read", _("most read")
    SECTION = "section", _("a section")
    PICKED = "picked", _("picked by hand")


class Place(models.TextChoices):
    FRONT = "front", _("front page")
    SECTION = "section", _("section page")
    BESIDE = "beside", _("beside an article")
    BELOW = "below", _("below an article")


class Form(models.TextChoices):
    """How the stories of a block look; a template in templates/blocks/ for each."""

    LEAD = "lead", _("lead story with seconds")
    CARDS = "cards", _("cards with teaser")
    HEADLINES = "headlines", _("headlines")
    NUMBERED = "numbered", _("numbered")
    TICKER = "ticker", _("times and headlines")
    FEATURE = "feature", _("one large card and headlines")
    ROWS = "rows", _("rows with picture and teaser")
    PHOTOS = "photos", _("dark band of pictures")


class BlockQuerySet(models.QuerySet):
    def active(self, at=None):
        """Blocks whose period, if they have one, holds the moment `at` (now, if not given)."""
        at = at or timezone.now()
        return self.filter(Q(starts_at__isnull=True) | Q(starts_at__lte=at)).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at)
        )


class Block(models.Model):
    """A group of stories under a heading, in one place, filled by a rule or by hand and then by a rule."""

    heading = LineField(_("heading"), max_length=100, blank=True)
    place = models.CharField(pgettext_lazy("block", "place"), max_length=8, choices=Place)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.HEADLINES)
    kind = models.CharField(_("filled with"), max_length=12, choices=Kind, default=Kind.NEWEST)
    fill_kind = models.CharField(
        _("filled up with"),
        max_length=12,
        choices=[choice for choice in Kind.choices if choice[0] != Kind.PICKED],
        blank=True,
        help_text=_("For a block picked by hand: what follows when there are fewer picks than places."),
    )
    section = models.ForeignKey(
        "articles.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blocks",
        verbose_name=_("section"),
        help_text=_("For blocks filled with a section."),
    )
    period = models.CharField(
        _("read within"),
        max_length=5,
        choices=Period,
        default=Period.WEEK,
        help_text=_("For blocks filled with the most read. Recent readings weigh more than those of days ago."),
    )
    count = models.PositiveSmallIntegerField(_("number of stories"), default=5)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Smaller numbers come first."))
    allow_repeat = models.BooleanField(
        _("may repeat stories"), default=False, help_text=_("Shows stories even if they stand elsewhere on the page.")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    # A block of one imported story, or of all stories in one house style; otherwise it stands wherever its place is.
    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="own_blocks",
        verbose_name=_("only with the story"),
    )
    house_style = models.ForeignKey(
        "articles.HouseStyle",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blocks",
        verbose_name=_("only in the house style"),
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["place", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__range=(1, 30)),
                name="block_count_sane",
                violation_error_message=_("A block holds 1 to 30 stories."),
            ),
            models.CheckConstraint(
                condition=~(Q(kind=Kind.SECTION) | Q(fill_kind=Kind.SECTION)) | Q(section__isnull=False),
                name="section_block_has_section",
                violation_error_message=_("Please choose the section that fills the block."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="block_period_runs_forward",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["place", "order"], name="block_in_place")]

    def __str__(self):
        return f"{self.name} · {self.get_place_display()}"

    @property
    def name(self) -> str:
        """What the desk calls a block: by its heading, its section, or what it looks like and is filled with."""
        if self.heading or self.section_id:
            return self.heading or self.section.name
        return capfirst(f"{self.get_form_display()} ({self.get_kind_display()})")


class BlockItem(models.Model):
    """A story picked by hand, or a line of text where the story is not in this archive."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="items", verbose_name=_("block"))
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    title = LineField(pgettext_lazy("story", "title"), max_length=300, blank=True)
    lead_prefix = LineField(_("prefix"), max_length=30, blank=True)
    teaser = ProseField(_("teaser"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["block", "article"], name="story_picked_once"),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(title=""),
                name="pick_is_story_or_text",
                violation_error_message=_("Choose a story, or give a title."),
            ),
        ]

    def __str__(self):
        return self.article.title if self.article_id else self.title

    def clean(self):
        if not self.article_id and not self.title:
            raise ValidationError({"article": _("Choose a story, or give a title.")}, code="empty")
