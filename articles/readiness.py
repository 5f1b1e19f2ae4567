"""Is a story ready for readers? A list of sentences for the editor; it never raises."""

from dataclasses import dataclass

from django.contrib.sites.models import Site
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .html import linked_stories, placed_pictures, plain_text
from .models import Article, Credit, Picture

# A longer title breaks into four lines on a phone; a longer lead is a paragraph.
TITLE_LIMIT = 110
LEAD_WORDS_LIMIT = 60


@dataclass(frozen=True)
class Problem:
    """One sentence, the form field that it speaks of, and whether it keeps the story from being published."""

    text: str
    field: str
    blocking: bool = True


def problems(article) -> list[Problem]:
    """What stands between a saved article and its readers: blocking problems first, then what is worth a look."""
    found = [
        (not article.title, _("The story has no title."), "title", True),
        (not article.section_id, _("The story has no section."), "section", True),
        (not (plain_text(article.body) or placed_pictures(article.body)), _("The body is empty."), "body", True),
        (not _is_credited(article), _("Nobody is credited: add an author or type a byline."), "typed_byline", True),
        (
            article.lead_picture_id and not article.lead_picture.is_credited,
            _("The main picture has no credit."),
            "lead_picture",
            True,
        ),
        (_uncredited_in_body(article), _("A picture in the body has no credit."), "body", True),
        *((True, told, "body", False) for told in _past_their_time(article)),
        *((True, told, "body", False) for told in dead_links(article)),
        (len(article.title) > TITLE_LIMIT, _("The title is over %d characters.") % TITLE_LIMIT, "title", False),
        (
            len(article.lead.split()) > LEAD_WORDS_LIMIT,
            _("The lead is over %d words.") % LEAD_WORDS_LIMIT,
            "lead",
            False,
        ),
        (not article.lead, _("The story has no lead."), "lead", False),
    ]
    return [Problem(str(text), field, blocking) for is_so, text, field, blocking in found if is_so]


def dead_links(article) -> list[str]:
    """A sentence for each link to a story of ours that nobody can read when this one is read."""
    linked = linked_stories(article.body, Site.objects.get_current().domain)
    linked.pop(article.pk, None)
    if not linked:
        return []
    at = max(timezone.now(), article.published_at or timezone.now())
    titles = dict(Article.objects.filter(pk__in=linked).values_list("pk", "title"))
    alive = set(Article.objects.published(at).filter(pk__in=linked).values_list("pk", flat=True))
    hidden = _("The link “%(words)s” leads to the story “%(title)s”, which readers cannot see.")
    missing = _("The link “%(words)s” leads to a story that does not exist.")
    return [
        (hidden if pk in titles else missing) % {"words": words, "title": titles.get(pk)}
        for pk, words in linked.items()
        if pk not in alive
    ]


def ready(articles: QuerySet) -> QuerySet:
    """Those of `articles` that no blocking problem holds back: `problems` as one query, for the desk's lists.

    Pictures within bodies are not looked at: a list may offer a story that publishing then refuses, with the reason.
    """
    credited = Exists(Credit.objects.filter(article=OuterRef("pk"))) | ~Q(typed_byline="")
    pictured = (
        Q(lead_picture__isnull=True) | Q(lead_picture__credit_author__isnull=False) | ~Q(lead_picture__credit_kind="")
    )
    return articles.filter(credited, pictured, section__isnull=False).exclude(title="").exclude(body="")


def _is_credited(article) -> bool:
    return bool(article.typed_byline or (article.pk and article.credits.exists()))


def _past_their_time(article) -> list[str]:
    """A sentence for each picture of the story whose last day of use has gone by; the story may keep it."""
    shown = placed_pictures(article.body) | {article.lead_picture_id} - {None}
    told = _("The picture “%(title)s” is past its time of use, which ended on %(day)s.")
    return [
        told % {"title": picture.title, "day": f"{picture.use_until:%d/%m/%Y}"}
        for picture in Picture.objects.filter(pk__in=shown, use_until__isnull=False)
        if picture.is_expired
    ]


def _uncredited_in_body(article) -> bool:
    placed = placed_pictures(article.body, without_own_credit=True)
    return bool(placed) and Picture.objects.filter(pk__in=placed, credit_author=None, credit_kind="").exists()
