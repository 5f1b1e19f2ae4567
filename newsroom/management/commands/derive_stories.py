from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.dates import grouped
from articles.models import Article
from newsroom.deriving import derive_batch
from newsroom.progress import bar

# Stories in one transaction: half a second in which an editor who saves meanwhile waits.
BATCH = 50


class Command(BaseCommand):
    help = "Cleans all stories and makes their readers' HTML anew; safe beside a running site and twice."

    def handle(self, **options):
        pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        batches = [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
        changed = sum(derive_batch(batch) for batch in bar(_("Stories"))(batches))
        self.stdout.write(
            _("Stories derived anew: %(number)s; changed: %(changed)s.")
            % {"number": grouped(len(pks)), "changed": grouped(changed)}
        )
