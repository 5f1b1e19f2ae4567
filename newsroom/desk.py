from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    """The admin as the paper's desk."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("Work at hand")
