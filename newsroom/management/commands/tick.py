import io
import logging
import os
import time
from datetime import timedelta
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import darkroom, most_read, presence, previewing, renditions, revising
from articles.dates import grouped
from articles.search import index_waiting
from comments import posting

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what time brings; safe to run twice and side by side."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on, with so long a pause, as long as the caller lives"
        )

    def handle(self, *args, every=None, **options):
        if every:
            Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
            _go_on(every)
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
        self.stdout.write(_("Autosaves thinned out: %(number)s.") % {"number": grouped(revising.thin_out())})
        self.stdout.write(_("Closed windows forgotten: %(number)s.") % {"number": grouped(presence.clean_up())})
        self.stdout.write(
            _("Lists of the most read in a new order: %(number)s.") % {"number": grouped(most_read.refresh_due())}
        )
        self.stdout.write(_("Old hours of readings deleted: %(number)s.") % {"number": grouped(most_read.forget_old())})
        self.stdout.write(_("Old preview links deleted: %(number)s.") % {"number": grouped(previewing.forget_links())})


def _go_on(pause: int) -> None:
    """One run after the other, never two at once. What fails is noted in the log and tried again after the pause."""
    while True:
        try:
            call_command("tick", stdout=io.StringIO())
        except Exception:  # A database or a disk that is away for a minute must not end it for good.
            logger.exception("tick failed")
        close_old_connections()
        time.sleep(pause)


def _end_with(parent: int) -> None:
    """Ends this process, in the middle of whatever it does, once another has taken its parent's place."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
