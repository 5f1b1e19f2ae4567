from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import darkroom, previewing, renditions
from articles.dates import grouped
from articles.search import index_waiting
from comments import posting


class Command(BaseCommand):
    help = "Does what time brings; safe to run twice and side by side."

    def handle(self, *args, **options):
        before = timezone.now() - timedelta(days=settings.COMMENT_ADDRESS_KEPT_DAYS)
        forgotten = posting.forget_addresses(before)
        self.stdout.write(_("Networks of senders forgotten: %(number)s.") % {"number": grouped(forgotten)})
        self.stdout.write(
            _("Stories brought into the index of search: %(number)s.") % {"number": grouped(index_waiting())}
        )
        self.stdout.write(_("Pictures looked after: %(number)s.") % {"number": grouped(darkroom.develop_due())})
        self.stdout.write(
            _("Discarded files deleted: %(number)s.") % {"number": grouped(renditions.delete_discarded())}
        )
        self.stdout.write(_("Old preview links deleted: %(number)s.") % {"number": grouped(previewing.forget_links())})
