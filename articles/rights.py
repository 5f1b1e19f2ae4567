"""Who may change which story. Rights are permissions; the groups that carry them are made elsewhere."""

from .models import Article, SectionEditor, Status


def sections_of(user) -> set[int]:
    """Ids of the sections that a person's work is limited to; empty for one who works in all."""
    return set(SectionEditor.objects.filter(user=user).values_list("section_id", flat=True))


def may_edit(user, article: Article) -> bool:
    """Own drafts for everybody; stories of others, and published ones, by right and within one's sections."""
    if article.status == Status.WITHDRAWN:
        return False
    if article.status == Status.PUBLISHED and not user.has_perm("articles.edit_published_article"):
        return False
    if article.status == Status.DRAFT and article.created_by_id == user.pk:
        return True
    return user.has_perm("articles.edit_others_article") and _in_scope(user, article)


def may_publish(user, article: Article) -> bool:
    """Whether the act is offered; `publishing.publish` asks again, and asks the story too."""
    if not user.has_perm("articles.publish_article"):
        return False
    return article.created_by_id != user.pk or user.has_perm("articles.publish_own_article")


def _in_scope(user, article: Article) -> bool:
    if article.section_id is None:
        return True
    own = sections_of(user)
    return not own or not own.isdisjoint({article.section_id, article.section.parent_id})
