"""Takes source pages into the house: one file, one transaction, the story with the blocks that stood below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles.edition import bump, bump_story
from articles.importing.fields import SourceError
from articles.importing.pages import contents, digest, known_story, write_story
from articles.importing.source import SIZE_LIMIT, PageBlock, PageItem, SourcePage, read_page
from articles.models import Article, Status
from articles.publishing import Refused
from articles.text import strict
from blocks.models import Block, BlockItem, Form, Kind, Place

# Headings under which papers let a rule choose the stories.
_KINDS = {
    Kind.SAME_SECTION: ("Các tin khác", "Tin khác", "Các bài khác", "Tin cùng chuyên mục", "Cùng chuyên mục"),
    Kind.NEWEST: ("Mới nhất", "Tin mới", "Tin mới nhất", "Tin mới cập nhật"),
    Kind.MOST_READ: ("Xem nhiều nhất", "Xem nhiều", "Tin xem nhiều", "Đọc nhiều nhất", "Đọc nhiều", "Tin đọc nhiều"),
    Kind.SAME_TAGS: ("Tin liên quan", "Bài liên quan", "Tin bài liên quan"),
    Kind.SAME_SERIES: ("Cùng chuyên đề", "Trong dòng sự kiện"),
}
KIND_OF_HEADING = {strict(heading): kind for kind, headings in _KINDS.items() for heading in headings}


class Outcome(models.TextChoices):
    CREATED = "created", pgettext_lazy("imported file", "created")
    UPDATED = "updated", pgettext_lazy("imported file", "updated")
    SKIPPED = "skipped", pgettext_lazy("imported file", "skipped")
    FAILED = "failed", pgettext_lazy("imported file", "failed")


@dataclass(frozen=True)
class Result:
    """What became of one file; `notes` are sentences: why it failed or was skipped, and what was odd in it."""

    path: Path
    outcome: Outcome
    notes: list[str] = field(default_factory=list)


def import_files(paths: Iterable[Path]) -> Iterator[Result]:
    """Takes in one file after the other; a bad one is reported and leaves nothing behind."""
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        try:
            yield _import_file(path, seen)
        except SourceError as error:
            yield Result(path, Outcome.FAILED, [str(error)])
        except FileNotFoundError:
            yield Result(path, Outcome.FAILED, [_("There is no such file.")])
        except OSError as error:
            yield Result(path, Outcome.FAILED, [_("The file cannot be read (%(why)s).") % {"why": error.strerror}])
        except (Refused, ValidationError, IntegrityError, DataError) as error:
            yield Result(path, Outcome.FAILED, [_("The story cannot be stored: %(why)s") % {"why": error}])


def import_page(page: SourcePage) -> tuple[Outcome, list[str]]:
    """Writes one page in one transaction. Never overwrites what the desk has edited or withdrawn since."""
    with transaction.atomic():
        known, notes = known_story(page), list(page.notes)
        if known and known.status == Status.WITHDRAWN:
            return Outcome.SKIPPED, [_("The story was withdrawn here; it stays so.")]
        before = known and digest_of(known)
        if known and (before != known.imported_digest or known.latest_revision != known.shown_revision):
            return Outcome.SKIPPED, [_("The story was edited here since; nothing is overwritten.")]
        story = write_story(page, known, notes)
        _write_blocks(page, story, notes)
        written = digest_of(story)
        if written == before:
            # Nothing differs: undo, so that not even the time of the last save moves.
            transaction.set_rollback(True)
            return Outcome.SKIPPED, notes
        Article.objects.filter(pk=story.pk).update(imported_digest=written)
        bump_story(story)
        bump()  # Papers, sections and blocks may have come with it.
        return Outcome.UPDATED if known else Outcome.CREATED, notes


def _import_file(path: Path, seen: dict[tuple[str, str], Path]) -> Result:
    with path.open("rb") as file:
        page = read_page(file.read(SIZE_LIMIT + 1))
    first = seen.setdefault((page.source, page.source_id), path)
    if first != path:
        raise SourceError("source_id", _("The file %(path)s has the same one.") % {"path": first})
    try:
        return Result(path, *import_page(page))
    except IntegrityError:
        # Another import made the same paper, section or name in the same moment: now it is there to be found.
        return Result(path, *import_page(page))


def digest_of(story: Article) -> str:
    blocks = story.own_blocks.order_by("order", "id")
    own = [
        [block.heading, block.place, block.form, block.kind, block.fill_kind, block.count, *_rows_of(block)]
        for block in blocks
    ]
    return digest([contents(story), own])


def _rows_of(block: Block) -> list[list]:
    return [list(row) for row in block.items.order_by("order", "id").values_list(*_ITEM_COLUMNS)]


_ITEM_COLUMNS = ("article", "title", "lead_prefix", "teaser")


def _write_blocks(page: SourcePage, story: Article, notes: list[str]) -> None:
    """Blocks with items belong to the story, and then so do the others below it; without, they are the style's."""
    story.own_blocks.all().delete()
    is_own = any(block.items for block in page.blocks)
    for order, block in enumerate(page.blocks):
        if block.items:
            _write_picked(block, story, order)
        else:
            _write_ruled(block, story, order, is_own, notes)


def _write_picked(block: PageBlock, story: Article, order: int) -> None:
    """The record of what stood there, and so its stories may stand elsewhere on the page too."""
    form = Form.ROWS if any(item.teaser for item in block.items) else Form.HEADLINES
    made = Block.objects.create(
        article=story,
        place=Place.BELOW,
        kind=Kind.PICKED,
        heading=block.heading,
        form=form,
        order=order,
        count=len(block.items),
        allow_repeat=True,
    )
    linked: set[int] = set()
    for number, item in enumerate(block.items):
        found = _story_titled(item, story, linked)
        linked |= {found.pk} if found else set()
        title = "" if found and found.title == item.title else item.title
        BlockItem.objects.create(
            block=made, article=found, title=title, lead_prefix=item.lead_prefix, teaser=item.teaser, order=number
        )


def _story_titled(item: PageItem, story: Article, linked: set[int]) -> Article | None:
    """The story here that has this title, in any spelling of it.

    A withdrawn one counts too: the line then disappears with it, where text alone would say its title again.
    """
    candidates = Article.objects.titled(item.title).filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
    candidates = candidates.exclude(pk__in={story.pk, *linked}).only("title", "status").newest_first()
    same = [found for found in candidates if strict(found.title) == strict(item.title)]
    return min(same, key=lambda found: found.status != Status.PUBLISHED, default=None)


def _write_ruled(block: PageBlock, story: Article, order: int, is_own: bool, notes: list[str]) -> None:
    kind = KIND_OF_HEADING.get(strict(block.heading))
    style = story.house_style
    if kind is None or (style.is_current and not is_own):
        reason = _("No block was made for the heading “%(heading)s”: the desk decides what stands under it.")
        notes.append(reason % {"heading": block.heading})
        return
    owner = {"article": story} if is_own else {"house_style": style}
    if is_own or not Block.objects.filter(house_style=style, kind=kind, place=Place.BELOW).exists():
        Block.objects.create(place=Place.BELOW, kind=kind, heading=block.heading, order=order, **owner)
