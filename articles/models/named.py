"""What has a name that people type: one row for a meaning, and an address made from the name once."""

from itertools import chain

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import LineField
from ..keys import lines
from ..text import one_line, slugify, sort_key, strict

# An address keeps room for "-2" behind the longest slug.
SLUG_LENGTH = 80
FALLBACK_SLUG = "bai"
# Compatibility letters can make a key longer than its name; no name in use comes near to this.
KEY_LENGTH = 200
# Enough for 150 letters; what is equal so far is as good as equal to a person who reads the list.
SORT_KEY_LENGTH = 400


class NamedQuerySet(models.QuerySet):
    def called(self, name: str):
        """The row that has this name in any spelling, or None."""
        return self.filter(key=strict(name)).first()


class Named(models.Model):
    """A name, its address and its key. Two spellings of one name (case, Unicode form, placing of tones) share a key."""

    name = LineField(_("name"), max_length=150)
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH + 10,
        unique=True,
        blank=True,
        help_text=_("Made from the name when left empty. It does not change later, so that links stay good."),
    )
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    # The name's line of keys: look-ups at the desk find "Xây dựng" by "xay dung".
    search_text = models.CharField(max_length=KEY_LENGTH, editable=False, default="")
    # Vietnamese order on every database: digits alone, which all of them sort alike.
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, default="", db_index=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = one_line(self.name)
        self.key = strict(self.name)
        self.search_text = lines([self.name])[0]
        self.sort_key = self.sorted_by()[:SORT_KEY_LENGTH]
        if not self.slug:
            self.slug = self.slug_for(self.name)
        super().save(*args, **kwargs)

    def clean(self):
        self.name = one_line(self.name)
        if not self.name:
            raise ValidationError({"name": ValidationError(_("Please give a name."), code="empty")})
        if len(strict(self.name)) > KEY_LENGTH or len(lines([self.name])[0]) > KEY_LENGTH:
            message = _("The text holds signs that cannot be kept as a name.")
            raise ValidationError({"name": ValidationError(message, code="long_key")})
        if twin := self._other_with(key=strict(self.name)):
            message = _("“%(name)s” stands here already; another spelling of it is the same entry.")
            raise ValidationError({"name": ValidationError(message, code="twin", params={"name": twin.name})})
        if self.slug and (twin := self._other_with(slug=self.slug)):
            message = _("“%(name)s” has this address.")
            raise ValidationError({"slug": ValidationError(message, code="slug", params={"name": twin.name})})

    @classmethod
    def tables(cls) -> list:
        """The querysets among which a name and an address stand once."""
        return [cls.objects.all()]

    @classmethod
    def taken_slugs(cls) -> set[str]:
        """Addresses that are no row's and yet not free."""
        return set()

    @classmethod
    def slug_for(cls, name: str) -> str:
        """The address that a new row of this name gets: with -2, -3 … behind it where it is taken."""
        base = slugify(name, SLUG_LENGTH) or FALLBACK_SLUG
        found = (table.filter(slug__startswith=base).values_list("slug", flat=True) for table in cls.tables())
        taken = {*cls.taken_slugs(), *chain.from_iterable(found)}
        number, slug = 2, base
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug

    def sorted_by(self) -> str:
        return sort_key(self.name)

    def _other_with(self, **fields):
        for table in self.tables():
            found = table.filter(**fields)
            if table.model is type(self):
                found = found.exclude(pk=self.pk)
            if row := found.first():
                return row
        return None
