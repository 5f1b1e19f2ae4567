from django.db import migrations

from articles.keys import lines

BATCH = 1000
# As Article.save() cuts the keys of a title.
INDEXED = 600


def write_keys(apps, schema_editor):
    """Stories keep the keys of their title alone, where all their words stood; pictures gain those of their agency."""
    article, picture = apps.get_model("articles", "Article"), apps.get_model("articles", "Picture")
    texts = picture.objects.values_list("pk", "title", "alt", "caption", "place", "credit_name")
    _write(schema_editor, article, article.objects.values_list("pk", "title"), INDEXED)
    _write(schema_editor, picture, texts)


def _write(schema_editor, model, rows, most=None):
    table = schema_editor.quote_name(model._meta.db_table)
    rows = rows.order_by("pk")
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            last = batch[-1][0]
            keys = [(lines(texts)[0][:most], pk) for pk, *texts in batch]
            cursor.executemany(f"UPDATE {table} SET search_text = %s WHERE id = %s", keys)


class Migration(migrations.Migration):
    """What the desk looks for: all other words of a story are found through the index of search."""

    dependencies = [("articles", "0005_placings_of_bodies")]
    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
