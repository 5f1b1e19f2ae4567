"""What the rows of lists say since 0018: series, ends, unknown days, and how many places a list has."""

from django.db import migrations

_STEPS = (
    "UPDATE articles_listing SET expires_at = (SELECT a.expires_at FROM articles_article a WHERE a.id = article_id)"
    " WHERE article_id IN (SELECT id FROM articles_article WHERE expires_at IS NOT NULL)",
    "UPDATE articles_listing SET is_dated = false"
    " WHERE article_id IN (SELECT id FROM articles_article WHERE date_precision = 'unknown')",
    "INSERT INTO articles_listing (kind, key, article_id, published_at, expires_at, is_dated)"
    " SELECT 'series', series_id, id, published_at, expires_at, date_precision <> 'unknown' FROM articles_article"
    " WHERE series_id IS NOT NULL AND status = 'published' ON CONFLICT DO NOTHING",
    "INSERT INTO articles_listedition (kind, key, number, places)"
    " SELECT kind, key, 0, COUNT(*) FROM articles_listing WHERE true GROUP BY kind, key"
    " ON CONFLICT (kind, key) DO UPDATE SET places = excluded.places",
)


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(step)


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_lists")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
