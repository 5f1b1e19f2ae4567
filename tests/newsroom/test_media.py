"""Public picture files: only what we made, as what we say it is, and nothing that the camera told."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests import build

pytestmark = pytest.mark.django_db

ROTATED = 6  # "Turn a quarter to the right": a phone held upright.
RED, BLUE = (200, 30, 30), (30, 30, 200)


def files() -> dict[str, Path]:
    """address below /media/ -> file, of every public rendition."""
    root = Path(settings.MEDIA_ROOT) / "public"
    return {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}


def sizes(picture, shape: str) -> dict[str, tuple[int, int]]:
    """name of a file of the shape -> its true size."""
    base = f"{picture.renditions['base']}/"
    found = {name.removeprefix(base): path for name, path in files().items() if name.startswith(f"{base}{shape}")}
    return {name: Image.open(path).size for name, path in found.items()}


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def near(colour, wanted) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize(("ending", "kind"), [("full-480.webp", "image/webp"), ("full-480.jpg", "image/jpeg")])
def test_rendition_is_served_for_ever_with_its_type_and_nothing_is_guessed(client, ending, kind):
    picture = build.picture()

    answer = client.get(f"/media/{picture.renditions['base']}/{ending}")

    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).width == 480
    assert answer.cookies == {}


def test_every_file_that_was_made_has_an_address(client):
    build.picture(Image.new("RGB", (1700, 1100)))

    answers = [client.get(f"/media/{name}") for name in files()]

    assert len(answers) == 14
    assert {answer.status_code for answer in answers} == {200}


def test_every_file_that_a_page_names_exists(client):
    picture = build.picture()
    html = client.get(build.article(lead_picture=picture).get_absolute_url()).content.decode()

    named = {part.split('"')[0].split()[0] for part in html.split("/media/")[1:]}

    assert named
    assert named - set(files()) == set()


def test_original_is_private(client):
    picture = build.picture()

    names = [picture.original.name, f"private/{picture.original.name}", f"../private/{picture.original.name}"]

    assert [client.get(f"/media/{name}").status_code for name in names] == [404] * 3


@pytest.mark.parametrize(
    "name",
    [
        "",
        "{base}",
        "{base}/",
        "{base}/full-480.webp/",
        "{base}/full-480.webp%0A",
        "{base}/full-480.webp%00",
        "{base}/full-480.html",
        "{base}/FULL-480.webp",
        "{base}/full-481.webp",
        "{base}/../{base}/full-480.webp",
        "{base}/..%2F{base}%2Ffull-480.webp",
        "./{base}/full-480.webp",
        "//{base}/full-480.webp",
        "../../../manage.py",
        "..%2f..%2f..%2fmanage.py",
        "..\\..\\manage.py",
        "/etc/passwd",
        "evil.html",
        "evil.svg",
        "1-000000000000/evil.html",
    ],
)
def test_name_that_is_not_of_our_making_is_unknown(client, name):
    base = build.picture().renditions["base"]
    folder = Path(settings.MEDIA_ROOT) / "public"
    (folder / "1-000000000000").mkdir()
    for evil in ("evil.html", "evil.svg", "1-000000000000/evil.html"):
        (folder / evil).write_text("<script>alert(1)</script>")

    assert client.get(f"/media/{name.format(base=base)}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_file_cannot_be_changed_through_its_address(client, method):
    name, path = next(iter(files_of(build.picture())))
    before = path.read_bytes()

    assert getattr(client, method)(f"/media/{name}").status_code < 500
    assert path.read_bytes() == before


def files_of(picture):
    return [(name, path) for name, path in files().items() if name.startswith(picture.renditions["base"])]


def phone_photo() -> bytes:
    """An upright photo as phones store it: lying, with a note how to turn it and where it was taken."""
    lying = Image.new("RGB", (900, 600), RED)
    lying.paste(BLUE, (0, 0, 900, 300))  # Above when lying, to the right once turned.
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010F] = "Điện thoại Bến Vân"
    exif.get_ifd(0x8825)[2] = (21.0, 2.0, 3.0)
    return saved(lying, "JPEG", exif=exif, comment=b"so nha 12 duong Bo Song")


def test_photo_of_a_phone_stands_upright():
    picture = build.picture(phone_photo())

    assert sizes(picture, "full") == {"full-480.webp": (480, 720), "full-480.jpg": (480, 720)}
    shown = Image.open(files()[f"{picture.renditions['base']}/full-480.jpg"])
    assert near(shown.getpixel((40, 360)), RED)
    assert near(shown.getpixel((440, 360)), BLUE)


def test_photo_of_a_phone_keeps_no_word_of_where_it_was_taken():
    picture = build.picture(phone_photo())

    made = files_of(picture)

    assert len(made) > 4
    for _name, path in made:
        assert dict(Image.open(path).getexif()) == {}
        assert not any(
            secret in path.read_bytes() for secret in (b"Exif", b"so nha 12", "Bến Vân".encode(), b"http://")
        )


def test_photo_from_a_print_shop_becomes_what_browsers_show():
    cmyk = Image.new("CMYK", (700, 500), (0, 255, 255, 0))

    picture = build.picture(saved(cmyk, "JPEG"))

    shown = Image.open(files()[f"{picture.renditions['base']}/full-480.jpg"])
    assert (shown.mode, shown.size) == ("RGB", (480, 343))
    assert near(shown.getpixel((200, 200)), (255, 0, 0))


def test_picture_with_a_palette_keeps_its_colours():
    palette = Image.new("RGB", (640, 480), BLUE).convert("P", palette=Image.Palette.ADAPTIVE)

    picture = build.picture(saved(palette, "PNG"))

    shown = Image.open(files()[f"{picture.renditions['base']}/card-640.jpg"])
    assert (shown.mode, shown.size) == ("RGB", (640, 427))
    assert near(shown.getpixel((20, 20)), BLUE)


def test_large_picture_gets_every_width_and_no_more():
    picture = build.picture(Image.new("RGB", (3000, 2000)))

    assert picture.renditions["full"]["webp"] == [[480, 320], [800, 533], [1200, 800], [1600, 1067]]
    assert picture.renditions["card"]["webp"] == [[240, 160], [400, 267], [640, 427], [960, 640]]
    assert picture.renditions["square"]["webp"] == [[160, 160], [320, 320]]
    assert sizes(picture, "full") == {
        "full-480.webp": (480, 320),
        "full-800.webp": (800, 533),
        "full-1200.webp": (1200, 800),
        "full-1600.webp": (1600, 1067),
        "full-800.jpg": (800, 533),
        "full-1200.jpg": (1200, 800),
    }


def test_tiny_picture_is_never_blown_up():
    picture = build.picture(Image.new("RGB", (50, 50)))

    assert sizes(picture, "full") == {"full-50.webp": (50, 50), "full-50.jpg": (50, 50)}
    assert sizes(picture, "card") == {"card-50.webp": (50, 33), "card-50.jpg": (50, 33)}
    assert sizes(picture, "square") == {"square-50.webp": (50, 50), "square-50.jpg": (50, 50)}


def test_crop_keeps_what_the_focal_point_names():
    wide = Image.new("RGB", (1200, 400), RED)
    wide.paste(BLUE, (800, 0, 1200, 400))

    left = build.picture(wide, focal_x=0.0)
    right = build.picture(wide, focal_x=1.0)

    colours = [
        Image.open(files()[f"{picture.renditions['base']}/square-320.jpg"]).getpixel((160, 160))
        for picture in (left, right)
    ]
    assert near(colours[0], RED)
    assert near(colours[1], BLUE)
