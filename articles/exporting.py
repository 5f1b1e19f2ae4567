"""A story as a file: its text, every version of it, its log and its corrections, for inspection and for the archive of
another house."""

from django.utils import timezone

from .contents import content_of
from .models import Article, ArticleEvent, Correction, Revision

# Raised when the form of the file changes.
FORMAT = 1


def story_file(article: Article) -> dict:
    """Everything that is kept of a story, as data for JSON: times in ISO 8601, people by name, oldest first."""
    return {
        "format": FORMAT,
        "id": article.pk,
        "address": article.get_absolute_url(),
        "publication": article.publication.name,
        "status": article.status,
        "published_at": _time(article.published_at),
        "date_precision": article.date_precision,
        "byline": article.byline,
        "names": _names(article),
        "text": content_of(article),
        "versions": [_version(version) for version in article.revisions.select_related("by").order_by("number")],
        "log": [_event(event) for event in article.events.select_related("by").order_by("at", "id")],
        "corrections": [_correction(one) for one in article.corrections.select_related("created_by").order_by("id")],
    }


def _names(article: Article) -> dict:
    """The names of what the text points to by number."""
    return {
        "section": article.section.full_name if article.section_id else "",
        "series": article.series.name if article.series_id else "",
        "tags": {tag.pk: tag.name for tag in article.tags.all()},
        "authors": {author.pk: author.name for author in article.authors.all()},
    }


def _version(version: Revision) -> dict:
    return {
        "number": version.number,
        "origin": version.origin,
        "name": version.name,
        "by": str(version.by or ""),
        "at": _time(version.at),
        "released_at": _time(version.released_at),
        "text": version.content,
    }


def _event(event: ArticleEvent) -> dict:
    return {
        "act": event.act,
        "by": str(event.by or ""),
        "at": _time(event.at),
        "before": event.before,
        "after": event.after,
        "version": event.revision,
        "due": _time(event.due),
        "note": event.note,
        "on_legal_ground": event.on_legal_ground,
    }


def _correction(correction: Correction) -> dict:
    return {
        **{name: getattr(correction, name) for name in ("kind", "wrong", "right", "apology")},
        "legal_basis": correction.legal_basis,
        "document_number": correction.document_number,
        "received_on": _day(correction.received_on),
        "due_on": _day(correction.due_on),
        "by": str(correction.created_by or ""),
        "entered_at": _time(correction.created_at),
        "announced_at": _time(correction.published_at),
    }


def _day(day) -> str | None:
    return day and day.isoformat()


def _time(at) -> str | None:
    return at and timezone.localtime(at).isoformat()
