"""The demo's readers: what they wrote under the stories, and what became of it."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from articles.text import slugify
from comments import gates, moderation
from comments.models import Comment, Status
from comments.posting import CONSENT_VERSION, key_of

# Reserved for examples: no letter of the demo ever reaches anybody.
DOMAIN = "vanha.example"


def comment(article: Article, row: dict, moderator) -> None:
    """One reader's comment under a published story, taken by a moderator to the state that the row tells."""
    sent = min(timezone.now(), article.published_at + timedelta(hours=row["hours_after"]))
    made = Comment.objects.create(
        article=article,
        name=row["name"],
        email=f"{slugify(row['name'])}@{DOMAIN}",
        text=row["text"],
        key=key_of(row["text"]),
        created_at=sent,
        consent_at=sent,
        consent_version=CONSENT_VERSION,
        suspicion=gates.suspicion(row["text"]),
    )
    if row["status"] in (Status.APPROVED, Status.HIDDEN):
        moderation.approve(comment=made, by=moderator)
    if row["status"] == Status.HIDDEN:
        moderation.hide(comment=made, by=moderator, reason="Thông tin cá nhân")
    if row["status"] == Status.REJECTED:
        moderation.reject(comment=made, by=moderator, reason="Quảng cáo")
