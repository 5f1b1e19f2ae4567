"""What a reader may ask of us by law: a copy of what is stored about an e-mail address, and that it be erased.

What is erased gives way to ERASED; the row, its times and what moderators did to it stay.
"""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.edition import bump_page

from .models import ERASED, Comment, ModerationAction
from .moderation import Refused, stated


def comments_of(email: str) -> QuerySet:
    """The comments sent from an address, oldest first, whatever capitals it is written with."""
    email = email.strip()
    if not email:
        return Comment.objects.none()
    return Comment.objects.filter(Q(email__iexact=email) | Q(email=email.lower())).order_by("created_at", "id")


@transaction.atomic
def export(*, email: str, by) -> dict:
    """All that is stored about the sender, ready for JSON; that it was taken out is logged, without the address.

    Moments are ISO texts with the house's offset. Raises Refused.
    """
    _check_right(by)
    comments = list(comments_of(email).select_related("article__section__parent").prefetch_related("actions"))
    _log_export(comments, by)
    domain = Site.objects.get_current().domain
    return {
        "email": email.strip().lower(),
        "exported_at": _moment(timezone.now()),
        "comments": [_copy(comment, domain) for comment in comments],
    }


@transaction.atomic
def erase(*, email: str, by, reason: str) -> int:
    """Erases a sender from all their comments, with a reason for the log. Returns how many; a second call finds none.

    Raises Refused.
    """
    _check_right(by)
    reason = stated(reason)
    comments = list(comments_of(email).select_for_update(of=("self",)).order_by("pk"))
    for comment in comments:
        _empty(comment)
        ModerationAction.objects.create(
            comment=comment, act=ModerationAction.Act.ERASE, by=by, before=comment.status, reason=reason
        )
    bump_page(*{comment.article_id for comment in comments}, removes=True)
    return len(comments)


def _check_right(by) -> None:
    if not by.has_perm("comments.erase_comment"):
        raise Refused(_("You have no right to take out or erase the data of readers."))


def _empty(comment: Comment) -> None:
    comment.is_erased = True
    comment.name = comment.text = ERASED
    # What was suspect in a text tells of the text.
    comment.email = comment.address = comment.key = comment.suspicion = ""
    changed = ["is_erased", "name", "text", "email", "address", "key", "suspicion", "search_text"]
    comment.save(update_fields=changed)


def _copy(comment: Comment, domain: str) -> dict:
    return {
        "story": {"title": comment.article.title, "address": domain + comment.article.get_absolute_url()},
        "name": comment.name,
        "email": comment.email,
        "text": comment.text,
        "sent_at": _moment(comment.created_at),
        "status": comment.get_status_display(),
        "suspicion": comment.suspicion,
        "network": comment.address,
        "consent": {"wording": comment.consent_version, "given_at": _moment(comment.consent_at)},
        # Who did it is a person too, and not the one who asks.
        "moderation": [
            {"act": act.get_act_display(), "at": _moment(act.at), "reason": act.reason}
            for act in sorted(comment.actions.all(), key=lambda act: (act.at, act.pk))
        ],
    }


def _log_export(comments: list[Comment], by) -> None:
    numbers = ", ".join(str(comment.pk) for comment in comments)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Comment),
        object_repr=_("Data of a sender taken out"),
        action_flag=CHANGE,
        change_message=_("Comments: %(numbers)s") % {"numbers": numbers or "0"},
    )


def _moment(moment) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
