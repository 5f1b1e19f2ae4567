"""Tables of other apps as the administrators see them: sign-ins, failed and successful, and the site's own name."""

from axes.admin import AccessAttemptAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib import admin
from django.contrib.sites.admin import SiteAdmin
from django.contrib.sites.models import Site
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.base import CLEAN_TEXT

admin.site.unregister(Site)


@admin.register(Site)
class CleanSiteAdmin(SiteAdmin):
    formfield_overrides = CLEAN_TEXT


@admin.register(AccessAttempt)
class FailedSignIns(AccessAttemptAdmin):
    """Who guesses at which name; a row taken away opens the door again."""

    list_display = ("attempt_time", "username", "ip_address", "standing", "user_agent")
    list_filter = ("attempt_time", "username", "ip_address")
    fieldsets = (
        (None, {"fields": ("username", "attempt_time", "standing")}),
        (_("Sent from"), {"fields": ("ip_address", "user_agent", "path_info")}),
    )
    readonly_fields = ("attempt_time", "username", "ip_address", "standing", "user_agent", "path_info")
    actions = ()

    @admin.display(description=_("status"), ordering="failures_since_start")
    def standing(self, attempt):
        left = settings.AXES_FAILURE_LIMIT - attempt.failures_since_start
        if left <= 0:
            return _("locked out")
        return ngettext("%(left)d attempt left", "%(left)d attempts left", left) % {"left": left}

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(AccessLog)
class SignIns(AccessLogAdmin):
    """Who signed in and out, and when."""

    list_display = ("attempt_time", "logout_time", "username", "ip_address", "user_agent")
    list_filter = ("attempt_time", "username", "ip_address")

    def has_change_permission(self, request, obj=None):
        return False
