"""The paper's one edition, and the places of all stories in lists, as articles/listing.py keeps them from now on."""

from django.db import migrations

_LISTED = (
    ("section", "SELECT section_id, id, published_at FROM articles_article"),
    (
        "section",
        "SELECT s.parent_id, a.id, a.published_at FROM articles_article a"
        " JOIN articles_section s ON s.id = a.section_id WHERE s.parent_id IS NOT NULL",
    ),
    (
        "section",
        "SELECT m.section_id, a.id, a.published_at FROM articles_article_more_sections m"
        " JOIN articles_article a ON a.id = m.article_id",
    ),
    (
        "section",
        "SELECT s.parent_id, a.id, a.published_at FROM articles_article_more_sections m"
        " JOIN articles_article a ON a.id = m.article_id"
        " JOIN articles_section s ON s.id = m.section_id WHERE s.parent_id IS NOT NULL",
    ),
    (
        "tag",
        "SELECT t.tag_id, a.id, a.published_at FROM articles_article_tags t"
        " JOIN articles_article a ON a.id = t.article_id",
    ),
    (
        "author",
        "SELECT c.author_id, a.id, a.published_at FROM articles_credit c JOIN articles_article a ON a.id = c.article_id",
    ),
)


def fill(apps, schema_editor):
    apps.get_model("articles", "Edition").objects.get_or_create(pk=1)
    with schema_editor.connection.cursor() as cursor:
        for kind, rows in _LISTED:
            published = f"{rows} {'AND' if 'WHERE' in rows else 'WHERE'} status = 'published'"
            cursor.execute(
                "INSERT INTO articles_listing (kind, key, article_id, published_at)"  # noqa: S608 (our own names)
                f" SELECT '{kind}', rows.* FROM ({published}) AS rows WHERE true ON CONFLICT DO NOTHING"
            )


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_edition")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
