from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.dates import grouped
from articles.models import Article
from articles.search import engine, index_batch
from newsroom.progress import bar

# Stories in one transaction: the more, the less PostgreSQL works for each; an editor of one of them waits a second.
BATCH = 500


class Command(BaseCommand):
    help = "Writes the search index anew from the stories; safe beside a running site, and as often as one likes."

    def handle(self, **options):
        pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        batches = [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
        for batch in bar(_("Search index"))(batches):
            index_batch(batch)
        removed = engine().remove_strangers()
        self.stdout.write(
            _("Stories indexed: %(number)s; entries without a story removed: %(removed)s.")
            % {"number": grouped(len(pks)), "removed": grouped(removed)}
        )
