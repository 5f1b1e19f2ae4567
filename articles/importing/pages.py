"""A checked source page turned into rows: paper, house style, names, and the story itself."""

import hashlib
import html
import json

from django.utils.translation import gettext as _

from .. import publishing, revising
from ..dates import Precision, date_line
from ..models import (
    Article,
    Author,
    Credit,
    HouseStyle,
    Origin,
    PrefixForm,
    Publication,
    Section,
    Series,
    Status,
    Tag,
)
from ..text import strict
from .fields import SourceError
from .source import ROLES, Part, SourcePage


def known_story(page: SourcePage) -> Article | None:
    """The row that an earlier import of this page made, locked; None if it has never been here."""
    rows = Article.objects.select_for_update(of=("self",))
    return rows.filter(source=page.source, source_id=page.source_id).first()


def write_story(page: SourcePage, known: Article | None, notes: list[str]) -> Article:
    """Writes the story's row and all that it points to, and takes it into the archive. Adds to `notes` what is odd.

    Raises SourceError where the house style that stands here cannot print the page as it was.
    """
    paper = _publication(page, notes)
    story = known or Article(source=page.source, source_id=page.source_id)
    story.publication, story.house_style = paper, _house_style(page, paper, notes)
    story.section, story.series = _section(page.section, notes), _named(Series, page.series, is_running=False)
    story.kicker = page.series if story.series and story.series.name != page.series and len(page.series) <= 100 else ""
    story.title, story.lead_prefix, story.lead = page.title, page.lead_prefix, page.lead
    story.body = "\n".join(_as_html(part) for part in page.body)
    story.typed_byline = page.byline
    story.comments_open = bool(page.comments and page.comments.has_form)
    story.save()
    story.tags.set([_named(Tag, name) for name in page.tags])
    _write_credits(page, story)
    publishing.derive(article=story)
    revising.record(story, origin=Origin.IMPORTED)
    if not page.byline and page.credits:
        notes.append(_("The page prints no byline; here the story prints one made from its credits."))
    _take_into_archive(page, story)
    return Article.objects.get(pk=story.pk)


def contents(story: Article) -> list:
    """Everything of a story that an import writes or an editor may change, for telling whether somebody did."""
    credits = story.credits.values_list("author", *ROLES, "order", "printed_name").order_by("order", "id")
    return [
        *(story.title, story.kicker, story.lead_prefix, story.lead, story.body, story.typed_byline),
        *(story.lead_picture_id, story.lead_picture_caption, story.publication_id, story.house_style_id),
        *(story.section_id, story.series_id, story.comments_open, story.date_precision),
        *(moment and moment.timestamp() for moment in (story.published_at, story.revised_at, story.expires_at)),
        *(sorted(rows.values_list("pk", flat=True)) for rows in (story.tags, story.more_sections, story.related)),
        [list(row) for row in credits],
    ]


def digest(found: list) -> str:
    """A short form of `contents`, the same for the same contents and no other."""
    return hashlib.sha256(json.dumps(found, ensure_ascii=True).encode()).hexdigest()


def _publication(page: SourcePage, notes: list[str]) -> Publication:
    paper = Publication.objects.filter(key=strict(page.paper.name)).first()
    if paper is None:
        return Publication.objects.create(name=page.paper.name, code=page.paper.code)
    if page.paper.code and not paper.code:
        paper.code = page.paper.code
        paper.save(update_fields=["code"])
    elif page.paper.code not in ("", paper.code):
        notes.append(_("The paper has the code %(code)s here; it stays.") % {"code": paper.code})
    return paper


def _house_style(page: SourcePage, paper: Publication, notes: list[str]) -> HouseStyle:
    printed = _printed_labels(page)
    style = paper.styles.filter(name=page.paper.style).first()
    if style is None:
        form = {"date_form": page.date_form} if page.date_form else {}
        return paper.styles.create(name=page.paper.style, prefix_form=_prefix_form(page), **printed, **form)
    _settle_date_form(page, style)
    if differing := [name for name, value in printed.items() if getattr(style, name) != value]:
        names = ", ".join(str(HouseStyle._meta.get_field(name).verbose_name) for name in differing)
        reason = _("The house style “%(style)s” prints otherwise and stays as it is: %(names)s.")
        notes.append(reason % {"style": style, "names": names})
    return style


