"""What members of staff set for themselves."""

from django import forms

from accounts.models import User
from articles.fields import CleanEmailField


class OwnSettingsForm(forms.ModelForm):
    """A person's own address and whether letters go there."""

    class Meta:
        model = User
        fields = ["email", "gets_letters"]
        field_classes = {"email": CleanEmailField}
