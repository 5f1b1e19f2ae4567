from django.db import migrations, models

from articles.text import sort_key


def write_keys(apps, schema_editor):
    for name in ("Publication", "HouseStyle"):
        for row in apps.get_model("articles", name).objects.all():
            row.sort_key = sort_key(row.name)[:400]
            row.save(update_fields=["sort_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_stories_waiting_for_the_index'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='housestyle',
            options={'ordering': ['publication', '-is_current', 'sort_key', 'id'], 'verbose_name': 'house style', 'verbose_name_plural': 'house styles'},
        ),
        migrations.AlterModelOptions(
            name='publication',
            options={'ordering': ['sort_key', 'id'], 'verbose_name': 'publication', 'verbose_name_plural': 'publications'},
        ),
        migrations.AddField(
            model_name='housestyle',
            name='sort_key',
            field=models.CharField(default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='publication',
            name='sort_key',
            field=models.CharField(default='', editable=False, max_length=400),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
