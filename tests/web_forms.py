"""What a person can type into the form of a page, read from its HTML: any widget looks the same from here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Fields that a person types into; an <input> without a type is one.
TYPED = ("text", "textarea", "number", "email", "url", "password", "search", "date", "tel")

# How many other choices of a list are tried; what a form says of one it says of all.
CHOICES_TRIED = 2


@dataclass
class Field:
    """One field: `kind` is the type of an <input>, "textarea" or "select"; `values` is what it would send now."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the fields of the forms of a page, without those of its search, its sign-out and its buttons."""

    def __init__(self):
        super().__init__()
        self.fields: list[Field] = []
        self._open: Field | None = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "input":
            self._input(attributes)
        elif tag in ("select", "textarea"):
            self._open = Field(attributes.get("name", ""), tag, [] if tag == "select" else [""])
            self.fields.append(self._open)
        elif tag == "option" and self._open:
            self._open.choices.append(attributes.get("value", ""))
            if "selected" in attributes:
                self._open.values.append(attributes.get("value", ""))

    def _input(self, attributes):
        kind = attributes.get("type", "text")
        held = Field(attributes.get("name", ""), kind, [attributes.get("value") or ""])
        if kind in ("checkbox", "radio"):
            held.choices = [attributes.get("value", "on")]
            held.values = held.choices[:] if "checked" in attributes else []
        if kind not in ("submit", "button", "reset", "image"):
            self.fields.append(held)

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self._open = None

    def handle_data(self, data):
        if self._open and self._open.kind == "textarea":
            self._open.values[0] += data


def fields(html: str) -> list[Field]:
    """The fields with a name, in the order of the page; the empty rows that the admin's scripts copy stay out."""
    reader = _Reader()
    reader.feed(html)
    return [one for one in reader.fields if one.name and "__prefix__" not in one.name]


def as_typed(html: str) -> dict[str, list[str]]:
    """What the form of a page sends if nothing is changed. A file is never sent anew."""
    sent: dict[str, list[str]] = {}
    for one in fields(html):
        if one.kind != "file" and one.values:
            sent.setdefault(one.name, []).extend(one.values)
    return sent


def filled(html: str, text: str) -> dict[str, list[str]]:
    """The form with `text` in every field that a person types into or chooses from, whatever it asks for."""
    written = {one.name: [text] for one in fields(html) if one.kind in (*TYPED, "select")}
    return as_typed(html) | written


def one_change_each(html: str) -> Iterator[dict[str, list[str]]]:
    """The form as typed with one field changed, for each field in its turn."""
    sent = as_typed(html)
    for one in fields(html):
        if one.kind in TYPED:
            yield sent | {one.name: [f"1{one.values[0]}"]}
        elif one.kind in ("checkbox", "radio") and not one.values:
            yield sent | {one.name: one.choices}
        elif one.kind == "checkbox":
            yield {name: values for name, values in sent.items() if name != one.name}
        elif one.kind == "select":
            others = [choice for choice in one.choices if choice not in one.values]
            yield from (sent | {one.name: [choice]} for choice in others[:CHOICES_TRIED])
