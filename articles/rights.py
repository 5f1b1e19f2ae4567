"""Who may do what to which story, and why not. Rights are permissions; the groups that carry them are made elsewhere.

`RULES` is the one table: the buttons of the desk, the acts of `publishing`, the tests and the handbook read it.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Act, Article, Revision, SectionEditor, Status

PUBLISH_OWN = "articles.publish_own_article"


@dataclass(frozen=True)
class Rule:
    """What an act is called, and what it asks: the stages (Article.stage) of a story, a right, a second person."""

    label: str
    stages: tuple[str, ...]
    wrong_stage: str
    right: str
    no_right: str
    needs_other: bool = False


_OUT = ("scheduled", "published", "expired")

RULES: dict[Act, Rule] = {
    Act.SUBMIT: Rule(
        _("Hand in to the editors"),
        ("draft",),
        _("Only a draft is handed in."),
        right="change_article",
        no_right=_("You have no right to change this story."),
    ),
    Act.SEND_BACK: Rule(
        _("Send back"),
        ("submitted", "edited"),
        _("Only a story that has been handed in can be sent back."),
        right="edit_others_article",
        no_right=_("You have no right to edit the stories of others."),
    ),
    Act.PASS_ON: Rule(
        _("Pass on for release"),
        ("submitted",),
        _("Only a story that waits for an editor is passed on."),
        right="edit_others_article",
        no_right=_("You have no right to edit the stories of others."),
        needs_other=True,
    ),
    Act.PUBLISH: Rule(
        _("Publish now"),
        ("draft", "submitted", "edited", "scheduled"),
        _("The story is published already."),
        right="publish_article",
        no_right=_("You have no right to publish."),
        needs_other=True,
    ),
    Act.SCHEDULE: Rule(
        _("Schedule"),
        ("draft", "submitted", "edited", "scheduled"),
        _("The story is published already."),
        right="publish_article",
        no_right=_("You have no right to publish."),
        needs_other=True,
    ),
    Act.UNSCHEDULE: Rule(
        _("Cancel the schedule"),
        ("scheduled",),
        _("The story is not waiting for its time."),
        right="publish_article",
        no_right=_("You have no right to publish."),
    ),
    Act.RELEASE: Rule(
        _("Release the changes"),
        _OUT,
        _("Only changes to a published story are released."),
        right="publish_article",
        no_right=_("You have no right to publish."),
        needs_other=True,
    ),
    Act.REVISE: Rule(
        _("Mark as an important update"),
        ("published",),
        _("Only a story that readers can see is marked as updated."),
        right="edit_published_article",
        no_right=_("You have no right to change published stories."),
    ),
    Act.CORRECT: Rule(
        _("Announce a correction"),
        ("published", "expired", "withdrawn"),
        _("Only what readers have seen is corrected."),
        right="publish_article",
        no_right=_("You have no right to publish."),
    ),
    Act.WITHDRAW: Rule(
        _("Withdraw the story"),
        ("published", "expired"),
        _("Only a published story can be withdrawn."),
        right="withdraw_article",
        no_right=_("You have no right to withdraw stories."),
    ),
    Act.PUT_BACK: Rule(
        _("Put the story back"),
        ("withdrawn",),
        _("Only a withdrawn story can be put back."),
        right="withdraw_article",
        no_right=_("You have no right to withdraw stories."),
    ),
}


def refusal(act: Act, user, article: Article) -> str:
    """Why a person may not do this to the story as it stands, in one sentence; empty if they may."""
    rule = RULES[act]
    if article.stage not in rule.stages:
        return _wrong_stage(act, article)
    if not user.has_perm(f"articles.{rule.right}") or (act == Act.SUBMIT and not may_edit(user, article)):
        return str(rule.no_right)
    if not in_scope(user, article):
        return gettext("The story belongs to a section that you do not work in.")
    if rule.needs_other and is_own(act, user, article) and not user.has_perm(PUBLISH_OWN):
        return gettext("Nobody releases their own text alone; please ask a colleague.")
    if act == Act.PUT_BACK and article.events.filter(act=Act.WITHDRAW, on_legal_ground=True).exists():
        return gettext("The story was withdrawn on a legal ground and never comes back.")
    return ""


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
    return user.has_perm("articles.edit_others_article") and in_scope(user, article)


def in_scope(user, article: Article) -> bool:
    """Whether a person's sections take in the story; a story without a section is everybody's.

    The section of its row counts: one that is only typed, or waits for its release, gives and takes no right.
    """
    own = sections_of(user)
    if not own:
        return True
    row = Article.objects.filter(pk=article.pk, section__isnull=False)
    home = row.values_list("section", "section__parent").first()
    return home is None or not own.isdisjoint(home)


def scope_of(user) -> Q:
    """`in_scope`, asked of the database: a condition on stories."""
    own = sections_of(user)
    return Q(section__in=own) | Q(section__parent__in=own) | Q(section__isnull=True) if own else Q()


def is_own(act: Act, user, article: Article) -> bool:
    """Whether nobody but this person had a hand in what would go out: the story, or the changes to a published one."""
    if act != Act.RELEASE:
        return article.created_by_id == user.pk
    changed_by = Revision.objects.filter(article=article, number__gt=article.shown_revision).values_list(
        "by", flat=True
    )
    return set(changed_by) == {user.pk}


def _wrong_stage(act: Act, article: Article) -> str:
    if article.stage == "withdrawn" and act in (Act.PUBLISH, Act.SCHEDULE):
        return gettext("The story was withdrawn and cannot be published again.")
    if article.stage == "submitted" and act == Act.SUBMIT:
        return gettext("The story has been handed in already.")
    return str(RULES[act].wrong_stage)
