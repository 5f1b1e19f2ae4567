"""Pictures on the local disk and on S3: everything that happens to them is the same to the desk and to readers."""

import io
import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings as house
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from articles import publishing, renditions
from articles.models import Picture
from newsroom import storages as places
from tests import build, s3

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/picture/upload/"
FIRST = {"full-800.webp", "full-800.jpg", "card-240.webp", "card-640.webp", "card-640.jpg", "square-320.webp"}
FIRST |= {"square-320.jpg"}
REST = {"full-480.webp", "full-1200.webp", "full-1600.webp", "full-1200.jpg", "card-400.webp", "card-960.webp"}
REST |= {"square-160.webp"}


@pytest.fixture(scope="session")
def s3_server():
    with s3.server() as host:
        yield host


@pytest.fixture
def on_s3(s3_server, settings):
    """The house with its pictures on S3; gives MEDIA_STORAGE_URL."""
    with s3.buckets(s3_server) as address:
        settings.MEDIA_STORAGE_URL = address
        settings.STORAGES = settings.STORAGES | places.s3(address)
        rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        images = [*rules["img-src"], *places.foreign_origins(settings.STORAGES)]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": rules | {"img-src": images}}
        yield address


@pytest.fixture(params=["disk", "S3"])
def anywhere(request):
    if request.param == "S3":
        request.getfixturevalue("on_s3")


@pytest.fixture
def desk(client):
    client.force_login(build.member("Thư ký tòa soạn"))
    return client


def photo(turn: int = 30, cut: int | None = None) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.linear_gradient("L").rotate(turn).resize((1800, 1200)).convert("RGB").save(buffer, "JPEG")
    return SimpleUploadedFile("Bến đò.jpg", buffer.getvalue()[:cut], content_type="text/html")


def uploaded(desk, **options) -> Picture:
    answer = desk.post(UPLOAD, {"file": photo(**options)})
    assert answer.status_code == 201
    return Picture.objects.get(pk=answer.json()["picture"]["id"])


def story_with(picture, **fields):
    return build.article(body=f'<figure><img data-picture="{picture.pk}" alt="Đò"></figure>', **fields)


def kept(storage: str, folder: str = "") -> set[str]:
    """Every file that a storage has."""
    held = storages[storage]
    try:
        folders, files = held.listdir(folder)
    except FileNotFoundError:
        return set()
    below = [kept(storage, f"{folder}/{name}".lstrip("/")) for name in folders]
    return {f"{folder}/{name}".lstrip("/") for name in files}.union(*below)


def endings(names) -> set[str]:
    return {name.partition("/")[2] for name in names}


def shown(html: str) -> set[str]:
    """The names of the files that a page lists."""
    return set(re.findall(r"[0-9]+-[0-9a-f]{12}/[a-z]+-[0-9]+\.[a-z]+", html))


def test_picture_is_taken_in_shown_made_whole_and_made_again_where_files_are_lost(anywhere, desk):
    picture = uploaded(desk)
    story = story_with(picture, lead_picture=picture)
    assert kept("default") == {picture.original.name}
    assert endings(kept("renditions")) == FIRST
    with picture.original.open("rb") as file:
        assert file.read() == photo().read()
    before = shown(desk.get(story.get_absolute_url()).text)
    for name in sorted(kept("renditions"))[:3]:
        storages["renditions"].delete(name)

    call_command("tick", stdout=io.StringIO())

    after = shown(desk.get(story.get_absolute_url()).text)
    assert endings(before) == {"full-800.webp", "full-800.jpg"}
    assert endings(after) >= {"full-480.webp", "full-1600.webp"}
    assert (before | after) <= kept("renditions")
    assert endings(kept("renditions")) == FIRST | REST


def test_site_answers_for_its_files_by_itself_and_is_ready(anywhere, desk):
    picture = uploaded(desk)

    answer = desk.get(f"/media/{picture.renditions['base']}/card-240.webp")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", places.FOR_EVER)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (240, 160)
    for name in (f"{picture.renditions['base']}/card-241.webp", picture.original.name):
        assert desk.get(f"/media/{name}").status_code == 404
    assert desk.get("/readyz").json()["media"] is True


def test_what_is_refused_or_fails_on_the_way_leaves_nothing(anywhere, desk, settings):
    whole = settings.STORAGES
    assert desk.post(UPLOAD, {"file": photo(cut=9000)}).status_code == 400

    settings.STORAGES = whole | {"renditions": {"BACKEND": "khong.co"}}
    desk.raise_request_exception = False
    assert desk.post(UPLOAD, {"file": photo()}).status_code == 500

    settings.STORAGES = whole
    assert (kept("default"), kept("renditions"), Picture.objects.count()) == (set(), set(), 0)


def test_file_that_is_replaced_goes_at_once_and_what_readers_had_of_it_later(
    anywhere, desk, time_machine, django_capture_on_commit_callbacks
):
    picture = uploaded(desk)
    before = kept("renditions")
    typed = {"title": "Đò", "alt": "Đò", "credit_kind": "archive", "focal_x": "0,2", "focal_y": "0,5"}

    with django_capture_on_commit_callbacks(execute=True):
        address = f"/admin/articles/picture/{picture.pk}/change/"
        assert desk.post(address, typed | {"original": photo(turn=210)}).status_code == 302

    replaced = picture.original.name
    picture.refresh_from_db()
    assert kept("default") == {picture.original.name} != {replaced}
    assert before < kept("renditions")
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=False)
    call_command("tick", stdout=io.StringIO())
    assert kept("renditions") & before == set()
    assert endings(kept("renditions")) == FIRST | REST


