from django.db import migrations

from articles.search import engine


def make_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(engine().DROP)
        schema_editor.execute(engine().CREATE)


class Migration(migrations.Migration):
    """PostgreSQL: the index over numbers instead of words, empty until `rebuild_search` has run. SQLite's is as it was."""

    dependencies = [("articles", "0013_story_links")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
