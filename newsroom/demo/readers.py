"""The demo's readers: what they wrote under the stories and what became of it, and how many read them when."""

from datetime import timedelta

from django.utils import timezone

from articles import counting, most_read
from articles.models import Article, Period
from articles.text import slugify
from comments import gates, moderation
from comments.models import Comment, Status
from comments.posting import CONSENT_VERSION, key_of

# Reserved for examples: no letter of the demo ever reaches anybody.
DOMAIN = "vanha.example"

# How many read at which hour of the clock, from midnight on: before work, at noon, and most of all in the evening.
CLOCK = (3, 1, 1, 1, 2, 6, 14, 20, 16, 13, 12, 16, 19, 14, 11, 11, 12, 14, 17, 21, 24, 22, 14, 7)


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


def readings(article: Article, times: int) -> None:
    """So many readings of a published story within the last day, none before it was out."""
    now = timezone.now()
    first, last = (most_read.hour_of(at) for at in (article.published_at, now))
    hours = range(max(first, last - len(CLOCK) + 1), last + 1)
    weights = [CLOCK[timezone.localtime(now - timedelta(hours=last - hour)).hour] for hour in hours]
    counts = {
        (article.pk, hour): round(times * weight / sum(weights)) for hour, weight in zip(hours, weights, strict=True)
    }
    counting.add({key: count for key, count in counts.items() if count})


def make_lists() -> None:
    """The lists of the most read, before `tick` first makes them."""
    for period in Period:
        most_read.refresh(period)
