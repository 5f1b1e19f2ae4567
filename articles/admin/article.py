from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import library, rights
from ..dates import Precision
from ..forms import ArticleForm, SectionField
from ..html import plain_text
from ..marks import state_mark
from ..models import Act, Article, Credit, Status
from ..readiness import LEAD_WORDS_LIMIT, TITLE_LIMIT, problems
from ..renditions import jpeg_url
from ..rights import RULES, refusal
from ..search import matching_stories
from .article_acts import ActsMixin, buttons, linking
from .article_bulk import BulkActsMixin
from .article_list import StoryListMixin
from .article_look import LookMixin
from .article_preview import PreviewMixin
from .article_readings import readings_of
from .article_saving import SavingMixin
from .article_typing import TYPING_SCRIPTS, TypingMixin
from .article_versions import VersionsMixin
from .base import DeskAdmin
from .choices import ChoicesMixin
from .editor import BodyEditor, with_editor
from .list_filters import AuthorFilter, DutyFilter, SectionFilter

# How many of the last events stand beside the form; the rest is in the history.
EVENTS_SHOWN = 12
# Fields that offer a new entry in a window of its own.
ADDABLE = {"lead_picture", "series", "tags"}
# What a person did for the story, as a box to tick.
ROLES = {
    "text": _("Wrote the text"),
    "photo": _("Took pictures"),
    "video": _("Made the video"),
    "compiled": _("Compiled"),
}


