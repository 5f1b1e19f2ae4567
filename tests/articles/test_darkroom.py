"""What a picture has at once, what `tick` adds, and which files go: nothing that is needed, nothing that is left."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from articles import darkroom, publishing, renditions
from articles.models import Article, Picture, Status
from tests import build

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=2)


def uploaded(size=(1800, 1200), **fields) -> Picture:
    """A picture as it is right after its upload."""
    return build.picture(Image.new("RGB", size, "#406080"), make=renditions.make_first, **fields)


def story_with(picture, **fields) -> Article:
    body = f'<p>Bến đò.</p><figure><img data-picture="{picture.pk}" alt="Đò"></figure>'
    return build.article(body=body, **fields)


def public(settings) -> set[str]:
    root = Path(settings.MEDIA_ROOT) / "public"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def originals(settings) -> list[str]:
    return [path.name for path in (Path(settings.MEDIA_ROOT) / "private").rglob("*") if path.is_file()]


def listed(picture) -> set[str]:
    """The files that a picture says it has."""
    picture.refresh_from_db()
    base = picture.renditions.get("base")
    shapes = {shape: kinds for shape, kinds in picture.renditions.items() if shape in ("full", "card", "square")}
    return {
        f"{base}/{shape}-{width}.{kind}"
        for shape, kinds in shapes.items()
        for kind, sizes in kinds.items()
        for width, _height in sizes
    }


def tick(**options) -> str:
    said = io.StringIO()
    call_command("tick", stdout=said, **options)
    return said.getvalue()


def test_upload_makes_what_the_desk_and_a_story_need_at_once(settings):
    picture = uploaded()

    names = {name.partition("/")[2] for name in public(settings)}

    assert names == {
        "full-800.webp",
        "full-800.jpg",
        "card-240.webp",
        "card-640.webp",
        "card-640.jpg",
        "square-320.webp",
        "square-320.jpg",
    }
    assert listed(picture) == public(settings)


def test_upload_notes_the_true_size_and_what_tells_the_picture_again():
    exif = Image.Exif()
    exif[0x0112] = 6  # A phone held upright.
    lying = Image.linear_gradient("L").resize((600, 400)).convert("RGB")
    buffer = io.BytesIO()
    lying.save(buffer, "JPEG", exif=exif)

    picture = build.picture(buffer.getvalue(), make=renditions.make_first)

    picture.refresh_from_db()
    assert (picture.width, picture.height) == (400, 600)
    assert len(picture.digest) == 64
    assert picture.likeness == renditions.likeness_of(buffer.getvalue())


def test_story_goes_out_before_the_rest_is_made(client):
    picture = uploaded()
    html = client.get(story_with(picture, lead_picture=picture).get_absolute_url()).content.decode()

    named = {part.split('"')[0].split()[0] for part in html.split("/media/")[1:]}

    assert {name.partition("/")[2] for name in named} == {"full-800.webp", "full-800.jpg"}
    assert {client.get(f"/media/{name}").status_code for name in named} == {200}


def test_tick_makes_the_rest_and_the_story_prints_it(settings, client):
    picture = uploaded()
    story = story_with(picture)

    assert "Số ảnh đã xử lý: 1." in tick()

    assert listed(picture) == public(settings)
    assert {"full-480.webp", "full-1600.webp", "full-1200.jpg", "card-960.webp", "square-160.webp"} <= {
        name.partition("/")[2] for name in public(settings)
    }
    html = client.get(story.get_absolute_url()).content.decode()
    assert "full-1600.webp 1600w" in html
    assert "full-480.webp 480w" in html


def test_tick_has_nothing_to_do_twice():
    uploaded()
    tick()

    assert "Số ảnh đã xử lý: 0." in tick()


def test_small_picture_is_whole_at_once():
    picture = uploaded(size=(300, 200))

    assert picture.files_due is None
    assert "Số ảnh đã xử lý: 0." in tick()


def test_run_takes_no_more_than_its_share():
    for _number in range(3):
        uploaded(size=(900, 600))

    assert [darkroom.develop_due(limit=2), darkroom.develop_due(limit=2)] == [2, 1]


def test_picture_in_the_hands_of_another_run_is_left_to_it():
    uploaded()

    assert darkroom._take() is not None
    assert darkroom._take() is None


def test_picture_whose_run_died_is_taken_up_again(settings, time_machine):
    picture = uploaded()
    darkroom._take()

    time_machine.move_to(timezone.now() + darkroom.LEASE, tick=False)

    assert darkroom.develop_due() == 1
    assert listed(picture) == public(settings)


def test_original_that_is_lost_stops_no_other_and_is_tried_on_the_next_day(time_machine):
    broken, whole = uploaded(), uploaded()
    broken.original.storage.delete(broken.original.name)

    assert darkroom.develop_due() == 2
    assert darkroom.develop_due() == 0
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (whole.files_due, broken.renditions["full"]["webp"]) == (None, [[800, 533]])
    time_machine.move_to(timezone.now() + darkroom.NEXT_TRY, tick=False)
    assert darkroom.develop_due() == 1


def test_story_whose_picture_lost_its_original_is_published_without_it():
    picture = uploaded()
    Picture.objects.update(renditions={})
    picture.original.storage.delete(picture.original.name)

    story = story_with(picture, lead_picture=picture)

    assert "<picture>" not in story.body_html


def test_new_focal_point_makes_new_files_and_the_old_ones_go_after_a_while(settings, time_machine):
    picture = uploaded()
    before = public(settings)
    picture.focal_x = 0.2
    picture.save()

    renditions.make_first(picture)
    tick()

    assert before <= public(settings)
    time_machine.move_to(timezone.now() + SOON, tick=False)
    assert "Số tệp bỏ đi đã xóa: 1." in tick()
    assert public(settings) == listed(picture)
    assert before & public(settings) == set()


def test_focal_point_set_while_the_rest_is_made_wins(settings, django_capture_on_commit_callbacks):
    picture = uploaded()
    held = Picture.objects.get()
    picture.focal_x = 0.2
    picture.save()
    renditions.make_first(picture)

    with django_capture_on_commit_callbacks(execute=True):
        renditions.make_rest(held)

    assert {name.partition("/")[0] for name in public(settings)} == {picture.renditions["base"]}
    assert listed(picture) == public(settings)
    assert darkroom.develop_due() == 1


def test_picture_withdrawn_while_the_rest_is_made_stays_away(settings, django_capture_on_commit_callbacks):
    picture = uploaded()
    held = Picture.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        renditions.remove(picture)
        renditions.make_rest(held)

    picture.refresh_from_db()
    assert picture.renditions == {}
    assert public(settings) == set()


def test_withdrawal_takes_the_files_of_an_older_focal_point_too(settings, django_capture_on_commit_callbacks):
    picture = uploaded()
    story = story_with(picture)
    renditions.make_first(picture)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article=story, by=build.member("Thư ký tòa soạn"), reason="Sai ảnh.")

    assert public(settings) == set()
    assert len(originals(settings)) == 1


def test_files_of_a_withdrawn_story_do_not_come_back_when_it_is_derived_anew(
    settings, django_capture_on_commit_callbacks
):
    picture = uploaded()
    story = story_with(picture, lead_picture=picture)
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article=story, by=build.member("Thư ký tòa soạn"), reason="Sai ảnh.")

    publishing.derive(article=Article.objects.get())
    tick()

    assert Article.objects.get().status == Status.WITHDRAWN
    assert public(settings) == set()


def test_picture_of_a_withdrawn_story_comes_back_as_the_face_of_an_author(admin_client, client):
    picture = uploaded(credit_kind="archive")
    publishing.withdraw(article=story_with(picture), by=build.member("Thư ký tòa soạn"), reason="Sai ảnh.")
    author = build.author()
    build.article(title="Bài khác")

    typed = {"name": author.name, "bio": "", "portrait": picture.pk}
    assert admin_client.post(f"/admin/articles/author/{author.pk}/change/", typed).status_code == 302

    assert "square-320" in client.get(author.get_absolute_url()).text


def test_withdrawal_that_is_refused_leaves_all_files(settings):
    picture = uploaded()
    story = story_with(picture)
    before = public(settings)

    with pytest.raises(publishing.Refused):
        publishing.withdraw(article=story, by=build.member("Thư ký tòa soạn"), reason="")

    assert public(settings) == before


def test_picture_that_leaves_the_library_leaves_no_file(settings, django_capture_on_commit_callbacks, admin_client):
    picture = uploaded()
    tick()

    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/articles/picture/{picture.pk}/delete/", {"post": "yes"})

    assert not Picture.objects.exists()
    assert (public(settings), originals(settings)) == (set(), [])


def test_original_that_is_replaced_goes_unless_a_withdrawn_story_showed_it(
    settings, django_capture_on_commit_callbacks, admin_client
):
    sealed, free = uploaded(size=(300, 200), credit_kind="archive"), uploaded(size=(310, 200), credit_kind="archive")
    build.article(lead_picture=sealed, status=Status.WITHDRAWN)
    new = [io.BytesIO(), io.BytesIO()]
    for number, buffer in enumerate(new):
        Image.linear_gradient("L").resize((320, 200 + number)).save(buffer, "PNG")
        buffer.name = "moi.png"
        buffer.seek(0)
    typed = {"title": "Đò", "alt": "Đò", "credit_kind": "archive", "focal_x": "0,5", "focal_y": "0,5"}

    with django_capture_on_commit_callbacks(execute=True):
        for picture, file in zip((sealed, free), new, strict=True):
            address = f"/admin/articles/picture/{picture.pk}/change/"
            assert admin_client.post(address, typed | {"original": file}).status_code == 302

    kept = set(originals(settings))
    assert len(kept) == 3
    assert sealed.original.name.rpartition("/")[2] in kept
    assert free.original.name.rpartition("/")[2] not in kept


def test_deletion_that_fails_is_made_up_for(settings, django_capture_on_commit_callbacks):
    picture = uploaded()
    folder = Path(settings.MEDIA_ROOT) / "public" / picture.renditions["base"]
    obstacle = folder / "thu-muc-la"
    obstacle.mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        renditions.remove(picture)
    obstacle.rmdir()
    assert folder.exists()

    tick()

    assert not folder.exists()


def test_files_that_were_lost_are_made_again(settings):
    picture = uploaded()
    tick()
    whole = public(settings)
    for name in whole:
        (Path(settings.MEDIA_ROOT) / "public" / name).unlink()

    renditions.make_rest(Picture.objects.get())

    assert public(settings) == whole == listed(picture)
