"""Letters of the desk to its own people: a story came back, a story is to be written. Sent once the act holds.

Who wants none turns them off (User.gets_letters). A mail server that is away loses a letter, never an act.
"""

import logging

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from .dates import when
from .models import Article, Plan

logger = logging.getLogger(__name__)


def tell_returned(article: Article, *, by, reason: str) -> None:
    """Tells the writer of a story that it came back, and why."""
    subject = _("Sent back: %s") % article.title
    words = {"story": article, "by": by, "reason": reason, "address": _address("article_change", article.pk)}
    _send(article.created_by, by, subject, "letters/returned.txt", words)


def tell_assigned(plan: Plan, *, by) -> None:
    """Tells a person that a story is theirs to write."""
    subject = _("To be written: %s") % plan.idea
    due = when(plan.due) if plan.due else ""
    words = {"plan": plan, "by": by, "due": due, "address": _address("plan_change", plan.pk)}
    _send(plan.assigned_to, by, subject, "letters/assigned.txt", words)


def _address(view: str, pk: int) -> str:
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{Site.objects.get_current().domain}{reverse(f'admin:articles_{view}', args=[pk])}"


def _send(person, by, subject: str, template: str, words: dict) -> None:
    if person is None or person == by or not person.email or not person.gets_letters:
        return
    body = render_to_string(template, {"person": person, **words})
    # A subject is one line, whatever a title holds.
    transaction.on_commit(lambda: send_mail(" ".join(subject.split()), body, None, [person.email]), robust=True)
