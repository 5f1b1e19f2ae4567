"""What the desk's own templates print."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..dates import relative
from ..marks import state_mark

register = template.Library()

register.filter("state_mark", state_mark)


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
