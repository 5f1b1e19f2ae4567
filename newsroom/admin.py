"""Tables of other apps as the administrators see them: sign-ins, failed and successful, and the site's own name."""

from axes.admin import AccessAttemptAdmin, AccessLogAdmin
from django.conf import settings
from django.contrib import admin
from django.contrib.sites.admin import SiteAdmin
from django.contrib.sites.models import Site
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import FailedSignIn, SignIn
from articles.admin.base import OtherAppsMixin, PublicMixin

# Django's own tells the history of a site in English.
admin.site.unregister(Site)

# What django-axes writes where a browser does not name itself.
NAMELESS = "<unknown>"


class BrowserMixin:
    """Rows that carry the name of a browser, as it calls itself."""

    @admin.display(description=_("browser"), ordering="user_agent")
    def browser(self, row):
        return row.user_agent if row.user_agent != NAMELESS else _("unknown")


@admin.register(FailedSignIn)
class FailedSignIns(BrowserMixin, AccessAttemptAdmin):
    """Who guesses at which name; a row taken away opens the door again."""

    list_display = ("attempt_time", "username", "ip_address", "standing", "browser")
    list_filter = ("attempt_time", "username", "ip_address")
    fieldsets = (
        (None, {"fields": ("username", "attempt_time", "standing")}),
        (_("Sent from"), {"fields": ("ip_address", "browser", "path_info")}),
    )
    readonly_fields = ("attempt_time", "username", "ip_address", "standing", "browser", "path_info")
    actions = ()

    @admin.display(description=_("status"), ordering="failures_since_start")
    def standing(self, attempt):
        left = settings.AXES_FAILURE_LIMIT - attempt.failures_since_start
        if left <= 0:
            return _("locked out")
        return ngettext("%(left)d attempt left", "%(left)d attempts left", left) % {"left": left}

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(SignIn)
class SignIns(BrowserMixin, AccessLogAdmin):
    """Who signed in and out, and when."""

    list_display = ("attempt_time", "logout_time", "username", "ip_address", "browser")
    list_filter = ("attempt_time", "username", "ip_address")

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Site)
class PaperSiteAdmin(PublicMixin, OtherAppsMixin, SiteAdmin):
    """The domain under which the paper is read."""
