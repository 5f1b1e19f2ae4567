"""Two people at once, each with a connection of their own."""

from threading import Event, Thread

from django.db import connection

from articles.publishing import Refused as ActRefused
from articles.reading import Gone
from articles.revising import Outdated
from comments.moderation import Refused as ModerationRefused


def meanwhile(act):
    """Starts `act` in a thread; returns the thread and the list of what came of it, a refusal among it."""
    outcomes, started = [], Event()

    def run():
        started.set()
        try:
            outcomes.append(act())
        except (Gone, Outdated, ActRefused, ModerationRefused) as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    started.wait()
    return thread, outcomes
