"""What moderators do to a comment. The text itself is never touched: it is the reader's.

Each act is one transaction: lock the row, check the right and the state, write, append to the log.
Nothing else assigns `Comment.status`.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.edition import bump_page
from articles.text import one_line

from .models import Comment, ModerationAction, Status

Act = ModerationAction.Act

# From which states an act may be done, and where it leads. What was refused or hidden can be let through after all.
MOVES = {
    Act.APPROVE: ({Status.HELD, Status.REJECTED, Status.HIDDEN}, Status.APPROVED),
    Act.REJECT: ({Status.HELD}, Status.REJECTED),
    Act.HIDE: ({Status.APPROVED}, Status.HIDDEN),
}

REASON_LIMIT = ModerationAction._meta.get_field("reason").max_length


class Refused(Exception):
    """An act that may not be done now. `sentence` tells the moderator why, in full."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def approve(*, comment: Comment, by) -> Comment:
    """Lets readers see a comment."""
    return _move(Act.APPROVE, comment, by)


def reject(*, comment: Comment, by, reason: str) -> Comment:
    """Refuses a comment that waits, with a reason for the log."""
    return _move(Act.REJECT, comment, by, stated(reason))


def hide(*, comment: Comment, by, reason: str) -> Comment:
    """Takes an approved comment from readers, with a reason for the log."""
    return _move(Act.HIDE, comment, by, stated(reason))


@transaction.atomic
def _move(act: str, comment: Comment, by, reason: str = "") -> Comment:
    if not by.has_perm("comments.moderate_comment"):
        raise Refused(_("You have no right to moderate comments."))
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.is_erased:
        raise Refused(_("The comment was erased at its sender's request; there is nothing left to decide."))
    allowed, target = MOVES[act]
    if comment.status not in allowed:
        state = comment.get_status_display().lower()
        raise Refused(_("This cannot be done to the comment now; its state is: %(state)s.") % {"state": state})
    before, comment.status = comment.status, target
    comment.save(update_fields=["status"])
    ModerationAction.objects.create(comment=comment, act=act, by=by, before=before, reason=reason)
    if Status.APPROVED in (before, target):
        bump_page(comment.article_id, removes=before == Status.APPROVED)
    return comment


def stated(reason: str) -> str:
    """The reason as the log keeps it. Raises Refused where none is given or it is too long."""
    reason = one_line(reason)
    if not reason:
        raise Refused(_("Please say why."))
    if len(reason) > REASON_LIMIT:
        raise Refused(_("Please keep the reason under %(limit)d characters.") % {"limit": REASON_LIMIT})
    return reason
