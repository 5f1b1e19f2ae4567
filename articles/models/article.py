from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..addresses import address
from ..dates import Precision, date_line
from ..fields import LineField, ProseField
from ..text import slugify
from .article_query import ArticleQuerySet, Status, title_keys
from .named import FALLBACK_SLUG, SLUG_LENGTH


class Article(models.Model):
    """A story as readers see it. Its status is written by `publishing` alone."""

    title = LineField(
        pgettext_lazy("story", "title"),
        max_length=300,
        help_text=_("Says what happened, in one line. The address of the story is made from it."),
    )
    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, blank=True, editable=False)
    kicker = LineField(
        _("kicker"),
        max_length=100,
        blank=True,
        help_text=_("This word, such as Phóng sự, stands over the title. Left empty, the series’ name is printed."),
    )
    lead = ProseField(
        _("lead"),
        blank=True,
        help_text=_("Tells the essence of the story before the text. Lists, feeds and search results print it, too."),
    )
    lead_prefix = LineField(max_length=30, blank=True, editable=False)
    body = models.TextField(
        _("body"),
        blank=True,
        help_text=_("Pictures come from the library. Fonts and colours of pasted text are removed on saving."),
    )

    lead_picture = models.ForeignKey(
        "Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_articles",
        verbose_name=_("main picture"),
        help_text=_("Stands over the text and on every card of the story."),
    )
    lead_picture_caption = LineField(
        _("caption of the main picture"),
        max_length=500,
        blank=True,
        help_text=_("Left empty, the caption of the library is printed."),
    )
    authors = models.ManyToManyField("Author", through="Credit", related_name="articles")
    typed_byline = LineField(
        _("byline"),
        max_length=300,
        blank=True,
        help_text=_("Left empty, the line is composed from the credits above."),
    )

    publication = models.ForeignKey(
        "Publication", models.PROTECT, related_name="articles", verbose_name=_("publication")
    )
    house_style = models.ForeignKey(
        "HouseStyle", models.PROTECT, related_name="articles", verbose_name=_("house style")
    )
    section = models.ForeignKey(
        "Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
        help_text=_("The story’s home: its address and its place in the menu. No story goes out without a section."),
    )
    more_sections = models.ManyToManyField(
        "Section",
        blank=True,
        related_name="guest_articles",
        verbose_name=_("more sections"),
        help_text=_("The story is listed in these sections as well; its address stays that of the main one."),
    )
    series = models.ForeignKey(
        "Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("series"),
        help_text=_("Gathers all stories on a running topic on one page."),
    )
    tags = models.ManyToManyField(
        "Tag",
        blank=True,
        related_name="articles",
        verbose_name=_("tags"),
        help_text=_("Readers find stories that share a tag together. Look for a tag before you make a new one."),
    )
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="+",
        verbose_name=_("related stories"),
        help_text=_("These stories come first in the block of related news below this one."),
    )
    comments_open = models.BooleanField(
        _("takes readers' comments"),
        default=True,
        help_text=_("Without the tick the story takes no new comments; those that were approved stay."),
    )

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(
        _("time of publication"),
        null=True,
        blank=True,
        help_text=_("Left empty, the story appears at once when it is published. To schedule it, give a time ahead."),
    )
    date_precision = models.CharField(max_length=7, choices=Precision, default=Precision.MINUTE, editable=False)
    expires_at = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("Readers no longer find the story after this time.")
    )
    # When the desk last marked a change that readers should know of; printed, and told to search engines.
    revised_at = models.DateTimeField(_("last important update"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("arrived"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    source = models.CharField(max_length=60, blank=True, editable=False)
    source_id = models.CharField(max_length=200, blank=True, editable=False)
    # What the importer wrote last, as a digest: a row that differs from it has been edited here since.
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    # The number of the last version of the text (Revision), and of the one that this row holds; 0 before any was kept.
    # They differ while work on the text waits to be released, or was only saved by itself.
    latest_revision = models.PositiveIntegerField(default=0, editable=False)
    shown_revision = models.PositiveIntegerField(default=0, editable=False)

    # The moment of the last change of what the story's own page shows (edition.py); 0 before any.
    edition = models.BigIntegerField(default=0, editable=False)

    # Readings of the last week, recent ones weighing more: written by `most_read` for lists of one author's stories.
    readings = models.PositiveIntegerField(_("readings"), default=0, editable=False)

    # Derived by publishing.derive(), never typed and never made while reading.
    byline = models.CharField(max_length=400, blank=True, editable=False)
    credited = models.JSONField(default=list, editable=False)
    body_html = models.TextField(blank=True, editable=False)
    # The corrections that stand above the text, as they print: [{"id", "heading", "wrong", "right", "apology"}, …].
    notices = models.JSONField(default=list, editable=False)
    # The line of keys of the title: the desk looks for stories while it types.
    search_text = models.TextField(blank=True, editable=False)
    # The pictures that readers see in the story, the main one among them.
    picture_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-id"]
        permissions = [
            ("publish_article", _("Can publish and schedule articles")),
            ("publish_own_article", _("Can publish their own articles alone")),
            ("withdraw_article", _("Can withdraw articles")),
            ("edit_others_article", _("Can edit articles that others wrote")),
            ("edit_published_article", _("Can edit articles that are published")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
                | Q(published_at__isnull=False, section__isnull=False) & ~Q(slug=""),
                name="published_has_time_section_slug",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                name="expires_after_publication",
                violation_error_message=_("The end of showing must come after the publication."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="article_imported_once"
            ),
        ]
        indexes = [
            # The last ones are there so that search and archive, which walk far, need not open the rows themselves.
            models.Index(
                fields=["status", "-published_at", "-id", "expires_at", "section", "date_precision"],
                name="article_newest",
            ),
            models.Index(fields=["section", "status", "-published_at", "-id"], name="article_section_newest"),
            models.Index(fields=["series", "status", "-published_at", "-id"], name="article_series_newest"),
            models.Index(fields=["status", "-readings", "-published_at"], name="article_most_read"),
            # When the next story ends is asked for every edition, and few stories end at all.
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="article_ends"),
            # Read from end to end by look-ups at the desk, which so need not open the rows with their bodies.
            models.Index(fields=["search_text"], name="article_title_keys"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.follow_title()
        self.search_text = title_keys(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("articles:article", *self._address())

    def follow_title(self):
        """The address follows the title until the story is out; then it stays as it is."""
        if not self.slug or self.status not in (Status.PUBLISHED, Status.WITHDRAWN):
            self.slug = slugify(self.title, SLUG_LENGTH) or FALLBACK_SLUG

    def get_print_url(self):
        return address("articles:print", *self._address())

    def _address(self):
        return self.section.slug if self.section_id else FALLBACK_SLUG, self.slug or FALLBACK_SLUG, self.pk

    @property
    def is_visible(self) -> bool:
        return self.is_visible_at(timezone.now())

    def is_visible_at(self, moment) -> bool:
        """`published()` for a row at hand; a test holds the two together."""
        return (
            self.status == Status.PUBLISHED
            and self.published_at <= moment
            and (self.expires_at is None or self.expires_at > moment)
        )

    @property
    def stage(self) -> str:
        """The status, and what time makes of "published": "scheduled" before its time, "expired" after its end."""
        if self.status == Status.PUBLISHED:
            now = timezone.now()
            if self.published_at > now:
                return "scheduled"
            if self.expires_at and self.expires_at <= now:
                return "expired"
        return self.status

    @property
    def has_changes(self) -> bool:
        """Whether the desk has worked on a text that readers do not see yet."""
        return self.status == Status.PUBLISHED and self.latest_revision != self.shown_revision

    @property
    def printed_kicker(self) -> str:
        return self.kicker or (self.series.name if self.series_id else "")

    @property
    def printed_date(self) -> str:
        """The date line in the form of the story's house style; empty where the date is unknown."""
        return date_line(self.published_at, self.house_style.date_form, self.date_precision)

    @property
    def printed_lead_caption(self) -> str:
        return self.lead_picture_caption or (self.lead_picture.caption if self.lead_picture_id else "")


class UnindexedStory(models.Model):
    """A note that the words of a story have changed and wait for `tick` to bring them into the index of search."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, verbose_name=_("article"))

    class Meta:
        verbose_name = _("story waiting for the index")
        verbose_name_plural = _("stories waiting for the index")

    def __str__(self):
        return str(self.article)
