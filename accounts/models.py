from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Vietnamese names are one string: the given name comes last, and there is no 'first name'."""

    first_name = None
    last_name = None
    full_name = models.CharField(
        _("full name"), max_length=100, blank=True, help_text=_("As written on the staff card, for instance Lê Thu Hà.")
    )

    gets_letters = models.BooleanField(
        _("gets letters of the desk"),
        default=True,
        help_text=_("An e-mail when a story is sent back to its writer, or given to somebody to write."),
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


class FailedSignIn(AccessAttempt):
    """Wrong passwords for one name from one place, counted by django-axes. The names of its own rows are English."""

    class Meta:
        proxy = True
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")

    def __str__(self):
        return _who_and_when(self)


class SignIn(AccessLog):
    """One stay at the desk, from signing in to signing out, as django-axes writes it down."""

    class Meta:
        proxy = True
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self):
        return _who_and_when(self)


def _who_and_when(row: AccessAttempt | AccessLog) -> str:
    return f"{row.username or '–'}, {timezone.localtime(row.attempt_time):%H:%M %d/%m/%Y}"
