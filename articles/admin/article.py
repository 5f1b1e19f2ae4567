from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import library, rights
from ..dates import Precision
from ..forms import ArticleForm, SectionField, WithdrawForm
from ..html import plain_text
from ..marks import state_mark
from ..models import Article, Credit, Status
from ..publishing import Refused, derive, mark_revised, publish, unschedule, withdraw
from ..readiness import LEAD_WORDS_LIMIT, TITLE_LIMIT, dead_links, problems
from ..renditions import jpeg_url
from ..search import matching_stories
from .base import DeskAdmin
from .choices import ChoicesMixin
from .editor import BodyEditor, with_editor
from .list_filters import AuthorFilter, SectionFilter

# How many of the last events stand beside the form; the rest is in the history.
EVENTS_SHOWN = 12
# Whoever mends links by hand mends no more in one sitting; when these are mended, the next ones show.
LINKING_SHOWN = 50
# Fields that offer a new entry in a window of its own.
ADDABLE = {"lead_picture", "series", "tags"}
# What a person did for the story, as a box to tick.
ROLES = {
    "text": _("Wrote the text"),
    "photo": _("Took pictures"),
    "video": _("Made the video"),
    "compiled": _("Compiled"),
}
# Buttons of the form that do more than save.
ACTS = {"_publish", "_schedule", "_unschedule"}


class CreditFormSet(forms.BaseInlineFormSet):
    """Credits of one story. A colleague may have added the same pen name since the form was opened."""

    def clean(self):
        super().clean()
        added = [form.cleaned_data["author"] for form in self.extra_forms if form.cleaned_data.get("author")]
        if self.instance.pk and self.instance.credits.filter(author__in=added).exists():
            raise forms.ValidationError(_("This author is credited already; please reload the form."), code="twice")


class CreditInline(ChoicesMixin, admin.StackedInline):
    """Who did what: one pen name in each row."""

    model = Credit
    formset = CreditFormSet
    extra = 0
    autocomplete_fields = ("author",)
    fields = ("author", ("text", "photo", "video", "compiled"), ("order", "printed_name"))

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


def _linking(article):
    """The stories that readers meet, or will, and whose text leads to this one; of a great story the newest."""
    stories = Article.objects.filter(status=Status.PUBLISHED, links__target=article)
    return stories.newest_first().only("title", "published_at")[:LINKING_SHOWN]


@admin.register(Article)
@method_decorator(with_editor, name="changeform_view")
class ArticleAdmin(DeskAdmin):
    """A story from the first line to its withdrawal, in the order in which it is made."""

    form = ArticleForm
    inlines = (CreditInline,)
    autocomplete_fields = ("lead_picture", "more_sections", "series", "tags", "related")
    list_display = ("title", "state", "section", "credited_names", "day", "created_by")
    list_filter = ("status", SectionFilter, AuthorFilter, ("published_at", admin.DateFieldListFilter))
    list_select_related = ("section", "created_by")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-id")
    actions = None

    class Media:
        js = ("js/desk/article.js",)

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

    @admin.display(description=_("status"), ordering="status")
    def state(self, obj):
        return state_mark(obj)

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
        context |= self._acts_offered(request, obj)
        context |= {
            "mark": state_mark(obj or Article()),
            "events": obj.events.select_related("by")[:EVENTS_SHOWN] if obj else [],
            "dead_links": dead_links(obj) if obj and obj.is_visible else [],
            "linking": _linking(obj) if obj and not obj.is_visible else [],
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _acts_offered(self, request, obj) -> dict:
        """What the state bar and the checks show; acts that a person may not do are absent."""
        story = obj or Article(created_by=request.user)
        is_out = story.status == Status.PUBLISHED
        is_open = story.status != Status.WITHDRAWN and (story.is_waiting or not is_out)
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return {
            "is_waiting": story.is_waiting,
            "shows_checks": is_open,
            "problems": problems(obj) if obj and is_open else [],
            "offers_publishing": is_open and may_write and rights.may_publish(request.user, story),
            "offers_withdrawal": is_out and not story.is_waiting and request.user.has_perm("articles.withdraw_article"),
        }

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_visible else None

    # --- Saving

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        elif obj.status == Status.PUBLISHED and "published_at" in form.changed_data:
            # A new time for a scheduled story is an act of its own: `_act` asks publishing for it.
            obj.published_at = Article.objects.values_list("published_at", flat=True).get(pk=obj.pk)
        if not change:
            obj.save()
            return
        # Only what the form shows: a colleague's act on the story meanwhile is not written over.
        shown = {field.name for field in Article._meta.concrete_fields} & {*form.cleaned_data}
        obj.save(update_fields=[*shown, "slug", "lead_prefix", "updated_at"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        derive(article=form.instance)
        self._act(request, form)
        if form.cleaned_data.get("marks_update"):
            self._mark(request, form.instance)

    def _mark(self, request, article):
        try:
            mark_revised(article=article, by=request.user)
        except Refused as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
        else:
            messages.success(request, _("Readers see when the story was updated."))

    def _act(self, request, form):
        """Does what was asked for beside saving; a refusal leaves the text saved."""
        is_moved = form.instance.status == Status.PUBLISHED and "published_at" in form.changed_data
        if not (ACTS & request.POST.keys() or is_moved):
            return
        try:
            messages.success(request, self._release(request, form))
        except Refused as refused:
            messages.warning(request, _("The text is saved, but the story is not published:"))
            for sentence in refused.sentences:
                messages.error(request, sentence)

    def _release(self, request, form) -> str:
        if "_unschedule" in request.POST:
            unschedule(article=form.instance, by=request.user)
            return _("The story is a draft again.")
        at = None if "_publish" in request.POST else form.cleaned_data["published_at"]
        publish(article=form.instance, by=request.user, at=at)
        return _("The story will appear at the given time.") if at else _("The story is published.")

    def response_add(self, request, obj, post_url_continue=None):
        return self._stay(obj) if ACTS & request.POST.keys() else super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._stay(obj) if ACTS & request.POST.keys() else super().response_change(request, obj)

    def _stay(self, obj):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    # --- Withdrawing

    def get_urls(self):
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<int:pk>/withdraw/", view, name="articles_article_withdraw"), *super().get_urls()]

    def withdraw_view(self, request, pk):
        """Asks for the reason (GET), withdraws the story (POST)."""
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_view_permission(request, article) and request.user.has_perm("articles.withdraw_article")):
            raise PermissionDenied
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._withdraw(request, article, form):
            return self._stay(article)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw the story"),
            "opts": self.opts,
            "original": article,
            "linking": _linking(article),
            "form": form,
        }
        return render(request, "admin/articles/article/withdraw.html", context)

    def _withdraw(self, request, article, form) -> bool:
        try:
            withdraw(article=article, by=request.user, **form.cleaned_data)
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
            return False
        messages.success(request, _("The story is withdrawn: readers cannot find it any more."))
        return True


def _counted(limit_name: str, limit: int, **attrs):
    return lambda: forms.Textarea(attrs={f"data-{limit_name}": limit, "class": "vLargeTextField", **attrs})


_WIDGETS = {
    "title": _counted("letters", TITLE_LIMIT, rows=2, autofocus=True),
    "lead": _counted("words", LEAD_WORDS_LIMIT, rows=4),
    "body": BodyEditor,
}
