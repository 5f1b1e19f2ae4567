from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Vietnamese names are one string: the given name comes last, and there is no 'first name'."""

    first_name = None
    last_name = None
    full_name = models.CharField(
        _("full name"), max_length=100, blank=True, help_text=_("As written on the staff card, for instance Lê Thu Hà.")
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return self.full_name or self.username

    def get_short_name(self):
        """The given name: by it, and not by the family name, a colleague is addressed."""
        return self.get_full_name().split()[-1]
