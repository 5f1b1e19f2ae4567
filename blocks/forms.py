"""How the desk makes a block."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import DayFirstField

from .models import Block, BlockItem, Kind


class BlockForm(forms.ModelForm):
    """A block, each field explained in a sentence."""

    class Meta:
        model = Block
        fields = [
            "heading",
            "kind",
            "section",
            "period",
            "count",
            "fill_kind",
            "place",
            "form",
            "order",
            "allow_repeat",
            "starts_at",
            "ends_at",
            "house_style",
        ]
        help_texts = {
            "heading": _("Stands over the stories. Left empty, a section's block is headed by the section's name."),
            "kind": _(
                "The rule that chooses the stories. Nobody needs to keep the block fresh, unless it is picked by hand."
            ),
            "section": _("Needed for blocks filled with a section, and left empty for all others."),
            "count": _("The block shows at most so many stories, and fewer where the rule finds no more."),
            "fill_kind": _("For a block picked by hand: the rule that follows when there are fewer picks than places."),
            "place": _("On which pages the block stands. Blocks beside and below stand with every story."),
            "form": _("How the stories look. On a phone all forms become one column."),
            "order": _("Blocks with smaller numbers stand higher on the page."),
            "allow_repeat": _("Without the tick, a story that stands higher on the page is not shown here again."),
            "starts_at": _("Left empty, the block shows at once. Day first, for instance 21/11/2026."),
            "ends_at": _("Left empty, the block stays until somebody takes it away."),
            "house_style": _(
                "Only for blocks beside or below stories: the block stands with stories of this style alone."
            ),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("fill_kind") and cleaned.get("kind") != Kind.PICKED:
            self.add_error("fill_kind", _("Only a block picked by hand is filled up; please leave this empty."))
        return cleaned


class PickForm(forms.ModelForm):
    """A pick: a story of the archive, or words alone."""

    class Meta:
        model = BlockItem
        fields = ["order", "article", "title", "lead_prefix", "teaser"]
        help_texts = {
            "title": _("Only if it shall read otherwise than the story's own title, or stands without a story."),
        }


def next_hour():
    """The next full hour: what one asks for first."""
    return timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


class MomentForm(forms.Form):
    """A minute ahead of now."""

    at = DayFirstField(label=_("Day and time"), initial=next_hour)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(_("This minute has passed. Please choose one that lies ahead."), code="past")
        return at
