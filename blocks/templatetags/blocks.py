from django import template
from django.utils.safestring import SafeString

from articles import parts
from articles.keeping import edition_of

from ..areas import area_html
from ..placing import Area, Placed, place_blocks

register = template.Library()


@register.simple_tag(takes_context=True)
def page_blocks(context, article=None, section=None, shown=(), at=None) -> Placed:
    """{% page_blocks article=article as placed %}: the filled blocks of a story's, a section's or the front page.

    `shown`: stories that the page lists outside its blocks, which these then leave out. `at`: the moment, else now.
    """
    current = None if at else edition_of(context.get("request"))
    return place_blocks(article=article, section=section, shown=shown, at=at or None, current=current)


@register.simple_tag(takes_context=True)
def area(context, blocks: Area, form: str) -> SafeString:
    """{% area placed.below "after" %}: a place with all around it, shared by stories' pages that show the same.

    `form`: what stands around it, see templates/blocks/area.html; nothing at all where there is no block.
    """
    request, place = context["request"], blocks.place
    shown = (place, form, blocks.signature)
    if edition_of(request):
        # What the page cache needs to know to make the places anew without the story.
        request.subject = blocks.subject
    return parts.shared(request, *shown, make=lambda: area_html(blocks, form, request), area=(place, form))
