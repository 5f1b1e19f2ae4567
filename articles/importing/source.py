"""The JSON form of a source page, read and checked before anything is written."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ..dates import DateForm, Precision, form_of
from ..models import PrefixForm
from ..proofreading import slips
from ..text import one_line
from .fields import Fields, SourceError

# A long story is 100 KB; what is larger is not one page.
SIZE_LIMIT = 4_000_000
# Slips that cleaning mends: nobody sees them, and search and addresses break on them.
MENDED = {"blanks", "look_alike"}
ROLES = ("text", "photo", "video", "compiled")
ITEMS_LIMIT = 30
# The first newspaper in Vietnamese is of 1865; an earlier year is a slip of the keyboard.
FIRST_YEAR = 1865

_GLUED_TAG = re.compile(r"\s*TAGS?:$", re.IGNORECASE)
_STRAY_DOTS = re.compile(r"[.\s]*")


@dataclass(frozen=True)
class Paper:
    name: str
    code: str
    style: str


@dataclass(frozen=True)
class Part:
    """A piece of the body: paragraph, heading (with its level), or figure (caption in `text`, and credit)."""

    kind: str
    text: str
    level: int = 2
    credit: str = ""


@dataclass(frozen=True)
class PageCredit:
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class CommentsPart:
    """What the page prints below its story for readers' comments; empty strings where it prints nothing."""

    heading: str
    has_form: bool
    form_heading: str
    name_label: str
    email_label: str
    empty_text: str


@dataclass(frozen=True)
class PageItem:
    title: str
    lead_prefix: str
    teaser: str


@dataclass(frozen=True)
class PageBlock:
    heading: str
    items: list[PageItem]


@dataclass(frozen=True)
class SourcePage:
    """One page, checked: every text is clean and fits its column."""

    source: str
    source_id: str
    paper: Paper
    section: str
    series: str
    title: str
    date_line: str
    date_form: DateForm | None
    published_at: datetime | None
    date_precision: str
    lead_prefix: str
    lead: str
    body: list[Part]
    byline: str
    credits: list[PageCredit]
    tags: list[str]
    has_share: bool
    share_label: str
    comments: CommentsPart | None
    blocks: list[PageBlock]
    notes: list[str] = field(default_factory=list)


def read_page(data: bytes) -> SourcePage:
    """The page in a file's content. Raises SourceError with the field and the reason where it cannot be one."""
    document = Fields(_parsed(data))
    notes: list[str] = []
    paper = _paper(document, notes)
    lead_prefix, lead = split_prefix(document.line("lead_prefix", 30), document.text("lead"), paper.code)
    if lead_prefix and not lead:
        document.fail("lead_prefix", _("There is a prefix but no lead behind it."))
    page = SourcePage(
        source=document.line("source", 60, required=True),
        source_id=document.line("source_id", 200, required=True),
        paper=paper,
        section=document.label("section", 150, required=True),
        series=document.label("series", 150),
        title=document.line("title", 300, required=True),
        lead_prefix=lead_prefix,
        lead=lead,
        body=_body(document, notes),
        byline=_GLUED_TAG.sub("", document.line("byline_text", 300)),
        credits=_credits(document, notes),
        tags=document.labels("tags", 150),
        has_share=document.flag("share"),
        share_label=document.line("share_label", 60),
        comments=_comments(document, notes),
        blocks=_blocks(document, paper, notes),
        notes=notes,
        **_date(document, notes),
    )
    notes += _mended(document)
    document.ignore("site_clock", "known_faults")
    _warn_unread(document, notes)
    return page


def split_prefix(prefix: str, text: str, code: str) -> tuple[str, str]:
    """The prefix before a lead, and the lead without it: it is printed before the lead and must not stand twice."""
    known = [form.format(code=code) for form in PrefixForm.values if form and code]
    for candidate in [prefix] if prefix else known:
        if text.startswith(f"{candidate} "):
            return candidate, text.removeprefix(candidate).lstrip()
    return prefix, text


