"""Is a story ready for readers? A list of sentences for the editor; it never raises.

Everything is asked of the story as it is handed over: a row, or the text that the desk works on (contents.overlaid).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.sites.models import Site
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from .dates import when
from .html import linked_stories, placed_pictures, plain_text
from .likeness import like_stories
from .models import Act, Article, ArticleEvent, Picture, Status
from .proofreading import repeated, slips

# A longer title breaks into four lines on a phone; a longer lead is a paragraph.
TITLE_LIMIT = 110
LEAD_WORDS_LIMIT = 60
# So many slips of one field are told; whoever makes more reads the text again anyway.
SLIPS_TOLD = 5

_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_SMALL = re.compile(r"<small>.*?</small>", re.DOTALL)
_HEADING = re.compile(r"<(h[23])>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """One sentence, the form field that it speaks of, and whether it keeps the story from being published."""

    text: str
    field: str
    blocking: bool = True
    # Whether already an editor, who takes a draft over, needs it.
    is_basic: bool = False
    # The words in the field where it is, to be jumped to.
    words: str = ""
    # Whether the law forbids it: then not even an archive takes the story in.
    is_forbidden: bool = False


def problems(article) -> list[Problem]:
    """What stands between a story and its readers: blocking problems first, then what is worth a look."""
    pictures = _pictures_of(article)
    found = [
        *_missing(article),
        *_wrong_pictures(article, pictures),
        *_wrong_time(article),
        *_posted_before(article),
        *_unhandsome(article),
        *_past_their_time(pictures, article),
        *(Problem(told, "body", blocking=False) for told in dead_links(article)),
        *_slips(article),
        *_structure(article),
        *_moved_address(article),
    ]
    return sorted(found, key=lambda problem: not problem.blocking)


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


# --- What holds a story back


def _missing(article) -> Iterator[Problem]:
    if not article.title:
        yield Problem(_("The story has no title."), "title", is_basic=True)
    if not article.section_id:
        yield Problem(_("The story has no section."), "section", is_basic=True)
    if not (plain_text(article.body) or placed_pictures(article.body)):
        yield Problem(_("The body is empty."), "body", is_basic=True)
    if not _is_credited(article):
        yield Problem(_("Nobody is credited: add an author or type a byline."), "typed_byline")


def _wrong_pictures(article, pictures: dict[int, Picture]) -> Iterator[Problem]:
    """A picture without a credit, without words for those who cannot see it, or of a child without consent."""
    lead = pictures.get(article.lead_picture_id)
    if lead and not lead.is_credited:
        yield Problem(
            _("The main picture has no credit: name its photographer or its source in the library."), "lead_picture"
        )
    uncredited = placed_pictures(article.body, without_own_credit=True)
    if any(not pictures[pk].is_credited for pk in uncredited & pictures.keys()):
        yield Problem(_("A picture in the body has no credit."), "body")
    for picture in pictures.values():
        named, field = {"title": picture.title}, "lead_picture" if picture is lead else "body"
        if not picture.alt:
            yield Problem(_("The picture “%(title)s” has no alternative text.") % named, field)
        if picture.shows_child and not picture.child_consent:
            told = _("The picture “%(title)s” shows a child under 16, and no consent of the parents is noted with it.")
            yield Problem(told % named, field)
        elif picture.shows_child and article.comments_open:
            told = _("The picture “%(title)s” shows a child under 16: should readers comment on the story?")
            yield Problem(told % named, "comments_open", blocking=False)


def _wrong_time(article) -> Iterator[Problem]:
    is_planned = article.status not in (Status.PUBLISHED, Status.WITHDRAWN) and article.published_at
    if is_planned and article.published_at < timezone.now():
        told = _("The time of publication has passed: %s. Please give another one, or none.")
        yield Problem(told % when(article.published_at), "published_at")


def _posted_before(article) -> Iterator[Problem]:
    """The same story once more: by its title in any spelling, or by its text. What the law took away stays away."""
    same = {story.pk: story for story in (*_same_title(article), *like_stories(article))}
    unlawful = set(
        ArticleEvent.objects.filter(article__in=same, act=Act.WITHDRAW, on_legal_ground=True).values_list(
            "article", flat=True
        )
    )
    for story in same.values():
        if story.pk in unlawful:
            told = _("The same story was withdrawn on a legal ground and may not be posted again: “%(title)s”.")
        else:
            told = _("The same story seems to stand here already: “%(title)s” (%(state)s).")
        words = {"title": story.title, "state": story.get_status_display().lower()}
        is_unlawful = story.pk in unlawful
        yield Problem(told % words, "title", blocking=is_unlawful, is_forbidden=is_unlawful)


# --- What is worth a look


def _unhandsome(article) -> Iterator[Problem]:
    if len(article.title) > TITLE_LIMIT:
        yield Problem(_("The title is over %d characters.") % TITLE_LIMIT, "title", blocking=False)
    if not article.lead:
        yield Problem(_("The story has no lead."), "lead", blocking=False)
    if len(article.lead.split()) > LEAD_WORDS_LIMIT:
        yield Problem(_("The lead is over %d words.") % LEAD_WORDS_LIMIT, "lead", blocking=False)


def _past_their_time(pictures: dict[int, Picture], article) -> Iterator[Problem]:
    """A picture whose last day of use has gone by; the story may keep it."""
    told = _("The picture “%(title)s” is past its time of use, which ended on %(day)s.")
    for picture in pictures.values():
        if picture.is_expired:
            words = {"title": picture.title, "day": f"{picture.use_until:%d/%m/%Y}"}
            field = "lead_picture" if picture.pk == article.lead_picture_id else "body"
            yield Problem(told % words, field, blocking=False)


def _slips(article) -> Iterator[Problem]:
    told = {
        "quotation": _("A quotation mark has no partner: %s"),
        "twice": _("The same word twice: %s"),
        "blanks": _("Two blanks in a row: %s"),
        "look_alike": _("A foreign letter in the place of Đ: %s"),
    }
    texts = {"title": [article.title], "lead": article.lead.split("\n"), "body": plain_text(article.body).split("\n")}
    for field, paragraphs in texts.items():
        for slip in slips(paragraphs)[:SLIPS_TOLD]:
            yield Problem(told[slip.kind] % slip.words, field, blocking=False, words=slip.words)


def _structure(article) -> Iterator[Problem]:
    """Captions that stand twice, and a subheading that comes before any heading."""
    captions = [plain_text(_SMALL.sub("", caption)) for caption in _CAPTION.findall(article.body)]
    lines = plain_text(_SMALL.sub("", article.body)).split("\n")
    twice = Counter(repeated([article.printed_lead_caption, *lines]))
    for caption in [*captions, article.printed_lead_caption]:
        if caption in twice:
            yield Problem(_("A caption stands twice: %s") % _shortened(caption), "body", blocking=False, words=caption)
            del twice[caption]
    first = _HEADING.search(article.body)
    if first and first[1] == "h3":
        told = _("A subheading comes before any heading: %s")
        words = plain_text(first[2])
        yield Problem(told % _shortened(words), "body", blocking=False, words=words)


def _moved_address(article) -> Iterator[Problem]:
    """A story that readers know moves with its section; the old address leads to the new one."""
    if article.status != Status.PUBLISHED or not article.section_id:
        return
    known = Article.objects.filter(pk=article.pk).values_list("section__slug", flat=True).first()
    if known and known != article.section.slug:
        told = _("The address will change from /%(old)s/… to /%(new)s/…; the old one leads to the new one.")
        yield Problem(told % {"old": known, "new": article.section.slug}, "section", blocking=False)


# --- What they look at


def _is_credited(article) -> bool:
    return bool(article.typed_byline or (article.pk and len(article.credits.all())))


def _pictures_of(article) -> dict[int, Picture]:
    shown = placed_pictures(article.body) | {article.lead_picture_id} - {None}
    return Picture.objects.in_bulk(shown) if shown else {}


def _same_title(article) -> Iterable[Article]:
    known = Article.objects.titled(article.title).filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
    # Of a title that a paper prints every day a few are told, and first what the law took away.
    unlawful = Exists(ArticleEvent.objects.filter(article=OuterRef("pk"), act=Act.WITHDRAW, on_legal_ground=True))
    told = known.exclude(pk=article.pk).only("title", "status").order_by(unlawful.desc(), "-published_at", "-id")
    return told[:SLIPS_TOLD] if article.title else []


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:80].rsplit(' ', 1)[0]}…"
