"""DATABASES and CACHES as the settings want them, made from one address for each server."""

from importlib.util import find_spec

POSTGRESQL = "django.db.backends.postgresql"

# Seconds that a connection may take. Within one house it takes milliseconds: whoever waits longer waits in vain, and
# holds a thread that could answer with the page for such hours. (libpq knows no less than 2.)
PATIENCE = 2
# Seconds after which a connection whose other end has fallen silent is given up: a machine that lost its power sends
# no farewell.
SILENCE = 6
# Connections beside one for each thread: what a worker does by itself, such as writing down views, needs one, too.
SPARE = 2
# Seconds after a failure in which nobody asks the copy: meanwhile the first database answers, so there is no hurry, and
# one request of each process waits PATIENCE for every attempt.
REPLICA_REST = 15

# Pages and parts that local memory holds, of each worker for itself: a story's page takes six kilobytes, packed, with
# its comments, so twenty megabytes at most, and more than readers of a provincial paper ask for within a minute or two.
# A larger paper has Redis.
LOCAL_ENTRIES = 3000


def databases(primary: dict, replica: dict | None, *, threads: int, pool: int | None) -> dict:
    """DATABASES of the parsed addresses. `threads` of one process; `pool`: its connections, None: as many as it needs.

    A pool of 0 is none, and so it is where the address itself says how long connections are kept (conn_max_age).
    """
    size = threads + SPARE if pool is None else pool
    found = {"default": _tuned(primary, size)}
    if replica:
        # Tests have one database: what they write is read by all.
        found["replica"] = _tuned(replica, size) | {"REST": REPLICA_REST, "TEST": {"MIRROR": "default"}}
    return found


def _tuned(database: dict, size: int) -> dict:
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return _sqlite(database)
    return _postgresql(database, size) if database["ENGINE"] == POSTGRESQL else database


def _sqlite(database: dict) -> dict:
    # One writer at a time is SQLite's rule: writers queue for up to 20 s instead of failing at once, and readers go on.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Half a megabyte of pages for each connection, of which each thread has one: the system keeps the file in
        # memory for all of them.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-500;",
    }
    # Opening the file for each request would cost more than most pages do.
    return database | {"CONN_MAX_AGE": None, "OPTIONS": options}


def _postgresql(database: dict, size: int) -> dict:
    """Ours watches over the pool (newsroom/postgresql/base.py). What the address says goes before what is said here."""
    options = {
        "connect_timeout": PATIENCE,
        "keepalives_idle": SILENCE // 3,
        "keepalives_interval": SILENCE // 3,
        "keepalives_count": 2,
        "tcp_user_timeout": SILENCE * 1000,
        **database.get("OPTIONS", {}),
    }
    # Only a server's lock has the pool.
    if size and not database.get("CONN_MAX_AGE") and find_spec("psycopg_pool"):
        options["pool"] = _pool(size)
    return database | {"ENGINE": "newsroom.postgresql", "OPTIONS": options}


def _pool(size: int) -> dict:
    # A pool that gave up on a server starts afresh with the next request; one that went on trying would wait longer
    # and longer between two attempts, and find the server minutes after everybody else.
    return {"min_size": 1, "max_size": size, "timeout": PATIENCE, "reconnect_timeout": PATIENCE}


def cache(parsed: dict) -> dict:
    """The default of CACHES from a parsed address: Redis may be away, and local memory holds as much as it can bear."""
    # django-environ leaves KEY_PREFIX and TIMEOUT of an address in small letters, which Django passes over.
    parsed = {name.upper(): value for name, value in parsed.items()}
    backends = "django.core.cache.backends"
    if parsed["BACKEND"] == f"{backends}.redis.RedisCache":
        return parsed | {"BACKEND": "newsroom.caches.RedisCache"}
    if parsed["BACKEND"] == f"{backends}.locmem.LocMemCache":
        return parsed | {"OPTIONS": {"MAX_ENTRIES": LOCAL_ENTRIES} | parsed.get("OPTIONS", {})}
    return parsed
