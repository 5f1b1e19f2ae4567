"""The list of stories: the lists of every day, those that a person has named, and what each row shows of its story."""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..fields import CleanCharField
from ..models import SavedFilter
from ..publishing import seen_of
from .list_filters import AuthorFilter, DutyFilter, SectionFilter, daily_lists

# So many fit in two lines over the list; who needs more names them better.
SAVED_AT_MOST = 12
# What a list is narrowed and ordered by. Days that are told as "today" or "this week" would be another day tomorrow:
# they stay out, like the page and whatever else stands in an address.
KEPT_PARAMETERS = (
    *("q", DutyFilter.parameter_name, "status__exact", SectionFilter.parameter_name, AuthorFilter.parameter_name),
    *("published_at__year", "published_at__month", "published_at__day", "o"),
)
NAME_LENGTH, QUERY_LENGTH = (SavedFilter._meta.get_field(name).max_length for name in ("name", "query"))


class StoryList(ChangeList):
    """One page of the list, whose rows know how they are seen: an act on a row that has changed since is refused."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        seen = seen_of(self.result_list)
        for story in self.result_list:
            story.seen = seen[story.pk]


class StoryListMixin:
    """Links over the list, and the acts by which a person keeps and drops their own."""

    def get_changelist(self, request, **kwargs):
        return StoryList

    def changelist_view(self, request, extra_context=None):
        query = kept_query(request.GET.urlencode())
        daily = [
            {"label": label, "query": urlencode({DutyFilter.parameter_name: name})}
            for name, label in daily_lists(request.user)
        ]
        saved = list(SavedFilter.objects.filter(user=request.user))
        is_known = query in {"", *(one["query"] for one in daily), *(one.query for one in saved)}
        lists = {"query": query, "daily_lists": daily, "saved_filters": saved, "filter_name_length": NAME_LENGTH}
        lists["offers_saving"] = not is_known and len(saved) < SAVED_AT_MOST
        return super().changelist_view(request, lists | (extra_context or {}))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("filters/save/", wrap(require_POST(self.save_filter_view)), name="articles_article_save_filter"),
            path(
                "filters/<int:pk>/drop/",
                wrap(require_POST(self.drop_filter_view)),
                name="articles_article_drop_filter",
            ),
        ]
        return [*own, *super().get_urls()]

    def save_filter_view(self, request):
        """Keeps the list as it is narrowed under a name; the same name again stands for the new list."""
        self._require_list(request)
        query = kept_query(request.POST.get("query", ""))
        try:
            name = CleanCharField(max_length=NAME_LENGTH).clean(request.POST.get("name", ""))
        except ValidationError:
            messages.error(request, _("Please give the filter a name of at most %d characters.") % NAME_LENGTH)
            return _to_list(query)
        own = SavedFilter.objects.filter(user=request.user)
        if not query:
            messages.error(request, _("There is nothing to keep: the list is not narrowed, or only by days."))
        elif own.exclude(name=name).count() >= SAVED_AT_MOST:
            messages.error(request, _("You have %d filters already. Please drop one first.") % SAVED_AT_MOST)
        else:
            SavedFilter.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
            messages.success(request, _("The filter “%s” is kept and stands over the list.") % name)
        return _to_list(query)

    def drop_filter_view(self, request, pk):
        """Forgets a filter of one's own; those of others do not exist here."""
        self._require_list(request)
        saved = get_object_or_404(SavedFilter, pk=pk, user=request.user)
        saved.delete()
        messages.success(request, _("The filter “%s” is dropped.") % saved.name)
        return _to_list("")

    def _require_list(self, request) -> None:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied


def kept_query(query: str) -> str:
    """What a list is narrowed and ordered by, of its query, always in one order; empty for nonsense or too much."""
    asked = dict(parse_qsl(query))
    kept = urlencode({name: asked[name] for name in KEPT_PARAMETERS if name in asked})
    return kept if len(kept) <= QUERY_LENGTH else ""


def _to_list(query: str) -> HttpResponseRedirect:
    address = reverse("admin:articles_article_changelist")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
