from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the keys: PostgreSQL makes no index in the transaction that has just rewritten the table."""

    dependencies = [("articles", "0006_desk_keys")]
    operations = [
        migrations.AddIndex(
            model_name="article", index=models.Index(fields=["search_text"], name="article_title_keys")
        ),
    ]
