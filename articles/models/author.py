from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..addresses import address
from ..fields import LineField
from ..text import sort_key_of_person
from .named import Named


class Author(Named):
    """A public pen name. One person may have several, a group may share one; no private data stands here."""

    bio = LineField(_("about"), max_length=300, blank=True)
    portrait = models.ForeignKey(
        "Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["sort_key", "id"]

    def get_absolute_url(self):
        return address("articles:author", self.slug)

    def sorted_by(self) -> str:
        return sort_key_of_person(self.name)


class Credit(models.Model):
    """A pen name's part in one story: who did what, in the order in which the byline names them."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="credits", verbose_name=_("article"))
    author = models.ForeignKey(Author, models.PROTECT, related_name="credits", verbose_name=_("author"))
    text = models.BooleanField(pgettext_lazy("role", "text"), default=True)
    photo = models.BooleanField(_("photo"), default=False)
    video = models.BooleanField(_("video"), default=False)
    compiled = models.BooleanField(_("compiled"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    printed_name = LineField(
        _("printed name"), max_length=150, blank=True, help_text=_("Only where the byline writes the name otherwise.")
    )

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="author_credited_once"),
            models.CheckConstraint(
                condition=Q(text=True) | Q(photo=True) | Q(video=True) | Q(compiled=True),
                name="credit_has_a_role",
                violation_error_message=_("Please say what the author did: text, photo, video or compiling."),
            ),
        ]

    def __str__(self):
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.printed_name or self.author.name
