import re

from django.db import migrations

_PLACED = re.compile(r'<img[^<>]*?\bdata-picture="(\d{1,15})"')


def note_placings(apps, schema_editor):
    """Stories that were written before the table was there show their pictures in it, too."""
    Article, Picture, Placing = (apps.get_model("articles", name) for name in ("Article", "Picture", "Placing"))
    known = set(Picture.objects.values_list("pk", flat=True))
    placed = Article.objects.filter(body__contains="data-picture=").values_list("pk", "body")
    rows = (
        Placing(article_id=pk, picture_id=picture)
        for pk, body in placed.iterator(chunk_size=500)
        for picture in sorted({int(found) for found in _PLACED.findall(body)} & known)
    )
    Placing.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_placings"),
    ]

    operations = [
        migrations.RunPython(note_placings, migrations.RunPython.noop),
    ]