def test_withdrawal_takes_the_public_files_and_deletion_all(anywhere, desk, django_capture_on_commit_callbacks):
    sealed, unused = uploaded(desk), uploaded(desk, turn=210)
    story = story_with(sealed)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article=story, by=build.member("Thư ký tòa soạn"), reason="Sai ảnh.")
        desk.post(f"/admin/articles/picture/{unused.pk}/delete/", {"post": "yes"})

    assert (kept("default"), kept("renditions")) == ({sealed.original.name}, set())


# --- S3 alone


def asked(address: str):
    """What a stranger gets: (status, headers)."""
    try:
        with urlopen(Request(address), timeout=10) as answer:
            return answer.status, answer.headers
    except HTTPError as error:
        return error.code, error.headers


def test_strangers_get_renditions_with_their_type_for_ever_and_no_original(on_s3, desk):
    picture = uploaded(desk)
    listed = [storages["renditions"].url(f"{picture.renditions['base']}/{name}") for name in sorted(FIRST)]

    answers = [asked(address) for address in listed]

    assert {status for status, _headers in answers} == {200}
    assert {headers["Cache-Control"] for _status, headers in answers} == {places.FOR_EVER}
    assert [headers["Content-Type"] for _status, headers in answers] == [
        renditions.KINDS[name.rpartition(".")[2]].media_type for name in sorted(FIRST)
    ]
    assert asked(re.sub(r"\?.*", "", storages["default"].url(picture.original.name)))[0] == 403
    # Not the type that its sender claimed.
    assert storages["default"].bucket.Object(picture.original.name).content_type == "image/jpeg"


def test_page_names_the_foreign_host_and_does_without_it(on_s3, desk, client, settings):
    picture = uploaded(desk)
    story = story_with(picture, lead_picture=picture)
    [origin] = places.foreign_origins(house.STORAGES)

    answer = client.get(story.get_absolute_url())

    images = re.search("img-src ([^;]*)", answer["Content-Security-Policy"])[1].split()
    assert images == ["'self'", "data:", origin]
    assert f'srcset="{origin}/public-' in answer.text
    assert f'<meta property="og:image" content="{origin}/public-' in answer.text
    assert "/media/" not in answer.text
    assert f'url="{origin}/public-' in client.get("/rss/tin-moi.xml").text

    settings.STORAGES = settings.STORAGES | places.s3(re.sub(r":\d+/", ":9/", on_s3))
    assert client.get("/readyz").json()["media"] is False
    assert [client.get(address).status_code for address in ("/", story.get_absolute_url())] == [200, 200]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_reader_sees_the_picture_from_the_foreign_host(on_s3, desk, visit):
    picture = uploaded(desk)
    story = story_with(picture)
    [origin] = places.foreign_origins(house.STORAGES)

    image = visit(story.get_absolute_url(), width=360).locator(".story-body figure img")

    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    assert re.fullmatch(rf"{origin}/public-\w+/[\w-]+/full-800\.webp", image.evaluate("image => image.currentSrc"))
    assert image.evaluate("image => image.naturalWidth") > 0


def test_address_says_all_and_nothing_leaves_out_the_public_one():
    made = places.s3("s3://khoa:bi%2Fmat@s3.example:9000/goc/dang?region=hn&public=https://anh.example/b/")

    private, public = made["default"]["OPTIONS"], made["renditions"]["OPTIONS"]
    both = {
        "endpoint_url": "https://s3.example:9000",
        "region_name": "hn",
        "access_key": "khoa",
        "secret_key": "bi/mat",
    }
    assert private == both | {"bucket_name": "goc", "file_overwrite": False}
    assert both.items() <= public.items()
    assert (public["bucket_name"], public["custom_domain"]) == ("dang", "anh.example/b")
    assert places.foreign_origins(made) == ["https://anh.example"]
    assert places.foreign_origins(places.s3("s3://s3.example/goc/dang")) == ["https://s3.example"]
    assert "access_key" not in places.s3("s3://s3.example/goc/dang")["default"]["OPTIONS"]


@pytest.mark.parametrize(
    "address",
    [
        "https://khoa:bimat@s3.example/goc/dang",
        "s3://khoa:bimat@s3.example/goc",
        "s3://khoa:bimat@s3.example/goc/goc",
        "s3://khoa:bimat@s3.example/goc/dang/anh",
        "s3://khoa:bimat@/goc/dang",
        "s3://khoa:bimat@s3.example/goc/dang?vung=hn",
        "s3://khoa:bimat@s3.example/goc/dang?public=anh.example",
        "s3://khoa:bimat@s3.example/goc/dang?public=javascript://anh.example",
    ],
)
def test_address_that_is_none_is_refused_without_naming_the_secret(address):
    with pytest.raises(ImproperlyConfigured) as refused:
        places.s3(address)
    assert "bimat" not in str(refused.value)


def test_setting_reaches_storages_and_policy():
    told = "from django.conf import settings as s; print(s.STORAGES['default']['BACKEND'], s.CONTENT_SECURITY_POLICY)"
    own = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "MEDIA_STORAGE_URL": "s3://s3.example/goc/dang?public=https://anh.example",
    }

    said = subprocess.run(
        [sys.executable, "-c", told], env=os.environ | own, capture_output=True, text=True, check=True
    )

    assert said.stdout.startswith("newsroom.s3.PictureStorage ")
    assert "'https://anh.example'" in said.stdout