def _settle_date_form(page: SourcePage, style: HouseStyle) -> None:
    """Makes sure that the style prints the page's date line, or refuses the page.

    A style that has printed no date yet, or only dates that both forms print alike, learns the form of this page.
    """
    if not page.date_form or _prints(style.date_form, page) == page.date_line:
        return
    dated = style.articles.exclude(date_precision=Precision.UNKNOWN).values_list("published_at", "date_precision")
    if style.is_current or any(
        date_line(at, style.date_form, precision) != date_line(at, page.date_form, precision)
        for at, precision in dated.iterator()
    ):
        reason = _("The house style “%(style)s” would print “%(line)s” here; please name another one in paper.style.")
        raise SourceError("date_line", reason % {"style": style, "line": _prints(style.date_form, page)})
    style.date_form = page.date_form
    style.save(update_fields=["date_form"])


def _prints(form: str, page: SourcePage) -> str:
    return date_line(page.published_at, form, page.date_precision)


def _prefix_form(page: SourcePage) -> str:
    forms = (form for form in PrefixForm.values if form and page.paper.code)
    return next((form for form in forms if form.format(code=page.paper.code) == page.lead_prefix), PrefixForm.NONE)


def _printed_labels(page: SourcePage) -> dict:
    """What the page says about its house style. The form needs its labels, so these stay ours where it shows none."""
    found = {"shows_share": page.has_share, "shows_comments": page.comments is not None}
    if page.has_share:
        found["share_label"] = page.share_label
    if page.comments:
        found["comment_heading"] = page.comments.heading
        found["comment_empty_text"] = page.comments.empty_text
        found["comment_form_heading"] = page.comments.form_heading
        labels = {"comment_name_label": page.comments.name_label, "comment_email_label": page.comments.email_label}
        found |= {name: label for name, label in labels.items() if label}
    return found


def _section(name: str, notes: list[str]) -> Section:
    found = Section.objects.called(name)
    if found:
        return found
    notes.append(_("New section, not yet in the menu: %(name)s.") % {"name": name})
    return Section.objects.create(name=name, in_menu=False)


def _named(model, name: str, **fields):
    """The row of a name in any of its spellings, made with `fields` if there is none; None for no name."""
    if not name:
        return None
    return model.objects.called(name) or model.objects.create(name=name, **fields)


def _write_credits(page: SourcePage, story: Article) -> None:
    """One credit for each pen name, with all that it did, in the order of the page."""
    roles: dict[str, set[str]] = {}
    for credit in page.credits:
        roles.setdefault(credit.name, set()).update(credit.roles)
    merged: dict[int, Credit] = {}
    for name, done in roles.items():
        author = _named(Author, name)
        credit = merged.setdefault(
            author.pk, Credit(article=story, author=author, text=False, order=len(merged), printed_name=name)
        )
        for role in done:
            setattr(credit, role, True)
    story.credits.all().delete()
    for credit in merged.values():
        credit.printed_name = "" if credit.printed_name == credit.author.name else credit.printed_name
        credit.save()


def _take_into_archive(page: SourcePage, story: Article) -> None:
    is_unknown = page.published_at is None
    same_time = story.date_precision == page.date_precision and (is_unknown or story.published_at == page.published_at)
    if story.status != Status.PUBLISHED or not same_time:
        publishing.publish_archive(article=story, at=page.published_at, precision=page.date_precision)


def _as_html(part: Part) -> str:
    text = html.escape(part.text, quote=False).replace("\n", "<br>")
    if part.kind == "heading":
        return f"<h{part.level}>{text}</h{part.level}>"
    if part.kind == "paragraph":
        return f"<p>{text}</p>"
    credit = f"<small>{html.escape(part.credit, quote=False)}</small>" if part.credit else ""
    return f"<figure><figcaption>{' '.join(filter(None, (text, credit)))}</figcaption></figure>"