class CreditInline(ChoicesMixin, admin.StackedInline):
    """Who did what: one pen name in each row."""

    model = Credit
    extra = 0
    autocomplete_fields = ("author",)
    fields = ("author", ("text", "photo", "video", "compiled"), ("order", "printed_name"))

    def get_extra(self, request, obj=None, **kwargs):
        """A row for each credit of the text that is worked on: none of them is a row of the table yet."""
        return len(obj.credits.all()) if obj and _may_write(request, obj) else self.extra

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.label = ROLES.get(db_field.name, field.label)
        if db_field.name == "author":
            field.widget.can_delete_related = field.widget.can_view_related = field.widget.can_change_related = False
        return field

    # Credits are part of the text: who may edit the story may edit them.
    def has_add_permission(self, request, obj=None):
        return _may_write(request, obj)

    def has_change_permission(self, request, obj=None):
        return _may_write(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _may_write(request, obj)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_article") or _may_write(request, obj)


def _may_write(request, article) -> bool:
    if article is None:
        return request.user.has_perm("articles.add_article") or request.user.has_perm("articles.change_article")
    return request.user.has_perm("articles.change_article") and rights.may_edit(request.user, article)


@admin.register(Article)
@method_decorator(with_editor, name="changeform_view")
class ArticleAdmin(
    SavingMixin,
    TypingMixin,
    ActsMixin,
    VersionsMixin,
    PreviewMixin,
    LookMixin,
    BulkActsMixin,
    StoryListMixin,
    DeskAdmin,
):
    """A story from the first line to its withdrawal, in the order in which it is made."""

    is_public = False  # Its acts say themselves what readers see of them.

    form = ArticleForm
    inlines = (CreditInline,)
    autocomplete_fields = ("lead_picture", "more_sections", "series", "tags", "related")
    list_display = ("title", "state_and_look", "section", "credited_names", "day", "created_by")
    list_filter = (DutyFilter, "status", SectionFilter, AuthorFilter, ("published_at", admin.DateFieldListFilter))
    list_select_related = ("section", "created_by")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-id")

    class Media:
        js = ("js/desk/article.js", "js/desk/article-keys.js", *TYPING_SCRIPTS)

    # --- Rights

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or rights.may_edit(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        # Nobody throws a colleague's work away, and nobody a story that has a past.
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or (obj.created_by == request.user and not obj.events.exists()))

    # --- The list

    def get_search_results(self, request, queryset, search_term):
        return matching_stories(search_term, queryset), False

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name in ("articles_article_changelist", "autocomplete")
        return queryset.defer("body", "body_html", "search_text", "lead") if is_list else queryset

    @admin.display(description=_("authors"))
    def credited_names(self, obj):
        return ", ".join(credit["name"] for credit in obj.credited) or obj.byline or "–"

    @admin.display(description=_("time of publication"), ordering="published_at")
    def day(self, obj):
        if not obj.published_at or obj.date_precision == Precision.UNKNOWN:
            return "–"
        form = "%d/%m/%Y" if obj.date_precision == Precision.DAY else "%H:%M %d/%m/%Y"
        return timezone.localtime(obj.published_at).strftime(form)

    # --- The form

    def get_fieldsets(self, request, obj=None):
        is_open = obj is None or self.has_change_permission(request, obj)
        text = ["title", "kicker", "lead", *(["prints_prefix", "body"] if is_open else ["body_as_text"])]
        times, is_marked = ["published_at", "expires_at"], is_open and obj is not None and obj.is_visible
        return [
            (_("Text"), {"fields": text}),
            (_("Pictures"), {"fields": ["lead_thumbnail", "lead_picture", "lead_picture_caption"]}),
            (_("Byline"), {"fields": ["typed_byline", "printed_byline"]}),
            (_("Placing"), {"fields": ["section", "more_sections", "series", "tags", "related", "printed_address"]}),
            (_("Publishing"), {"fields": [*times, "comments_open", *(["marks_update"] if is_marked else [])]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        is_out = obj is not None and obj.status == Status.PUBLISHED and obj.published_at <= timezone.now()
        derived = ["lead_thumbnail", "printed_byline", "printed_address", "body_as_text"]
        return [*derived, *(["published_at"] if is_out else [])]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if widget := _WIDGETS.get(db_field.name):
            kwargs["widget"] = widget()
        if db_field.name == "section":
            # Few enough for a plain list, which works without script, too: no story goes out without a section.
            kwargs["form_class"] = SectionField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in (*self.autocomplete_fields, "section"):
            # What is deleted or looked at is done in its own table; a story only gets new names.
            field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_add_related &= db_field.name in ADDABLE
            field.widget.can_change_related &= db_field.name == "lead_picture"
        return field

    @admin.display(description=_("picture shown"))
    def lead_thumbnail(self, obj):
        address = reverse("admin:articles_picture_thumbnail", args=[0])
        source = jpeg_url(obj.lead_picture, "card") if obj.pk and obj.lead_picture_id else ""
        shown = format_html('<img src="{}" alt="" width="320">', source) if source else _("None chosen.")
        if obj.pk and obj.lead_picture_id and obj.lead_picture.is_expired:
            shown = format_html("{}<br><strong>{}</strong>", shown, library.told_as_past(obj.lead_picture))
        return format_html('<span data-thumbnail="id_lead_picture" data-address="{}">{}</span>', address, shown)

    @admin.display(description=_("Printed as"))
    def printed_byline(self, obj):
        return obj.byline or _("Composed from the credits when the story is saved.")

    @admin.display(description=_("address"))
    def printed_address(self, obj):
        return obj.get_absolute_url() if obj.pk else _("Made from the title when the story is saved.")

    @admin.display(description=_("body"))
    def body_as_text(self, obj):
        return format_html_join("", "<p>{}</p>", ([line] for line in plain_text(obj.body).split("\n")))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        story = obj or Article(created_by=request.user)
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        events = list(obj.events.select_related("by")[:EVENTS_SHOWN]) if obj else []
        context |= self._standing(request, obj) | {
            "mark": state_mark(story),
            "events": events,
            "readings": readings_of(story),
            "returned": events[0] if events and events[0].act == Act.SEND_BACK else None,
            "shows_checks": story.status != Status.WITHDRAWN,
            "problems": problems(obj) if obj and story.status != Status.WITHDRAWN else [],
            "held_back": refusal(Act.RELEASE, request.user, story) if may_write and story.has_changes else "",
            "buttons": buttons(request.user, story) if may_write else [],
            "offers_withdrawal": obj and not refusal(Act.WITHDRAW, request.user, story),
            "offers_correction": obj
            and obj.stage in RULES[Act.CORRECT].stages
            and request.user.has_perm("articles.add_correction")
            and rights.in_scope(request.user, obj),
            "offers_putting_back": obj and not refusal(Act.PUT_BACK, request.user, story),
            "linking": linking(obj) if obj and not obj.is_visible else [],
            "show_save_and_add_another": False,
            **(self.typing_context(request, obj) if may_write else {}),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_visible else None


def _counted(limit_name: str, limit: int, **attrs):
    return lambda: forms.Textarea(attrs={f"data-{limit_name}": limit, "class": "vLargeTextField", **attrs})


_WIDGETS = {
    "title": _counted("letters", TITLE_LIMIT, rows=2, autofocus=True),
    "lead": _counted("words", LEAD_WORDS_LIMIT, rows=4),
    "body": BodyEditor,
}
