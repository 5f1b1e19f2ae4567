from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import LineField
from .named import Named, NamedQuerySet

# First segments of addresses that are no section: pages of the site itself, and names that a server may need.
RESERVED_SLUGS = (
    "admin",
    "atom",
    "bai",
    "binh-luan",
    "cai-chinh",
    "chu-de",
    "chuyen-de",
    "doc",
    "gioi-thieu",
    "healthz",
    "lien-he",
    "luu-tru",
    "media",
    "quy-dinh-binh-luan",
    "quyen-rieng-tu",
    "readyz",
    "robots",
    "rss",
    "sitemap",
    "sitemap-news",
    "static",
    "tac-gia",
    "tim-kiem",
    "tin-moi",
    "xem-truoc",
)


class SectionQuerySet(NamedQuerySet):
    def under_parents(self):
        """Each section of the first level, followed by those below it: the order of every list to choose from."""
        own, top = F("parent"), Coalesce("parent__order", "order")
        return self.select_related("parent").order_by(
            top, Coalesce("parent__sort_key", "sort_key"), own.asc(nulls_first=True), "order", "sort_key"
        )


class Section(Named):
    """A section of the paper. Two levels at most; its slug is unique over the whole site and never reserved."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    description = LineField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Smaller numbers come first."))
    in_menu = models.BooleanField(_("in the menu"), default=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="section_slug_not_reserved",
                violation_error_message=_("This address is reserved for a page of the site."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="section_not_its_own_parent",
                violation_error_message=_("A section cannot stand under itself."),
            ),
        ]

    def get_absolute_url(self):
        if self.parent_id:
            return reverse("articles:subsection", args=[self.parent.slug, self.slug])
        return reverse("articles:section", args=[self.slug])

    @property
    def full_name(self) -> str:
        """'Kinh tế › Nông nghiệp': a section under its parent, where it stands in a list to choose from."""
        return f"{self.parent.name} › {self.name}" if self.parent_id else self.name

    def clean(self):
        super().clean()
        if self.slug in self.pages_of_the_site():
            message = _("A page of the site has this address.")
            raise ValidationError({"slug": ValidationError(message, code="page")})
        if self.parent_id and (self.parent.parent_id or (self.pk and self.children.exists())):
            message = _("Sections have two levels at most.")
            raise ValidationError({"parent": ValidationError(message, code="too_deep")})

    @classmethod
    def taken_slugs(cls) -> set[str]:
        return cls.pages_of_the_site() | set(RESERVED_SLUGS)

    @staticmethod
    def pages_of_the_site() -> set[str]:
        """Addresses of static pages: a section of that address would hide the page."""
        return {url.strip("/") for url in FlatPage.objects.values_list("url", flat=True)}


class SectionEditor(models.Model):
    """Who edits what: an editor with rows here works in these sections only; one without works in all."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="edited_sections", verbose_name=_("editor")
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="editors", verbose_name=_("section"))

    class Meta:
        verbose_name = _("editor of the section")
        verbose_name_plural = _("editors of the section")
        constraints = [models.UniqueConstraint(fields=["user", "section"], name="section_editor_once")]

    def __str__(self):
        return f"{self.user} · {self.section}"
