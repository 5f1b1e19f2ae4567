"""Fields through which everything typed at the desk comes in: text passes `text.clean`, dates are read day first.

The model fields also clean what comes past every form: an import, a command, a bulk insert.
"""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dates import FIRST_YEAR, LAST_YEAR
from .text import clean, one_line, prints

NO_SUCH_DAY = _("There is no such day. Please write day/month/year, for instance 02/07/2026 for 2 July.")
NO_SUCH_TIME = _("There is no such time. Please write hours:minutes, for instance 14:05.")


class CleanCharField(forms.CharField):
    """Typed text as it is stored: cleaned before its length is measured; `keeps_lines` for more than one line.

    A text that prints nothing counts as none.
    """

    def __init__(self, *, keeps_lines: bool = False, **options):
        super().__init__(**options)
        self.tidy = clean if keeps_lines else one_line

    def to_python(self, value):
        value = self.tidy(super().to_python(value))
        return value if prints(value) else ""


class CleanEmailField(forms.EmailField):
    """An e-mail address without what nobody sees: pasted ones bring it along, and Django lets it pass."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class DayField(forms.DateField):
    """A day, typed day first, with a plain sentence for one that does not exist."""

    default_error_messages = {"invalid": NO_SUCH_DAY}

    def to_python(self, value):
        day = super().to_python(_seen(value))
        _check_year(day)
        return day


class DayFirstField(forms.SplitDateTimeField):
    """A date and a time, typed day first, with a plain sentence for a day that does not exist."""

    default_error_messages = {"invalid_date": NO_SUCH_DAY, "invalid_time": NO_SUCH_TIME}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # The admin prints one label for two fields: each says aloud which half it is.
        for half, word in zip(self.widget.widgets, (_("Date:"), _("Time:")), strict=True):
            half.attrs["aria-label"] = f"{self.label}. {word}"

    def clean(self, value):
        return super().clean([_seen(half) for half in value] if isinstance(value, list) else value)

    def compress(self, data_list):
        if data_list:
            _check_year(data_list[0])
        return super().compress(data_list)


def _seen(value):
    """What is typed, without what is not seen: pasted dates bring it along."""
    return one_line(value) if isinstance(value, str) else value


def _check_year(day) -> None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(NO_SUCH_DAY, code="year")


class _Cleaned:
    """What both model fields share; `tidy` is the cleaner. To migrations they are Django's own fields."""

    def clean(self, value, model_instance):
        return super().clean(self._tidied(value), model_instance)

    def pre_save(self, model_instance, add):
        value = self._tidied(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self._tidied(value), connection)

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": CleanCharField, **self.form_options} | kwargs))

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain_class.__name__}", args, kwargs

    def _tidied(self, value):
        return type(self).tidy(value) if isinstance(value, str) else value


class LineField(_Cleaned, models.CharField):
    """One line of clean text: a name, a title, a label."""

    tidy, plain_class, form_options = staticmethod(one_line), models.CharField, {}


class ProseField(_Cleaned, models.TextField):
    """Clean text in which line breaks stay. Not for HTML: that has its own cleaner."""

    tidy, plain_class, form_options = staticmethod(clean), models.TextField, {"keeps_lines": True}
