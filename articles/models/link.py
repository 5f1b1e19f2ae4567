from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryLink(models.Model):
    """A link in the body of a story to another story of ours. Derived by publishing.derive(), as placings are.

    The other story may be deleted, or may never have been: the link stays in the text, and dead.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="links", verbose_name=_("article"))
    target = models.ForeignKey(
        "Article", models.DO_NOTHING, db_constraint=False, related_name="links_here", verbose_name=_("leads to")
    )

    class Meta:
        verbose_name = _("link between stories")
        verbose_name_plural = _("links between stories")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "target"], name="story_linked_once")]

    def __str__(self):
        return f"{self.article_id} → {self.target_id}"
