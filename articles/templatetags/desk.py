"""What the desk's own templates print."""

import re

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..dates import relative
from ..marks import state_mark

register = template.Library()

# An icon of the admin for a value that is true, false or unknown; its name is the value in the words of Python.
_ICON = re.compile(r'(<img src="[^"]*icon-(yes|no|unknown)[^"]*" alt=")\w+(")')

register.filter("state_mark", state_mark)


@register.filter(is_safe=True)
def named_icons(html: SafeString) -> str:
    """HTML of the admin, which names its icons True and False, with names that a person understands."""
    words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Unknown")}
    return _ICON.sub(lambda icon: f"{icon[1]}{words[icon[2]]}{icon[3]}", html)


@register.filter
def ago(moment) -> SafeString | str:
    """'5 phút trước' with the exact time under the pointer and for machines; nothing for no moment."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        f"{local:%H:%M, %d/%m/%Y}",
        relative(moment),
    )
