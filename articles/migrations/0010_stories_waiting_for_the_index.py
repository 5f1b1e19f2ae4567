from django.db import migrations, models


def note_stories_with_synonyms(apps, schema_editor):
    """`tick` then indexes the stories of tags that have other names."""
    tagged = apps.get_model("articles", "Article").tags.through.objects.filter(tag__synonyms__isnull=False)
    waiting = apps.get_model("articles", "UnindexedStory")
    pks = tagged.order_by().values_list("article_id", flat=True).distinct()
    waiting.objects.bulk_create([waiting(article_id=pk) for pk in pks], batch_size=1000)


class Migration(migrations.Migration):
    """Stories are found by the other names of their tags, those that stand here already in a few minutes."""

    dependencies = [("articles", "0009_renditions_by_kind")]
    operations = [
        migrations.CreateModel(
            name="UnindexedStory",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "story waiting for the index",
                "verbose_name_plural": "stories waiting for the index",
            },
        ),
        migrations.RunPython(note_stories_with_synonyms, migrations.RunPython.noop),
    ]
