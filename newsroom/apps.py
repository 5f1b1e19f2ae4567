from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .groups import ensure_groups
from .pages import ensure_pages


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self):
        # Once a migrate, not once an app: the last app of ours stands for all.
        last = apps.get_app_config("blocks")
        post_migrate.connect(ensure_groups, sender=last, dispatch_uid="newsroom.groups")
        post_migrate.connect(ensure_pages, sender=last, dispatch_uid="newsroom.pages")


class DeskConfig(AdminConfig):
    """Django's admin with our front door."""

    default_site = "newsroom.desk.DeskSite"


class SignInConfig(AxesConfig):
    """The lock on guessed passwords, under a name that an administrator understands."""

    verbose_name = _("Sign-in protection")
