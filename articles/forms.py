"""Forms of the desk: what is typed is cleaned by the fields of its form, before any row sees it."""

from django import forms
from django.contrib.flatpages.forms import FlatpageForm
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import library
from .fields import CleanCharField
from .html import BODY_LIMIT, clean_body, placed_pictures
from .models import BELOW_PARTS, RESERVED_SLUGS, Article, HouseStyle, Picture, PreviewLink, Section
from .previewing import LIFETIMES
from .text import slugify, sort_key_of_person

# Fixed pages of the site: reserved as names of sections, yet typed as pages.
FIXED_PAGES = ("gioi-thieu", "lien-he", "quy-dinh-binh-luan", "quyen-rieng-tu")


class CleanBodyField(forms.CharField):
    """HTML as the cleaner leaves it; longer than BODY_LIMIT it is refused, since cleaning costs time."""

    default_error_messages = {
        "too_long": _(
            "The text has %(length)s characters with its markup, at most %(limit)s fit. Please part it in two."
        )
    }

    def to_python(self, value):
        html = super().to_python(value)
        if len(html) > BODY_LIMIT:
            numbers = {"length": len(html), "limit": BODY_LIMIT}
            shown = {name: number_format(number, force_grouping=True) for name, number in numbers.items()}
            raise forms.ValidationError(self.error_messages["too_long"], code="too_long", params=shown)
        return clean_body(html)


class PicturesInTimeMixin:
    """A form by which pictures are placed: none that is past its time of use; what shows one already may keep it."""

    def clean(self):
        cleaned = super().clean()
        before = set().union(*self._placed(self.initial).values())
        for name, placed in self._placed(self.cleaned_data).items():
            for picture in library.past(Picture.objects.filter(pk__in=placed - before)):
                self.add_error(name, forms.ValidationError(library.told_as_past(picture), code="past"))
        return cleaned

    def _placed(self, values: dict) -> dict[str, set[int]]:
        """Field -> ids of the pictures that it holds: one that was chosen, or those in a text."""
        found = {}
        for name, field in self.fields.items():
            value = values.get(name)
            if isinstance(field, CleanBodyField):
                found[name] = placed_pictures(value or "")
            elif isinstance(field, forms.ModelChoiceField) and field.queryset.model is Picture:
                found[name] = {getattr(value, "pk", value)} - {None}
        return found


class PlacingForm(PicturesInTimeMixin, forms.ModelForm):
    """Any row that shows a picture."""


class SectionField(forms.ModelChoiceField):
    """One section, chosen from a plain list in which each stands under its parent."""

    def __init__(self, queryset=None, **kwargs):
        super().__init__((Section.objects if queryset is None else queryset).under_parents(), **kwargs)

    def label_from_instance(self, obj):
        return obj.full_name


class StaffField(forms.ModelChoiceField):
    """A member of staff who writes, chosen from a list by given name."""

    def __init__(self, queryset=None, **kwargs):
        super().__init__(queryset.filter(is_active=True, is_staff=True), **kwargs)
        self.choices = [("", self.empty_label), *((p.pk, str(p)) for p in sorted(self.queryset, key=_by_given_name))]


def _by_given_name(person) -> str:
    return sort_key_of_person(person.get_full_name())


def current_style() -> HouseStyle | None:
    """The house style in which a new story is printed; None before the paper has been set up."""
    return (
        HouseStyle.objects.filter(is_current=True, publication__is_current=True).select_related("publication").first()
    )


