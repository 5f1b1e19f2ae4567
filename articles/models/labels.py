"""What groups stories beside their section: tags and series."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..addresses import address
from ..fields import LineField
from ..text import strict
from .article import Article
from .named import Named, NamedQuerySet


class TagQuerySet(NamedQuerySet):
    def called(self, name: str):
        """The tag that has this name in any spelling, be it as one of its other names; or None."""
        key = strict(name)
        return self.filter(Q(key=key) | Q(pk__in=TagSynonym.objects.filter(key=key).values("tag"))).first()


class Tag(Named):
    """One row for one meaning: "Đà Lạt" and "đà lạt", composed or decomposed, are the same tag."""

    description = LineField(_("description"), max_length=300, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_key", "id"]

    def get_absolute_url(self):
        return address("articles:tag", self.slug)

    @classmethod
    def tables(cls) -> list:
        return [Tag.objects.all(), TagSynonym.objects.all()]


class TagSynonym(Named):
    """Another name of a tag: whoever types it gets the tag, and its address leads there."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms", verbose_name=_("tag"))
    # The number of the tag that was merged under this name: versions of texts go on naming it.
    former = models.PositiveBigIntegerField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["sort_key", "id"]

    @classmethod
    def tables(cls) -> list:
        return Tag.tables()


class SeriesQuerySet(NamedQuerySet):
    def running(self, at=None):
        """Series that readers are led to at a moment (now, if not given): running, with a story that they may see.

        A new topic stays ours till then.
        """
        return self.filter(
            models.Exists(Article.objects.published(at).filter(series=models.OuterRef("pk"))), is_running=True
        )


class Series(Named):
    """A running topic. Its name prints as the kicker line over the title of its stories."""

    description = LineField(_("description"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    is_running = models.BooleanField(_("running"), default=True, help_text=_("Shown in the line of events."))

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series (plural)")
        ordering = ["sort_key", "id"]

    def get_absolute_url(self):
        return address("articles:series", self.slug)
