"""Whose turn it is: conditions on stories that the front door of the desk and its list share."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from .models import Article, Revision, Status
from .rights import PUBLISH_OWN, scope_of

# Work on a published story that readers do not see yet (`Article.has_changes`, asked of the database).
WITH_CHANGES = Q(status=Status.PUBLISHED) & ~Q(latest_revision=F("shown_revision"))


def handles_others(user) -> bool:
    """Whether a person's work includes stories that others wrote: editing or publishing them."""
    return user.has_perm("articles.publish_article") or user.has_perm("articles.edit_others_article")


def waiting_for(user) -> QuerySet:
    """Stories of colleagues that wait for this person: handed in; for who publishes also edited ones and changes to
    published ones."""
    if not handles_others(user):
        return Article.objects.none()
    wanted = Q(status=Status.SUBMITTED)
    if user.has_perm("articles.publish_article"):
        wanted |= Q(status=Status.EDITED) | WITH_CHANGES
    waiting = Article.objects.filter(wanted)
    if not user.has_perm(PUBLISH_OWN):
        # Not their own stories; nor changes in which nobody else had a hand (rights.is_own).
        changes = Revision.objects.filter(article=OuterRef("pk"), number__gt=OuterRef("shown_revision"))
        by_others = changes.exclude(by=user)
        waiting = waiting.exclude(~WITH_CHANGES, created_by=user).exclude(WITH_CHANGES, ~Exists(by_others))
    return waiting.filter(scope_of(user))


def scheduled() -> Q:
    """Released, and to appear at their time (`Article.stage` "scheduled", asked of the database)."""
    return Q(status=Status.PUBLISHED, published_at__gt=timezone.now())
