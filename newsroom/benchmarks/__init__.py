"""What costs how much: `make bench` (docs/performance.md).

A part is a module with a TITLE and `measure(...) -> list[dict]`, one dict a row of its table. Parts of a site are
measured at every size on every engine, the others once. `throwaway` makes and drops the database, `timing` takes the
time, `report` prints; `python -m newsroom.benchmarks` is one engine in a process of its own, `manage.py bench` all.

Reading is measured from running servers (`reading`): `servers` starts them, `proxy` sets up nginx, `clients` are
the readers, `processes` says what they cost, `gauge` makes rows of it, `paper` knows the pages and publishes,
`weight` looks at memory and bytes, `aims` compares with what was promised.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if not apps.ready:
    django.setup()
