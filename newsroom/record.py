"""The sealed record of a story for an inspection: all that the house keeps of it, of whatever app, in one file."""

from django.utils import timezone

from articles.deriving import pictures_of
from articles.exporting import story_file
from articles.models import Article, Picture
from comments.models import Comment


def record_of(article: Article) -> dict:
    """`exporting.story_file` with readers' comments, their moderation, and the pictures with their originals' digests.

    An erased comment stands as it was left: its words are gone for everybody.
    """
    comments = Comment.objects.filter(article=article).order_by("created_at", "id").prefetch_related("actions__by")
    return story_file(article) | {
        "comments": [_comment(comment) for comment in comments],
        "pictures": [_picture(picture) for picture in pictures_of(article).values()],
    }


def _comment(comment: Comment) -> dict:
    return {
        "id": comment.pk,
        "at": _time(comment.created_at),
        "name": comment.name,
        "text": comment.text,
        "status": comment.status,
        "moderation": [
            {"act": action.act, "by": str(action.by), "at": _time(action.at), "reason": action.reason}
            for action in comment.actions.all()
        ],
    }


def _picture(picture: Picture) -> dict:
    return {
        "id": picture.pk,
        "title": picture.title,
        "caption": picture.caption,
        "credit": picture.credit,
        "licence": picture.licence,
        "original": picture.original.name,
        "sha256": picture.digest,
    }


def _time(at) -> str:
    return timezone.localtime(at).isoformat()
