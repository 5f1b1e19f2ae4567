"""What has a name that people type: one row for a meaning, and an address made from the name once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..text import one_line, slugify, strict, words

# An address keeps room for "-2" behind the longest slug.
SLUG_LENGTH = 80
FALLBACK_SLUG = "bai"


def free_slug(queryset, name: str, taken: Iterable[str] = ()) -> str:
    """The slug of `name`, or with -2, -3 … behind it where a row of `queryset` has it already or it is `taken`."""
    base = slugify(name, SLUG_LENGTH) or FALLBACK_SLUG
    taken = {*taken, *queryset.filter(slug__startswith=base).values_list("slug", flat=True)}
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


class Named(models.Model):
    """A name, its address and its key. Two spellings of one name (case, Unicode form, placing of tones) share a key."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH + 10,
        unique=True,
        blank=True,
        help_text=_("Made from the name when left empty. It does not change later, so that links stay good."),
    )
    key = models.CharField(max_length=200, unique=True, editable=False)
    # words(name): look-ups at the desk find "Xây dựng" by "xay dung".
    search_text = models.CharField(max_length=200, editable=False, default="")

    # Addresses that the site needs itself.
    taken_slugs: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        self.key = strict(self.name)
        self.search_text = words(self.name)
        if not self.slug:
            self.slug = free_slug(type(self)._default_manager, self.name, self.taken_slugs)
        super().save(*args, **kwargs)

    def clean(self):
        self.name = one_line(self.name)
        if not self.name:
            raise ValidationError({"name": ValidationError(_("Please give a name."), code="empty")})
        twin = type(self)._default_manager.filter(key=strict(self.name)).exclude(pk=self.pk).first()
        if twin:
            message = _("“%(name)s” stands here already; another spelling of it is the same entry.")
            raise ValidationError({"name": ValidationError(message, code="twin", params={"name": twin.name})})
