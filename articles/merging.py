"""Two tags made one: the stories, the name and the address of the other go over to the one that stays."""

from django.db import transaction
from django.utils.translation import gettext as _

from . import listing
from .edition import bump
from .models import Article, ListKind, Tag, TagSynonym
from .publishing import Refused
from .search import index_again


@transaction.atomic
def merge_tags(*, kept: Tag, other: Tag, by) -> int:
    """Gives every story of `other` the tag `kept`; the name of `other` becomes a synonym and its address leads on.

    One transaction. Returns the number of stories that moved. Refused with words where it may not or cannot be done.
    """
    if not (by.has_perm("articles.change_tag") and by.has_perm("articles.delete_tag")):
        raise Refused(_("You have no right to merge tags."))
    if kept.pk == other.pk:
        raise Refused(_("This is the tag itself; please name another one."))
    # Stories are locked before tags, as by whoever saves one.
    carrying = Article.tags.through.objects.filter(tag__in=[kept.pk, other.pk]).values("article_id")
    list(Article.objects.select_for_update().filter(pk__in=carrying).order_by("pk").values_list("pk"))
    # In the order of their numbers, so that two merges of the same pair wait for each other.
    found = {tag.pk: tag for tag in Tag.objects.select_for_update().filter(pk__in=[kept.pk, other.pk]).order_by("pk")}
    if len(found) < 2:
        raise Refused(_("One of the tags is gone; a colleague may have merged it just now."))
    moved = _move_stories(found[other.pk], found[kept.pk])
    _leave_name(found[other.pk], found[kept.pk])
    # All of them: those that had the tag before are found by its new other name as well.
    index_again(Article.objects.filter(tags=kept).values_list("pk", flat=True))
    listing.remake(ListKind.TAG, kept.pk, other.pk)
    bump()
    return moved


def _move_stories(other: Tag, kept: Tag) -> int:
    tagged = Article.tags.through.objects
    moved = tagged.filter(tag=other).count()
    tagged.filter(tag=other).exclude(article__in=tagged.filter(tag=kept).values("article_id")).update(tag=kept)
    tagged.filter(tag=other).delete()
    return moved


def _leave_name(other: Tag, kept: Tag) -> None:
    """The other tag goes, and with its name and address a synonym stays; its own synonyms move along."""
    other.synonyms.update(tag=kept)
    name, slug, former = other.name, other.slug, other.pk
    other.delete()
    TagSynonym.objects.create(name=name, slug=slug, tag=kept, former=former)
