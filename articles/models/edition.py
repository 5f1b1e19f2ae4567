"""Numbers that say whether a page made earlier still says what a page made now would say (articles/edition.py)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

_ENDS = models.Q(expires_at__isnull=False)


class ListKind(models.TextChoices):
    """What gathers stories into a list that may be as long as the archive."""

    SECTION = "section", _("section")
    TAG = "tag", _("tag")
    AUTHOR = "author", _("author")
    SERIES = "series", _("series")


class Edition(models.Model):
    """The paper as a whole; one row. Each number is the moment of its last change and only grows.

    `number`: anything that more than one page could show; `frame`: of that, what is no story (menu, blocks, names,
    pictures); `removals`: something that must not be shown any longer.
    """

    number = models.BigIntegerField(default=0)
    frame = models.BigIntegerField(default=0)
    removals = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return str(self.number)


class ListEdition(models.Model):
    """A list as a whole: the number of the edition in which a story of it last came, went, or read otherwise.

    `places`: how many rows of Listing it has. What of them is ahead or over is counted while reading (listing.py).
    """

    kind = models.CharField(max_length=7, choices=ListKind)
    key = models.BigIntegerField()
    number = models.BigIntegerField(default=0)
    places = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("edition of a list")
        verbose_name_plural = _("editions of lists")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="list_has_one_edition")]

    def __str__(self):
        return f"{self.kind} {self.key}: {self.number}"


class Listing(models.Model):
    """Derived: that a published story stands in a list, where, and until when. The order of lists is in its index.

    The index holds all that `published()` asks, so that a page of ids is read without opening one story.
    """

    kind = models.CharField(max_length=7, choices=ListKind)
    key = models.BigIntegerField()
    article = models.ForeignKey("Article", models.CASCADE, related_name="listings", verbose_name=_("article"))
    published_at = models.DateTimeField(_("time of publication"))
    expires_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    # Whether the day of publication is known.
    is_dated = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("place in a list")
        verbose_name_plural = _("places in lists")
        constraints = [models.UniqueConstraint(fields=["article", "kind", "key"], name="story_listed_once")]
        indexes = [
            models.Index(
                fields=["kind", "key", "-published_at", "-article", "expires_at", "is_dated"], name="list_newest"
            ),
            # Few stories end at all: what is over is counted, and cleared away, through these.
            models.Index(fields=["kind", "key", "expires_at"], condition=_ENDS, name="list_ends"),
            models.Index(fields=["expires_at"], condition=_ENDS, name="place_ends"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}: {self.article_id}"
