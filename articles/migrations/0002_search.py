from django.db import migrations

from articles.search import engine


def create(apps, schema_editor):
    schema_editor.execute(engine().CREATE)


def drop(apps, schema_editor):
    schema_editor.execute(engine().DROP)


class Migration(migrations.Migration):
    """The search index: each database in its own way, so no model describes it. `rebuild_search` fills it."""

    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
