from django.db import migrations
from django.utils import timezone

# One that no file is made by any more: `tick` makes these pictures' files anew.
FIRST_RECIPE = 1
SHAPES = ("full", "card", "square")


def list_by_kind(apps, schema_editor):
    """What exists is listed by kind of file, and `tick` makes what is new: sRGB, more JPEGs, digests.

    The JPEGs of before do not name their width and are not listed; they go with their folder when `tick` is done.
    """
    Picture = apps.get_model("articles", "Picture")
    now = timezone.now()
    for picture in Picture.objects.only("renditions").iterator():
        before = picture.renditions
        if "base" in before and "recipe" not in before:
            shapes = {shape: {"webp": before[shape]} for shape in SHAPES}
            picture.renditions = {"base": before["base"], "recipe": FIRST_RECIPE, **shapes}
        picture.files_due = now
        picture.save(update_fields=["renditions", "files_due"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_picture_files"),
    ]

    operations = [
        migrations.RunPython(list_by_kind, migrations.RunPython.noop),
    ]
