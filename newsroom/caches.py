"""The cache on a server of its own. A cache holds nothing that cannot be made again: without it the site is slower."""

from django.core.cache.backends import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT

from .resting import Rest

try:
    from redis.backoff import NoBackoff
    from redis.exceptions import RedisError
    from redis.retry import Retry
except ImportError:  # Only a server's lock has the client, whose errors are no OSError; without it no cache is Redis.
    RedisError = ConnectionError

# Seconds for connecting and for each answer. Redis answers in less than a millisecond; a page is made in a few.
PATIENCE = 0.5
# Seconds after a failure in which no request asks Redis again: twenty requests a second would have waited.
REST = 5

AWAY = (OSError, RedisError)

# address -> what this process knows of the server; Django makes a cache for each thread.
_rests: dict[str, Rest] = {}


class _Client(redis.RedisCacheClient):
    """Django's, which would make a client for each question, with its table of 170 commands: longer than the answer."""

    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = self._client(connection_pool=pool)
        return self._clients[pool]


class RedisCache(redis.RedisCache):
    """Django's, for which a server that is away is an empty cache that forgets at once.

    Then `get` gives its default, `add` is always the first (so nobody waits for somebody else's work), and `incr`
    raises ValueError as for any key that is not there.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _Client
        ours = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        # Once more at once, for connections that a restarted Redis has closed; what waits longer is left to the rest.
        self._options = ours | {"retry": Retry(NoBackoff(), 1)} | self._options
        address = str(server)
        # What stands before the host may be a password, and the name goes into the log.
        self._rest = _rests.setdefault(address, Rest(f"cache {address.rpartition('@')[2]}", REST))

    def _asked(self, otherwise, ask, *args):
        """What Redis answers, or `otherwise` while it is away."""
        if self._rest.is_on():
            return otherwise
        try:
            answer = ask(*args)
        except AWAY as error:
            self._rest.failed(error)
            return otherwise
        self._rest.worked()
        return answer

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._asked(True, super().add, key, value, timeout, version)

    def get(self, key, default=None, version=None):
        return self._asked(default, super().get, key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._asked(None, super().set, key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._asked(False, super().touch, key, timeout, version)

    def delete(self, key, version=None):
        return self._asked(False, super().delete, key, version)

    def get_many(self, keys, version=None):
        return self._asked({}, super().get_many, keys, version)

    def has_key(self, key, version=None):
        return self._asked(False, super().has_key, key, version)

    def incr(self, key, delta=1, version=None):
        number = self._asked(None, super().incr, key, delta, version)
        if number is None:
            raise ValueError(f"Key {key!r} not found: {self._rest.name} is away")
        return number

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        return self._asked(list(data), super().set_many, data, timeout, version)

    def delete_many(self, keys, version=None):
        self._asked(None, super().delete_many, keys, version)

    def clear(self):
        return self._asked(False, super().clear)
