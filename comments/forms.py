"""The form under a story. What a reader typed is shown again as it was, whatever was wrong with it."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.dates import grouped
from articles.text import clean, one_line, prints

from .models import TEXT_LIMIT, Comment

NAME_LIMIT = Comment._meta.get_field("name").max_length
EMAIL_LIMIT = Comment._meta.get_field("email").max_length

# Cleaning shortens decomposed Vietnamese to a half or a third. What is longer than this before cleaning is too long
# after it, and is not worth the work.
RAW_FACTOR = 4


class ReadersField(forms.CharField):
    """A text as `clean` stores it, with a limit on the cleaned text; one that prints nothing counts as empty."""

    def __init__(self, *, limit: int, keeps_lines: bool = False, **options):
        super().__init__(strip=False, **options)
        self.limit = limit
        self.tidy = clean if keeps_lines else one_line

    def to_python(self, value):
        value = super().to_python(value)
        if len(value) > RAW_FACTOR * self.limit:
            raise self._too_long(value)
        value = self.tidy(value)
        if len(value) > self.limit:
            raise self._too_long(value)
        return value if prints(value) else ""

    def _too_long(self, value):
        numbers = {"limit": grouped(self.limit), "length": grouped(len(value))}
        return ValidationError(self.error_messages["too_long"], code="too_long", params=numbers)


class AddressField(ReadersField):
    """An e-mail address in small letters."""

    widget = forms.EmailInput

    def to_python(self, value):
        return super().to_python(value).lower()

    def run_validators(self, value):
        _name, at, host = value.partition("@")
        if value and not at:
            raise ValidationError(_("the address has no @. For example: ten@thu.vn"), code="invalid")
        if at and not host:
            raise ValidationError(_("the address has nothing after the @. For example: ten@thu.vn"), code="invalid")
        super().run_validators(value)


class CommentForm(forms.Form):
    """Text, name, e-mail and consent, with the labels of the story's house style."""

    text = ReadersField(
        limit=TEXT_LIMIT,
        keeps_lines=True,
        label=gettext_lazy("Your comment"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        error_messages={
            "required": gettext_lazy("please write your comment here."),
            "too_long": gettext_lazy(
                "the comment has %(length)s letters, and %(limit)s at most can be sent. Please shorten it."
            ),
        },
    )
    name = ReadersField(
        limit=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "input"}),
        error_messages={
            "required": gettext_lazy("please write your name."),
            "too_long": gettext_lazy("the name has %(length)s letters, and %(limit)s at most can be printed."),
        },
    )
    email = AddressField(
        limit=EMAIL_LIMIT,
        validators=[forms.EmailField.default_validators[0]],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
        error_messages={
            "required": gettext_lazy("please write your e-mail address."),
            "invalid": gettext_lazy("this is no e-mail address. For example: ten@thu.vn"),
            "too_long": gettext_lazy("the address has %(length)s letters, and %(limit)s at most are possible."),
        },
    )
    # Consent is given anew each time: the box is never shown ticked, whatever was sent.
    consent = forms.BooleanField(
        widget=forms.CheckboxInput(check_test=lambda value: False),
        error_messages={"required": gettext_lazy("please tick the box of consent.")},
    )

    def __init__(self, typed=None, *, article, is_checked: bool = True):
        """`typed`: what a reader sent (a mapping), or None; shown again without a check where not `is_checked`."""
        shown = {name: presentable(typed.get(name, "")) for name in self.base_fields if name in typed} if typed else {}
        checked = shown if typed is not None and is_checked else None
        super().__init__(checked, initial=shown, auto_id="binh-luan-%s")
        style = article.house_style
        self.fields["name"].label = style.comment_name_label
        self.fields["email"].label = style.comment_email_label
        self.fields["email"].help_text = _("Not shown in the paper.")
        self.fields["text"].help_text = _(
            "Write Vietnamese with its marks, %(limit)s letters at most. The desk reads it before it is printed."
        ) % {"limit": grouped(TEXT_LIMIT)}

    def mistakes(self) -> list[dict]:
        """What is to be mended, in the order of the form: the field's id and a sentence for the notice on top."""
        sentences = {
            ("text", "required"): _("The comment is empty"),
            ("text", "too_long"): _("The comment is too long"),
            ("name", "required"): _("The name is missing"),
            ("name", "too_long"): _("The name is too long"),
            ("email", "required"): _("The e-mail address is missing"),
            ("email", "invalid"): _("The e-mail address is not right"),
            ("email", "too_long"): _("The e-mail address is too long"),
            ("consent", "required"): _("You have not agreed that the desk uses your data"),
        }
        errors = self.errors.as_data()
        return [
            {"id": self[name].id_for_label, "sentence": sentences[name, errors[name][0].code]}
            for name in self.fields
            if name in errors
        ]


def presentable(text: str) -> str:
    """What was typed, without the characters that no page may hold: control characters and halves of letters."""
    return "".join(letter for letter in text if letter in "\n\r\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
