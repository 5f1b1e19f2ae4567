"""Forms of the picture library."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .fields import CleanCharField
from .models import Author, CreditKind, Picture
from .uploads import PictureFileField

# As many names as a browser offers while a person types; whoever is not among them can still be typed.
PEOPLE_OFFERED = 500
CREDIT = ("credit_author", "credit_kind", "credit_name")
CREDIT_KINDS = [("", "–"), *CreditKind.choices]


class PersonField(CleanCharField):
    """A pen name, typed in any spelling; the browser offers those there are. Gives an Author, or None."""

    default_error_messages = {"unknown": _("There is no pen name “%(name)s”. An editor can add it under “Authors”.")}

    def __init__(self, **options):
        super().__init__(**{"required": False, "label": _("photographer"), "max_length": 150} | options)
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}

    def prepare_value(self, value):
        return Author.objects.get(pk=value).name if isinstance(value, int) else value

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        if author := Author.objects.called(name):
            return author
        raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"name": name})


def people_offered() -> SafeString:
    """The <datalist> that every PersonField of a page points to."""
    names = Author.objects.order_by("sort_key").values_list("name")[:PEOPLE_OFFERED]
    return format_html('<datalist id="people">{}</datalist>', format_html_join("", '<option value="{}">', names))


class PictureForm(forms.ModelForm):
    """A photo of the library; the file is decoded before anything is stored."""

    # No link to the original: it is private.
    original = PictureFileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 30 MB. Place and camera data are removed from what readers get."),
    )

    class Meta:
        model = Picture
        fields = [
            "original",
            "title",
            "alt",
            "caption",
            *CREDIT,
            "taken_on",
            "place",
            "licence",
            "use_until",
            "made_by_ai",
            "shows_child",
            "child_consent",
            "focal_x",
            "focal_y",
        ]
        # 0,5 as it is written here; 0.5 is understood, too.
        localized_fields = ("focal_x", "focal_y")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("credit_name") and cleaned.get("credit_kind") != CreditKind.AGENCY:
            told = _("To name an agency, choose it as the kind of credit; a photographer has a field of their own.")
            self.add_error("credit_name", forms.ValidationError(told, code="kind"))
        return cleaned

    def clean_original(self):
        file = self.cleaned_data["original"]
        if "original" in self.changed_data:
            same = Picture.objects.filter(digest=file.digest).exclude(pk=self.instance.pk).order_by("pk").first()
            if same:
                words = _("The library has this very picture already: “%(title)s”.") % {"title": same.title}
                raise forms.ValidationError(words, code="same")
        return file


class UploadForm(forms.Form):
    """One file for the library; `keep` takes it although a picture there looks much the same."""

    file = PictureFileField()
    keep = forms.BooleanField(required=False)


class SharedForm(forms.Form):
    """What several new pictures have in common: credit and place."""

    credit_author = PersonField()
    credit_kind = forms.ChoiceField(label=_("kind of credit"), required=False, choices=CREDIT_KINDS)
    credit_name = CleanCharField(label=_("name of the agency"), required=False, max_length=100)
    place = CleanCharField(label=_("place"), required=False, max_length=150)

    def clean(self):
        """Held to the same rules as a picture's own credit."""
        cleaned = super().clean()
        if not self.errors:
            Picture(**self.credit).validate_constraints()
        return cleaned

    @property
    def credit(self) -> dict:
        return {name: self.cleaned_data[name] for name in CREDIT}


class DetailsForm(forms.ModelForm):
    """What a new picture needs before it can be placed. `shared` fills what is left empty here.

    Description and credit may wait: no story goes out while they are lacking.
    """

    credit_author = PersonField()

    class Meta:
        model = Picture
        fields = ["title", "alt", "caption", *CREDIT]

    def __init__(self, *args, shared: SharedForm | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.shared = shared
        self.fields["alt"].required = False
        self.fields["credit_kind"].choices = CREDIT_KINDS

    def clean(self):
        cleaned = super().clean()
        if self.shared and self.shared.is_valid():
            if not any(cleaned.get(name) for name in CREDIT):
                cleaned |= self.shared.credit
            self.instance.place = self.shared.cleaned_data["place"] or self.instance.place
        return cleaned
