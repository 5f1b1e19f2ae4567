"""The static pages that every paper owes its readers, so that no link of the footer is ever dead."""

import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sites.management import create_default_site
from django.db import connections

STARTING_TEXTS = Path(__file__).parent / "pages.json"


def ensure_pages(sender=None, using="default", **kwargs) -> None:
    """Creates the static pages that are not there yet, with texts to start from; never changes one that is."""
    FlatPage = apps.get_model("flatpages", "FlatPage")
    if FlatPage._meta.db_table not in connections[using].introspection.table_names():
        return  # A migrate of some apps only; the full one comes by here again.
    # Django's own way to the first site: it also tells PostgreSQL's counter, which would give its number out again.
    create_default_site(apps.get_app_config("sites"), verbosity=0, using=using)
    site = apps.get_model("sites", "Site").objects.using(using).get(pk=settings.SITE_ID)
    for page in json.loads(STARTING_TEXTS.read_text()):
        row, created = FlatPage.objects.using(using).get_or_create(
            url=f"/{page['slug']}/", defaults={"title": page["title"], "content": page["html"]}
        )
        if created:
            row.sites.add(site)
