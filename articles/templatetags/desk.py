"""What the desk's own templates print."""

from django import template

from ..marks import state_mark

register = template.Library()

register.filter("state_mark", state_mark)