def _parsed(data: bytes):
    if len(data) > SIZE_LIMIT:
        raise SourceError("", _("The file is larger than %(limit)d MB.") % {"limit": SIZE_LIMIT // 1_000_000})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("", _("The file is not UTF-8 text (at byte %(place)d).") % {"place": error.start}) from error
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        reason = _("The file is not JSON (line %(line)d, column %(column)d).")
        raise SourceError("", reason % {"line": error.lineno, "column": error.colno}) from error
    except (ValueError, RecursionError) as error:
        raise SourceError("", _("The file is not JSON of a page: its values are too large or too deep.")) from error


def _without_twins(pairs: list[tuple]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise SourceError(twin[:60], _("This field stands here twice."))
    return found


def _mended(document: Fields) -> list[str]:
    """What `text.clean` changes in the words as they were published; the other slips stay, and are told as warnings."""
    parts = [part for part in document.data.get("body") or [] if isinstance(part, dict)]
    texts = [document.data.get("title"), document.data.get("lead")]
    texts += [part.get(key) for part in parts for key in ("text", "caption")]
    found = slips(text for text in texts if isinstance(text, str))
    return [_("Mended on the way in: “%s”.") % one_line(slip.words) for slip in found if slip.kind in MENDED]


def _warn_unread(fields: Fields, notes: list[str]) -> None:
    notes += [_("Field not known, left out: %(field)s.") % {"field": name} for name in fields.unread()]


def _paper(document: Fields, notes: list[str]) -> Paper:
    fields = document.object("paper")
    if fields is None:
        document.fail("paper", _("This must not be empty."))
    paper = Paper(fields.label("name", 150, required=True), fields.line("code", 12), fields.line("style", 40))
    _warn_unread(fields, notes)
    return paper


def _date(document: Fields, notes: list[str]) -> dict:
    """The four fields of a page that tell when it was published; they must agree with each other."""
    line, at = document.line("date_line", 60), _moment(document)
    precision = document.choice("date_precision", Precision.values)
    precision = precision or (Precision.MINUTE if at else Precision.UNKNOWN)
    if at is None and precision != Precision.UNKNOWN:
        document.fail("published_at", _("The time is missing though its precision is given."))
    if at is not None and precision == Precision.UNKNOWN:
        document.fail("date_precision", _("The time is given, so it cannot be unknown."))
    form = form_of(line, at, precision) if line and at else None
    if line and not form:
        document.fail("date_line", _("No date form of ours prints this line from the time that is given."))
    if at and not line:
        notes.append(_("The page prints no date; here the story prints it as its house style does."))
    return {"date_line": line, "published_at": at, "date_precision": precision, "date_form": form}


def _moment(document: Fields) -> datetime | None:
    text = document.line("published_at", 40)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        document.fail("published_at", _("This is no time in the form 2020-08-01T16:10:00+07:00."))
    if not FIRST_YEAR <= moment.year < 9999:
        document.fail("published_at", _("No newspaper is of this year."))
    # Without a zone the time is the one that every page prints: that of Hà Nội.
    moment = moment if moment.tzinfo else timezone.make_aware(moment)
    if moment > timezone.now():
        document.fail("published_at", _("The time lies in the future; the archive takes in what was published."))
    return moment


def _body(document: Fields, notes: list[str]) -> list[Part]:
    parts: list[Part] = []
    for fields in document.objects("body"):
        part = _part(fields)
        _warn_unread(fields, notes)
        if not (part.text or part.credit) or (part.kind == "paragraph" and _STRAY_DOTS.fullmatch(part.text)):
            notes.append(_("Without any words, left out: %(field)s.") % {"field": fields.where})
        elif part.kind == "paragraph" and _repeats_caption(part, parts):
            notes.append(
                _("The caption stands twice; the second one is left out: %(field)s.") % {"field": fields.where}
            )
        else:
            parts.append(part)
    if not parts:
        document.fail("body", _("This must not be empty."))
    return parts


def _part(fields: Fields) -> Part:
    kind = fields.choice("type", ("paragraph", "heading", "figure"))
    if kind == "paragraph":
        return Part(kind, fields.text("text"))
    if kind == "heading":
        return Part(kind, fields.line("text", 300), level=fields.choice("level", (2, 3)) or 2)
    if kind == "figure":
        return Part(kind, fields.text("caption"), credit=fields.line("credit", 150))
    fields.fail("type", _("This must not be empty."))


def _repeats_caption(part: Part, before: list[Part]) -> bool:
    return bool(before) and before[-1].kind == "figure" and before[-1].text == part.text


def _credits(document: Fields, notes: list[str]) -> list[PageCredit]:
    found = []
    for fields in document.objects("credits"):
        roles = fields.labels("roles", 20)
        for number, role in enumerate(roles):
            if role not in ROLES:
                fields.fail(f"roles[{number}]", _("Here must be one of: %(values)s.") % {"values": ", ".join(ROLES)})
        if not roles:
            fields.fail("roles", _("This must not be empty."))
        found.append(PageCredit(fields.label("name", 150, required=True), frozenset(roles)))
        _warn_unread(fields, notes)
    return found


def _comments(document: Fields, notes: list[str]) -> CommentsPart | None:
    fields = document.object("comments")
    if fields is None:
        return None
    name_label, email_label, *more = [*fields.labels("fields", 40), "", ""]
    if any(more):
        notes.append(_("More labels than name and e-mail, left out: %(field)s.") % {"field": fields.name("fields")})
    part = CommentsPart(
        heading=fields.line("heading", 60),
        has_form=fields.flag("form"),
        form_heading=fields.line("form_heading", 60),
        name_label=name_label,
        email_label=email_label,
        empty_text=fields.line("empty_text", 120),
    )
    _warn_unread(fields, notes)
    return part


def _blocks(document: Fields, paper: Paper, notes: list[str]) -> list[PageBlock]:
    found = []
    for fields in document.objects("blocks"):
        items = [_item(item, paper, notes) for item in fields.objects("items")]
        if len(items) > ITEMS_LIMIT:
            fields.fail("items", _("A block holds at most %(limit)d stories.") % {"limit": ITEMS_LIMIT})
        found.append(PageBlock(fields.line("heading", 100), items))
        _warn_unread(fields, notes)
    return [block for block in found if block.heading or block.items]


def _item(fields: Fields, paper: Paper, notes: list[str]) -> PageItem:
    prefix, teaser = split_prefix(fields.line("lead_prefix", 30), fields.text("teaser"), paper.code)
    item = PageItem(fields.line("title", 300, required=True), prefix, teaser)
    _warn_unread(fields, notes)
    return item
