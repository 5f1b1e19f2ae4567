"""A JSON object read field by field: each value is checked and cleaned, each complaint names its field."""

from typing import NoReturn

from django.utils.translation import gettext as _

from ..dates import grouped
from ..models.named import KEY_LENGTH
from ..text import clean, one_line, strict


class SourceError(Exception):
    """A document that cannot be taken in: the field, as `body[2].text`, and the reason as a sentence."""

    def __init__(self, field: str, reason: str):
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field, self.reason = field, reason


class Fields:
    """One JSON object of a document. `where` is its own place in there; `unread()` are the keys nobody asked for."""

    def __init__(self, data, where: str = ""):
        if not isinstance(data, dict):
            raise SourceError(where, _("Here must be an object with named fields."))
        self.data, self.where, self._read = data, where, set()

    def name(self, key: str) -> str:
        """The place of a field in the document, as complaints name it."""
        return f"{self.where}.{key}" if self.where else key

    def fail(self, key: str, reason: str) -> NoReturn:
        raise SourceError(self.name(key), reason)

    def ignore(self, *keys: str) -> None:
        """Fields that are known and not needed."""
        self._read.update(keys)

    def unread(self) -> list[str]:
        return [self.name(one_line(key)[:60]) for key in self.data if key not in self._read]

    def get(self, key: str):
        self._read.add(key)
        return self.data.get(key)

    def line(self, key: str, limit: int, *, required: bool = False) -> str:
        """One line of text of at most `limit` letters; empty where the field is null or missing."""
        return self._text(key, self.get(key), one_line, limit, required)

    def text(self, key: str, *, required: bool = False) -> str:
        """Text of any length in which line breaks stay."""
        return self._text(key, self.get(key), clean, None, required)

    def label(self, key: str, limit: int, *, required: bool = False) -> str:
        """A line that names something: also its key for comparison must fit."""
        found = self.line(key, limit, required=required)
        return self._check_key(key, found)

    def labels(self, key: str, limit: int) -> list[str]:
        found = [self._text(f"{key}[{n}]", value, one_line, limit, True) for n, value in enumerate(self._list(key))]
        return [self._check_key(f"{key}[{n}]", label) for n, label in enumerate(found)]

    def flag(self, key: str) -> bool:
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.fail(key, _("Here must be true or false."))
        return bool(value)

    def choice(self, key: str, values) -> str:
        """One of `values`, or an empty string where the field is null or missing."""
        value = self.get(key)
        if value is not None and not any(type(value) is type(known) and value == known for known in values):
            self.fail(key, _("Here must be one of: %(values)s.") % {"values": ", ".join(map(str, values))})
        return "" if value is None else value

    def object(self, key: str) -> "Fields | None":
        value = self.get(key)
        return None if value is None else Fields(value, self.name(key))

    def objects(self, key: str) -> list["Fields"]:
        return [Fields(value, self.name(f"{key}[{n}]")) for n, value in enumerate(self._list(key))]

    def _list(self, key: str) -> list:
        value = self.get(key)
        if value is not None and not isinstance(value, list):
            self.fail(key, _("Here must be a list."))
        return value or []

    def _text(self, key: str, value, cleaner, limit: int | None, required: bool) -> str:
        if value is not None and not isinstance(value, str):
            self.fail(key, _("Here must be text."))
        cleaned = cleaner(value or "")
        if required and not cleaned:
            self.fail(key, _("This must not be empty."))
        if limit and len(cleaned) > limit:
            self.fail(key, _("The text is too long: %(length)s characters, at most %(limit)s fit.") % {
                "length": grouped(len(cleaned)), "limit": limit})  # fmt: skip
        return cleaned

    def _check_key(self, key: str, text: str) -> str:
        if len(strict(text)) > KEY_LENGTH:
            self.fail(key, _("The text holds signs that cannot be kept as a name."))
        return text
