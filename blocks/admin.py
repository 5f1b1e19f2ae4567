"""The desk of blocks: their order on each place, their picks, and what readers will see before anything is saved."""

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Value, When
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import dates
from articles.admin.base import DeskAdmin, sentences_of
from articles.admin.choices import ChoicesMixin
from articles.admin.framing import framing
from articles.forms import SectionField
from articles.models import Article, Section

from .forms import BlockForm, MomentForm, PickForm
from .models import Block, BlockItem, Kind, Place
from .placing import FilledBlock, front_context, place_blocks

# The pages that show a preview in a frame of our own.
_may_frame = method_decorator(csp_update({"frame-src": [SELF]}))
_RANK = Case(
    *[When(place=place, then=Value(rank)) for rank, place in enumerate(Place.values)],
    output_field=models.IntegerField(),
)


class OwnerFilter(admin.SimpleListFilter):
    """Blocks that came with one imported story stay out of the list unless they are asked for."""

    title = gettext_lazy("stands with")
    parameter_name = "rieng"

    def lookups(self, request, model_admin):
        return [("1", _("one story only"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("its whole place")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(article__isnull=self.value() != "1")


class OrderForm(forms.ModelForm):
    """The number of a block in the list, which says aloud whose it is."""

    class Meta:
        model = Block
        fields = ["order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["order"].widget.attrs["aria-label"] = _("Order of %(block)s") % {"block": self.instance}


class PickInline(ChoicesMixin, admin.StackedInline):
    """The picks of a block, in their order; a line without a story is words alone."""

    model = BlockItem
    form = PickForm
    fields = ["article", "order", "title", "lead_prefix", "teaser"]
    autocomplete_fields = ["article"]
    formfield_overrides = DeskAdmin.formfield_overrides
    extra = 1
    verbose_name_plural = gettext_lazy("Picks, for a block picked by hand")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "teaser":
            field.widget.attrs["rows"] = 2
        if db_field.name == "article":
            # A pick names a story; stories themselves are made and changed in their own form.
            widget = field.widget
            widget.can_add_related = widget.can_change_related = widget.can_delete_related = False
            widget.can_view_related = False
        return field


@admin.register(Block)
class BlockAdmin(DeskAdmin):
    form = BlockForm
    inlines = [PickInline]
    list_display = ["label", "filled_with", "form", "count", "showing", "order", "preview"]
    list_editable = ["order"]
    list_filter = ["place", OwnerFilter]
    list_select_related = ["section", "house_style"]
    list_per_page = 200
    search_fields = []
    # The list is the page from top to bottom; any other order would say nothing.
    sortable_by = []
    actions = None
    fieldsets = [
        (gettext_lazy("What it shows"), {"fields": ["heading", "kind", "section", "period", "count", "fill_kind"]}),
        (gettext_lazy("Where it stands, and how"), {"fields": ["place", "form", "order", "allow_repeat"]}),
        (gettext_lazy("When it shows"), {"fields": ["starts_at", "ends_at"]}),
        (gettext_lazy("Only in one house style"), {"fields": ["house_style"]}),
    ]

    class Media:
        js = ["js/desk/blocks.js"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("front/", wrap(self.front_view), name="blocks_block_front"),
            path("front/at/", wrap(self.front_at_view), name="blocks_block_front_at"),
            path("frame/", wrap(self.frame_view), name="blocks_block_frame_new"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="blocks_block_preview"),
            path("<int:pk>/frame/", wrap(self.frame_view), name="blocks_block_frame"),
            *super().get_urls(),
        ]

    def get_ordering(self, request):
        return [_RANK.asc(), "order", "pk"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "section":
            kwargs["form_class"] = SectionField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": OrderForm} | kwargs)

    @admin.display(description=gettext_lazy("block"))
    def label(self, block):
        return block.name

    @admin.display(description=gettext_lazy("filled with"))
    def filled_with(self, block):
        rule = block.get_kind_display()
        if block.kind == Kind.MOST_READ:
            return f"{rule}: {block.get_period_display()}"
        return f"{rule}: {block.section}" if block.section_id and block.kind == Kind.SECTION else rule

    @admin.display(description=gettext_lazy("shows"))
    def showing(self, block):
        return _period(block)

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, block):
        return format_html('<a href="{}">{}</a>', reverse("admin:blocks_block_preview", args=[block.pk]), _("Preview"))

    @_may_frame
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def front_view(self, request):
        """The front page as a list: its blocks in order, each with its first titles or why it does not show."""
        self._require_view(request)
        filled = {one.block.pk: one for one in place_blocks().front}
        blocks = Block.objects.filter(place=Place.FRONT, article=None).select_related("section")
        rows = [
            {"block": block, "label": self.label(block), "filled": filled.get(block.pk), "why": _why_empty(block)}
            for block in blocks
        ]
        context = self._context(request, _("Front page")) | {"rows": rows}
        return TemplateResponse(request, "admin/blocks/block/front.html", context)

    @framing
    def front_at_view(self, request):
        """The front page as it will stand at a minute ahead (`at_0`, `at_1`), or what is wrong with the minute."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = MomentForm(request.GET or None)
        context = self._context(request, _("Front page at a minute ahead")) | {"form": form, "frames": []}
        if form.is_valid():
            at = form.cleaned_data["at"]
            page = render_to_string("blocks/front.html", front_context(at), request)
            context["frames"] = [{"title": _("Front page at %(when)s") % {"when": dates.when(at)}, "html": page}]
        return TemplateResponse(request, "admin/blocks/block/front_at.html", context)

    @_may_frame
    def preview_view(self, request, pk):
        """A saved block, alone and on its page, in frames."""
        self._require_view(request)
        block = get_object_or_404(Block, pk=pk)
        address = reverse("admin:blocks_block_frame", args=[block.pk])
        frames = [
            {"title": _("The block alone"), "src": f"{address}?alone=1"},
            {"title": _("The whole page"), "src": address},
        ]
        title = _("Preview: %(block)s") % {"block": self.label(block)}
        context = self._context(request, title) | {"shown": block, "frames": frames}
        return TemplateResponse(request, "admin/blocks/block/preview.html", context)

    def frame_view(self, request, pk=None):
        """What stands in the frame. GET: a saved block, alone (?alone=1) or on its page. POST: the same of a form that
        nobody has saved; it is written, read and rolled back, so that the page is exactly the one readers would get."""
        self._require_view(request)
        block = get_object_or_404(Block, pk=pk) if pk else None
        if request.method != "POST":
            if block is None:
                raise Http404
            return self._frame(request, block)
        if not (self.has_change_permission(request, block) if block else self.has_add_permission(request)):
            raise PermissionDenied
        with transaction.atomic():
            block, errors = self._written(request, block)
            page = _message(request, errors) if errors else self._frame(request, block)
            transaction.set_rollback(True)
        return page

    def _frame(self, request, block: Block):
        article, section = _stage(block)
        if block.place != Place.FRONT and not (article or section):
            return _message(request, [_("There is no page yet on which the block could stand.")])
        if "alone" not in request.GET:
            return _public_page(request, (article or section).get_absolute_url() if article or section else "/")
        placed = place_blocks(article=article, section=section)
        found = [one for one in getattr(placed, block.place) if one.block.pk == block.pk]
        return _message(request, [], found) if found else _message(request, [_why_empty(block)])

    def _written(self, request, block: Block | None) -> tuple[Block | None, list[str]]:
        """The block of the posted form with its picks, saved; or what is wrong with the form."""
        form = self.get_form(request, block, change=block is not None)(request.POST, instance=block)
        errors = sentences_of(form)
        formsets = []
        for formset_class, _inline in self.get_formsets_with_inlines(request, block):
            formset: BaseInlineFormSet = formset_class(
                request.POST, instance=form.instance, prefix=formset_class.get_default_prefix()
            )
            formsets.append(formset)
            errors += [sentence for one in formset.forms for sentence in sentences_of(one)]
            errors += formset.non_form_errors()
        if errors:
            return None, errors
        saved = form.save()
        for formset in formsets:
            formset.save()
        return saved, []

    def _require_view(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _context(self, request, title: str) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "may_change": self.has_change_permission(request),
            "may_add": self.has_add_permission(request),
        }


def _period(block: Block) -> str:
    """'always', or from when and until when, with a word where that is not now."""
    now, parts = timezone.now(), []
    if block.starts_at:
        when = date_format(timezone.localtime(block.starts_at), "DATETIME_FORMAT")
        parts.append((_("not before %(when)s") if block.starts_at > now else _("since %(when)s")) % {"when": when})
    if block.ends_at:
        when = date_format(timezone.localtime(block.ends_at), "DATETIME_FORMAT")
        parts.append((_("ended %(when)s") if block.ends_at <= now else _("until %(when)s")) % {"when": when})
    return ", ".join(parts) or _("always")


def _why_empty(block: Block) -> str:
    """Why readers do not see the block, as far as its period and its stories are the reason."""
    if not Block.objects.active().filter(pk=block.pk).exists():
        return _("Readers do not see the block now: %(period)s.") % {"period": _period(block)}
    return _("Readers do not see the block now: it finds no story.")


def _stage(block: Block) -> tuple[Article | None, Section | None]:
    """The story or the section whose page shows the block best; neither for the front page."""
    if block.place == Place.FRONT:
        return None, None
    if block.place == Place.SECTION:
        return None, block.section or Section.objects.filter(parent=None).first()
    stories = Article.objects.published().newest_first().select_related("section__parent", "house_style")
    if block.article_id:
        stories = stories.filter(pk=block.article_id)
    if block.house_style_id:
        stories = stories.filter(house_style=block.house_style_id)
    if block.kind == Kind.SAME_SERIES:
        stories = stories.filter(series__isnull=False)
    if block.kind == Kind.SAME_TAGS:
        stories = stories.filter(tags__isnull=False).distinct()
    return stories.first(), None


def _public_page(request, address: str):
    """The page that readers get at an address, made now: inside an open transaction it shows what is not saved."""
    inner = HttpRequest()
    inner.method, inner.path, inner.path_info = "GET", address, address
    inner.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": ""}
    # The sign of staff goes along: no cache may keep this page or answer for it.
    inner.COOKIES = request.COOKIES
    inner.resolver_match = view, args, kwargs = resolve(address)
    return view(inner, *args, **kwargs)


def _message(request, sentences: list, filled: list[FilledBlock] = ()):
    """The inside of the frame when it is no page: one block alone, or sentences. Rendered at once."""
    context = {"sentences": sentences, "filled": filled}
    return TemplateResponse(request, "admin/blocks/block/frame.html", context).render()
