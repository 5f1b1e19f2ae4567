"""What templates need to print a story: pictures, dates, bylines, marks of a search, and the head of its page."""

import json
import re
from urllib.parse import urljoin

from django import template
from django.contrib.sites.shortcuts import get_current_site
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .. import parts
from ..dates import Precision, grouped, weekday
from ..html import TOGETHER, clean_body, plain_text, print_credit
from ..models import Article
from ..renditions import FIRST, jpeg_url, picture_html, reader_html
from ..search import best_snippet, marked

register = template.Library()

# "width height path" of a nameplate; letters of SVG path data and numbers, nothing that could be markup.
_NAMEPLATE = re.compile(r"(\d{1,5}(?:\.\d+)?) (\d{1,5}(?:\.\d+)?) ([MmLlHhVvCcSsQqTtAaZz0-9eE\s.,+-]+)")
# JSON inside a script element: the letters that could end it are written as escapes, as json_script does.
_SCRIPT_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}

register.filter("marked", marked)


@register.simple_tag(takes_context=True)
def picture(context, shown, shape: str, sizes: str = "100vw", alt: str | None = None) -> SafeString:
    """{% picture article.lead_picture "card" sizes="(min-width: 960px) 304px, 100vw" alt="" %}

    The first picture of a page is what the reader waits for; all others wait until they come into sight.
    """
    request = context["request"]
    html = picture_html(shown, shape, sizes, alt=alt, first=not getattr(request, "has_first_picture", False))
    request.has_first_picture = bool(html) or getattr(request, "has_first_picture", False)
    return html


@register.simple_tag(takes_context=True)
def note_first_picture(context, body_html: str) -> str:
    """Prints nothing: says that the text which follows may hold the first picture of the page."""
    if FIRST in body_html:
        context["request"].has_first_picture = True
    return ""


@register.simple_tag(takes_context=True)
def page_text(context, content: str) -> SafeString:
    """The text of a static page as readers get it: its row has no derived column, so it is cleaned while it is read."""
    own_host = get_current_site(context["request"]).domain
    return mark_safe(reader_html(clean_body(content), {}, own_host=own_host))  # noqa: S308


@register.filter
def credit_line(shown) -> str:
    """A picture's credit as it prints: "Ảnh: X." or "Ảnh tư liệu"; empty if none is stated."""
    return print_credit(shown.credit) if shown else ""


@register.filter
def byline_links(article: Article) -> SafeString:
    """The byline exactly as it prints, the names of pen names as links to their pages."""
    slugs = {person["name"]: person["slug"] for person in article.credited}
    if not slugs:
        return format_html("{}", article.byline)
    longest_first = sorted(slugs, key=len, reverse=True)
    names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
    *pairs, rest = _in_pairs(names.split(article.byline))
    linked = ((before, reverse("articles:author", args=[slugs[name]]), name) for before, name in pairs)
    return format_html("{}{}", format_html_join("", '{}<a href="{}">{}</a>', linked), rest[0])


@register.filter
def together(text: str) -> SafeString:
    """A title or lead, escaped, whose document numbers, years and units no line's end tears apart."""
    *pairs, rest = _in_pairs(TOGETHER.split(text))
    return format_html("{}{}", format_html_join("", '{}<span class="unbroken">{}</span>', pairs), rest[0])


@register.filter("snippet")
def snippet_of(article: Article, query: str) -> SafeString:
    """The stretch of a story that answers a query, with marks: from its lead, or from its body where that is loaded."""
    has_body = "body" not in article.get_deferred_fields()
    return best_snippet([article.lead, *(plain_text(article.body).split("\n") if has_body else ())], query)


@register.filter
def day(moment) -> str:
    """21/11/2026"""
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""


@register.filter
def weekday_day(moment) -> str:
    """Thứ Bảy, 21/11/2026"""
    return f"{weekday(moment)}, {day(moment)}" if moment else ""


@register.filter
def number(value) -> str:
    """1.234.567 and 26,3, of a number or of digits."""
    return grouped(int(value) if isinstance(value, str) else value)


@register.filter
def machine_date(article: Article) -> str:
    """The moment of a story for machines, as far as it is known: ISO 8601, a day only, or nothing."""
    local = timezone.localtime(article.published_at)
    forms = {Precision.MINUTE: local.isoformat(timespec="minutes"), Precision.DAY: local.date().isoformat()}
    return forms.get(article.date_precision, "")


@register.filter
def machine_moment(moment) -> str:
    """A moment for machines, to the minute: 2026-11-21T14:05+07:00."""
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


@register.simple_tag
def nameplate(publication) -> dict | None:
    """The drawing of a paper's name as {width, height, path}; None where there is none or it is no path."""
    match = _NAMEPLATE.fullmatch(publication.nameplate.strip()) if publication else None
    return {"width": match[1], "height": match[2], "path": match[3]} if match else None


@register.simple_tag(takes_context=True)
def top_section(context):
    """The section of the first level that the page belongs to, or None."""
    section = context.get("section") or getattr(context.get("article"), "section", None)
    return (section.parent or section) if section else None


@register.simple_tag(takes_context=True)
def frame_part(context, name: str, is_front: bool = False) -> SafeString:
    """{% frame_part "components/masthead.html" %}: what is the same on all pages of a section, made once for all."""
    request, here = context["request"], top_section(context)
    shown_at = context.get("shown_at") and context["now"]
    is_its_page = bool(here) and here.get_absolute_url() == request.path

    def make():
        with context.push(is_front=is_front, here=here, is_its_page=is_its_page):
            return context.template.engine.get_template(name).render(context)

    return parts.shared(request, name, here and here.pk, is_front, is_its_page, shown_at, request.scheme, make=make)


@register.simple_tag(takes_context=True)
def absolute(context, path: str) -> str:
    """The full address of a path of this site, or an address of another host as it is."""
    return _absolute(context["request"], path)


@register.simple_tag
def social_picture(article: Article) -> str:
    """The path of the picture that social networks show for a story; empty if it has none."""
    return jpeg_url(article.lead_picture) if article.lead_picture_id else ""


@register.simple_tag(takes_context=True)
def news_data(context, article: Article) -> SafeString:
    """The story as schema.org NewsArticle, inert data for search engines."""
    data = json.dumps(_news_article(context["request"], article), ensure_ascii=False)
    # Every letter that could leave the element is an escape by now.
    escaped = mark_safe(data.translate(_SCRIPT_ESCAPES))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', escaped)


def _news_article(request, article: Article) -> dict:
    address = _absolute(request, article.get_absolute_url())
    image = social_picture(article)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "inLanguage": "vi",
        "articleSection": article.section.name,
        "mainEntityOfPage": address,
        "url": address,
        "image": [_absolute(request, image)] if image else [],
        "datePublished": machine_date(article),
        "dateModified": machine_moment(article.revised_at),
        "author": [_person(request, person) for person in article.credited],
        "publisher": {"@type": "NewsMediaOrganization", "name": article.publication.name},
    }
    return {name: value for name, value in data.items() if value}


def _person(request, person: dict) -> dict:
    address = _absolute(request, reverse("articles:author", args=[person["slug"]]))
    return {"@type": "Person", "name": person["name"], "url": address}


def _absolute(request, path: str) -> str:
    return urljoin(f"{request.scheme}://{get_current_site(request).domain}/", path)


def _in_pairs(pieces: list[str]) -> list[list[str]]:
    return [pieces[start : start + 2] for start in range(0, len(pieces), 2)]