class ArticleForm(PicturesInTimeMixin, forms.ModelForm):
    """A story as the desk writes it. `_schedule` among the data asks for a time of publication ahead."""

    prints_prefix = forms.BooleanField(label=_("Print the prefix"), required=False)
    marks_update = forms.BooleanField(
        label=_("Mark as an important update"),
        required=False,
        help_text=_("Prints “Updated” under the title when the changes are released. Not for slips of the pen."),
    )

    class Meta:
        model = Article
        fields = [
            "title",
            "kicker",
            "lead",
            "body",
            "lead_picture",
            "lead_picture_caption",
            "typed_byline",
            "section",
            "more_sections",
            "series",
            "tags",
            "related",
            "published_at",
            "expires_at",
            "comments_open",
        ]
        field_classes = {"body": CleanBodyField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        self.style = current_style() if self.is_new else self.instance.house_style
        if not self.instance.is_visible:
            self.fields.pop("marks_update", None)
        if "prints_prefix" in self.fields:
            self._offer_prefix()

    def _offer_prefix(self):
        field = self.fields["prints_prefix"]
        prefix = self.instance.lead_prefix or (self.style.lead_prefix if self.style else "")
        field.initial = bool(prefix) if self.is_new else bool(self.instance.lead_prefix)
        field.help_text = (
            _("The paper prints “%(prefix)s” before the lead; do not type it.") % {"prefix": escape(prefix)}
            if prefix
            else _("The house style of this story has no prefix, so nothing is printed before the lead.")
        )
        field.disabled = not prefix

    def clean(self):
        cleaned = super().clean()
        if self.is_new and self.style is None:
            raise forms.ValidationError(
                _("Please set up the current publication and its current house style first."), code="no_style"
            )
        self._check_times(cleaned)
        return cleaned

    def _check_times(self, cleaned):
        at = cleaned.get("published_at") if "published_at" in self.fields else self.instance.published_at
        ends = cleaned.get("expires_at")
        if at and ends and ends <= at:
            self.add_error("expires_at", _("The end of showing must come after the publication."))
        if "published_at" not in self.fields or "published_at" in self.errors:
            return
        if "_schedule" in self.data and (at is None or at <= timezone.now()):
            self.add_error("published_at", _("To schedule the story, please give a time that lies ahead."))
        elif at is None and self.instance.status == "published":
            self.add_error(
                "published_at", _("A scheduled story needs its time; to stop it, press “Cancel the schedule”.")
            )

    def save(self, commit=True):
        if self.is_new:
            self.instance.house_style = self.style
            self.instance.publication = self.style.publication
        self.settle_prefix()
        return super().save(commit)

    def allow_unfinished(self):
        """Takes a text that somebody is still typing: nothing is required."""
        for field in self.fields.values():
            field.required = False

    def settle_prefix(self):
        """Whether the prefix of the house style is printed, as the text has it."""
        if "prints_prefix" in self.fields:
            prefix = self.instance.lead_prefix or self.style.lead_prefix
            self.instance.lead_prefix = prefix if self.cleaned_data.get("prints_prefix") else ""


PLACES = (_("First"), _("Second"), _("Third"), _("Fourth"))


class OrderWidget(forms.MultiWidget):
    """One choice for each place in a row, under the name of its place."""

    def __init__(self, choices: list, attrs=None):
        super().__init__([forms.Select(choices=choices) for _choice in choices], attrs)

    def decompress(self, value):
        return value or []

    def render(self, name, value, attrs=None, renderer=None):
        selects = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        return format_html_join(
            " ",
            '<span class="place-in-order"><label for="{}">{}</label> {}</span>',
            (
                (select["attrs"]["id"], place, self._render(select["template_name"], {"widget": select}, renderer))
                for place, select in zip(PLACES, selects, strict=True)
            ),
        )


class OrderField(forms.MultiValueField):
    """Four things put in an order: `choices` (value -> label), each of them once. Gives a list of values."""

    default_error_messages = {"once": _("Each part stands in one place only, and none is left out.")}

    def __init__(self, choices: dict, **kwargs):
        rows = list(choices.items())
        super().__init__([forms.ChoiceField(choices=rows) for _row in rows], widget=OrderWidget(rows), **kwargs)

    def compress(self, values):
        if len(set(values)) < len(self.fields):
            raise forms.ValidationError(self.error_messages["once"], code="once")
        return values


class HouseStyleForm(forms.ModelForm):
    """How a paper prints its stories: all fields of the table, the order of what stands below a story among them."""

    below = OrderField(
        BELOW_PARTS,
        # Declared here, the field does not learn the default of its column: a new style would begin with no order.
        initial=list(BELOW_PARTS),
        label=_("Order below the story"),
        help_text=_("What a style does not show, such as comments, keeps its place here and takes none on the page."),
    )


class SendBackForm(forms.Form):
    """What the writers of several stories are to do."""

    reason = CleanCharField(
        keeps_lines=True,
        label=_("What is to be done? The writer reads this at the top of the story."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class WithdrawForm(forms.Form):
    """Why a story is taken from readers, and whether the law asks for it."""

    reason = CleanCharField(
        keeps_lines=True,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=_("Kept in the log of the story. Readers are told that it was withdrawn, not why."),
    )
    on_legal_ground = forms.BooleanField(
        label=_("On a legal ground"),
        required=False,
        help_text=_("Ordered by an authority or owed by law: such a story can never be put back."),
    )


class PutBackForm(forms.Form):
    """Why readers get a withdrawn story back."""

    reason = CleanCharField(
        keeps_lines=True,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=_("Kept in the log of the story. Readers are not told that it was away."),
    )


class PreviewLinkForm(forms.Form):
    """Whom a secret link is for, and how long it works."""

    for_whom = CleanCharField(
        label=_("For whom"),
        max_length=PreviewLink._meta.get_field("for_whom").max_length,
        help_text=_("A note for the newsroom, for instance “luật sư Nguyễn Văn A”. The outsider does not see it."),
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(days, ngettext_lazy("%(days)d day", "%(days)d days", days) % {"days": days}) for days in LIFETIMES],
        initial=LIFETIMES[1],
    )


class PageForm(PicturesInTimeMixin, FlatpageForm):
    """A static page: its text is cleaned like the body of a story, its address must not hide another page."""

    class Meta(FlatpageForm.Meta):
        field_classes = {"content": CleanBodyField}

    def clean_url(self):
        url = super().clean_url()
        name = url.strip("/")
        if url != f"/{slugify(name)}/":
            raise forms.ValidationError(_("Please write one name between slashes, such as /gioi-thieu/."), code="form")
        if name in RESERVED_SLUGS and name not in FIXED_PAGES:
            raise forms.ValidationError(_("This address is reserved for a page of the site."), code="reserved")
        if Section.objects.filter(slug=name).exists():
            raise forms.ValidationError(_("A section has this address."), code="section")
        return url
