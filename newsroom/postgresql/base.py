"""Django's PostgreSQL for a site that must not wait: what is away is felt once, and what is back is used at once."""

import select

from django.db.backends.postgresql import base
from psycopg import OperationalError

from newsroom.resting import Rest

# Seconds after a failure in which no other request tries to connect. Short, since the site is down meanwhile; long
# enough that a database which comes up is not met by every thread of every worker at once.
REST = 2

# alias -> what this process knows of the server; Django makes a wrapper for each thread.
_rests: dict[str, Rest] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Refuses at once while the server rests; never hands out a connection of the pool that the server has closed."""

    def get_new_connection(self, conn_params):
        seconds = self.settings_dict.get("REST", REST)
        rest = _rests.setdefault(self.alias, Rest(f"database {self.alias!r}", seconds))
        if rest.is_on():
            raise OperationalError(f"{rest.name} could not be reached a moment ago")
        try:
            connection = self._living_connection(conn_params)
        except OperationalError as error:
            rest.failed(error)
            raise
        rest.worked()
        return connection

    def _living_connection(self, conn_params):
        """A connection. Where one of the pool is dead the server was restarted, and all the others are dead as well."""
        connection = super().get_new_connection(conn_params)
        if not self.pool or _is_alive(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.drain()
        return self.pool.getconn()


def _is_alive(connection) -> bool:
    """Whether the server has not hung up. Costs no round trip: only a server that has something to say is asked."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if not waiting.poll(0):
        return True
    try:
        connection.execute("")
    except OperationalError:
        return False
    return True
