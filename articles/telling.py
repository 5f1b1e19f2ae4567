"""The life of a story in sentences: its acts and its versions, as they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .dates import when
from .models import Act, Article, ArticleEvent, Origin, Revision, Status


@dataclass(frozen=True)
class Happening:
    """Something that was done to a story: when, in a sentence, with what was noted, and which version it is about."""

    at: datetime
    sentence: str
    note: str = ""
    version: int | None = None


def life_of(article: Article) -> list[Happening]:
    """All that happened to a story, newest first. Saves that came of themselves count only if somebody named them."""
    versions = article.revisions.kept_for_good().defer("content").select_related("by", "restored_from")
    happened = [*_acts(article.events.select_related("by")), *_saves(versions)]
    return sorted(happened, key=lambda one: one.at, reverse=True)


def _acts(events: Iterable[ArticleEvent]) -> Iterable[Happening]:
    labels = dict(Status.choices)
    for event in events:
        words = [_("%(who)s %(act)s.") % {"who": event.by or _("The system"), "act": event.get_act_display()}]
        if event.act == Act.SCHEDULE and event.due:
            words.append(_("To appear at %s.") % when(event.due, event.at))
        if event.before != event.after:
            words.append(f"{labels.get(event.before, event.before)} → {labels.get(event.after, event.after)}.")
        if event.on_legal_ground:
            words.append(_("On a legal ground."))
        yield Happening(event.at, " ".join(map(str, words)), event.note, event.revision)


def _saves(versions: Iterable[Revision]) -> Iterable[Happening]:
    told = {
        Origin.FOUND: _("The text as it was found."),
        Origin.SAVED: _("%(who)s saved the text."),
        Origin.AUTOSAVED: _("The text of %(who)s saved itself."),
        Origin.RESTORED: _("%(who)s restored version %(from)s."),
        Origin.IMPORTED: _("The text came from the archive."),
    }
    for version in versions:
        source = version.restored_from.number if version.restored_from else ""
        sentence = told[version.origin] % {"who": version.by or _("The system"), "from": source}
        yield Happening(version.at, capfirst(sentence), version.name, version.number)
