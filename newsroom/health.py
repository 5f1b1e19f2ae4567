"""For the operator's watch: is the process alive, and is it ready to serve?"""

import os

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse


def alive(request):
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def ready(request):
    """200 when database, migrations and media are there, else 503; says which one is not."""
    checks = {"database": _database, "migrations": _migrations, "media": _media, "cache": _cache}
    result = {name: check() for name, check in checks.items()}
    return JsonResponse(result, status=200 if all(result.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return False


def _media() -> bool:
    if settings.MEDIA_STORAGE_URL:
        return all(storages[name].is_ready() for name in ("default", "renditions"))
    root = settings.MEDIA_ROOT
    try:
        os.makedirs(root, exist_ok=True)
    except OSError:
        return False
    return os.access(root, os.W_OK)


def _cache() -> bool:
    """Whether the cache remembers; ours says nothing when its server is away (newsroom/caches.py)."""
    try:
        cache.set("ready", 1, 5)
        return cache.get("ready") == 1
    except OSError:  # Of a cache that is neither Redis nor memory.
        return False
