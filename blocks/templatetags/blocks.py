from django import template

from ..placing import Placed, place_blocks

register = template.Library()


@register.simple_tag
def page_blocks(article=None, section=None, shown=(), at=None) -> Placed:
    """{% page_blocks article=article as placed %}: the filled blocks of a story's, a section's or the front page.

    `shown`: stories that the page lists outside its blocks, which these then leave out. `at`: the moment, else now.
    """
    return place_blocks(article=article, section=section, shown=shown, at=at or None)
