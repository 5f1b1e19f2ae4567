"""Plans become drafts; whoever is to write one is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from . import letters
from .deriving import derive
from .forms import current_style
from .models import Article, Plan
from .publishing import Refused


@transaction.atomic
def begin(*, plan: Plan, by) -> Article:
    """The draft of a plan, made for the person who begins it; a plan that somebody has begun already is refused."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.article_id:
        raise Refused(_("Somebody writes this story already."))
    if plan.assigned_to_id and plan.assigned_to_id != by.pk and not by.has_perm("articles.change_plan"):
        raise Refused(_("The story was given to %s.") % plan.assigned_to)
    style = current_style()
    if style is None:
        raise Refused(_("Please set up the current publication and its current house style first."))
    article = Article.objects.create(
        title=plan.idea, section=plan.section, created_by=by, house_style=style, publication=style.publication
    )
    plan.article = article
    plan.save(update_fields=["article"])
    return derive(article=article)


def assign(plan: Plan, *, by) -> None:
    """Tells the person to whom a plan was given, once the transaction holds."""
    if plan.assigned_to and plan.assigned_to != by:
        letters.tell_assigned(plan, by=by)
