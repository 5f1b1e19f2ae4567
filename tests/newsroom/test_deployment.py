"""The paper on servers: nginx before two web machines, PostgreSQL and Redis, all of them real, with deploy/'s files."""

import re
import time

import pytest

from newsroom.errors import RETRY_AFTER
from tests import nginx
from tests.deployment import Person, ask
from tests.desk import sent_back
from tests.town import PASSWORD, read, town_in
from tests.web_forms import as_typed

HOST = nginx.HOST
# Seconds within which nginx must have forgotten, and what polling and a busy machine may add.
FORGOTTEN, LATE = 10, 3


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with town_in(tmp_path_factory.mktemp("house"), tmp_path_factory.mktemp("nginx")) as made:
        yield made


@pytest.fixture(scope="module")
def secretary(town):
    """Somebody who may publish, signed in at the first web machine."""
    person = Person(town.webs[0].port, HOST)
    person.sign_in("linh", PASSWORD)
    return person


def read_at(town, machine: int, path: str, **headers):
    """What one web machine says, asked as nginx asks it."""
    return ask(town.webs[machine].port, path, Host=HOST, X_Forwarded_Proto="https", **headers)


def shared_for(answer) -> int:
    """For how long a shared cache may show an answer, in seconds."""
    found = re.findall(r"(?:s-maxage|stale-while-revalidate)=(\d+)", answer.headers["Cache-Control"])
    assert len(found) == 2
    return sum(map(int, found))


def published(secretary, pk: str) -> str:
    """Presses "publish" under a story; gives its address."""
    form = f"/admin/articles/article/{pk}/change/"
    answer = secretary.post(form, sent_back(secretary.get(form)) | {"_publish": "1"})
    assert answer.status == 302
    return re.search(rf"/thoi-su/[a-z0-9-]+-{pk}\.html", secretary.get(form).text)[0]


def becomes(town, path: str, holds) -> float:
    """Asks nginx again and again, as readers do, until its answer is right; gives the seconds that took."""
    began = time.monotonic()
    while not holds(read(town, path)):
        assert time.monotonic() - began < FORGOTTEN + LATE, f"{path} is still as it was"
        time.sleep(0.2)
    return time.monotonic() - began


def test_story_published_on_one_machine_is_read_on_the_other_at_once_and_through_nginx_within_ten_seconds(
    town, secretary
):
    before = read(town, "/")
    assert read_at(town, 1, "/").status == 200

    address = published(secretary, next(town.waiting))

    assert [read_at(town, machine, address).status for machine in (0, 1)] == [200, 200]
    assert address in read_at(town, 1, "/").text
    assert read(town, address).status == 200
    assert shared_for(before) <= FORGOTTEN
    becomes(town, "/", lambda answer: address in answer.text)


def test_story_withdrawn_on_one_machine_is_gone_on_the_other_at_once_and_from_nginx_within_ten_seconds(town, secretary):
    address = published(secretary, next(town.waiting))
    page = [read(town, address) for _reader in range(2)][1]
    assert (page.status, page.headers["X-Cache-Status"]) == (200, "HIT")
    assert read_at(town, 1, address).status == 200
    title = re.search("<h1[^>]*>\\s*(.*?)\\s*</h1>", page.text)[1]

    pk = re.search(r"-(\d+)\.html", address)[1]
    form = f"/admin/articles/article/{pk}/withdraw/"
    asked = secretary.get(form)
    answer = secretary.post(form, as_typed(asked.text) | {"reason": "Nhân vật yêu cầu."})

    assert answer.status == 302
    gone = read_at(town, 1, address)
    assert (gone.status, title in gone.text) == (410, False)
    assert shared_for(page) <= FORGOTTEN
    becomes(town, address, lambda answer: answer.status == 410)
    becomes(town, "/", lambda answer: title not in answer.text)


@pytest.mark.parametrize("path", ["/", "/thoi-su/", "/rss/tin-moi.xml", "/sitemap.xml", "story"])
def test_public_pages_are_kept_by_nginx_and_hand_out_no_cookie(town, path):
    path = town.story if path == "story" else path
    read(town, path)

    answer = read(town, path)

    assert (answer.status, answer.headers["X-Cache-Status"]) == (200, "HIT")
    assert answer.headers["Set-Cookie"] is None
    assert shared_for(answer) <= FORGOTTEN


def test_unchanged_page_is_not_sent_again(town):
    etag = read(town, town.story).headers["ETag"]

    again = read(town, town.story, If_None_Match=etag)

    assert (again.status, again.content) == (304, b"")


def test_whoever_has_a_session_is_never_answered_from_what_is_kept(town, secretary):
    read(town, "/")

    answer = read(town, "/", Cookie=secretary.cookie)
    stranger = read(town, "/", Cookie="theme=dark; sessionid=")

    assert [one.headers["X-Cache-Status"] for one in (answer, stranger)] == ["BYPASS", "BYPASS"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    desk = read(town, "/admin/", Cookie=secretary.cookie)
    assert (desk.status, desk.headers["X-Cache-Status"]) == (200, None)
    assert read(town, "/admin/").status == 302


def test_what_is_sent_is_never_kept_and_search_neither(town):
    pk = re.search(r"-(\d+)\.html", town.story)[1]
    sent = [read(town, f"/binh-luan/{pk}/", "POST", b"text=x", Sec_Fetch_Site="same-origin") for _time in range(2)]
    found = [read(town, "/tim-kiem/?q=ben+do") for _time in range(2)]

    assert [answer.headers["X-Cache-Status"] for answer in sent + found] == [None] * 4
    assert sent[0].status == 400
    assert [answer.status for answer in found] == [200, 200]


def test_pages_are_served_while_redis_is_away_and_when_it_is_back_and_empty(town):
    town.redis.stop()
    try:
        without = [read_at(town, machine, path) for machine in (0, 1) for path in ("/", town.story)]
    finally:
        town.redis.start()
    again = [read_at(town, machine, path) for machine in (0, 1) for path in ("/", town.story)]

    assert [answer.status for answer in without + again] == [200] * 8
    assert all("cannot be reached" in web.log.read_text() for web in town.webs)


def test_files_are_served_packed_and_for_ever_and_nothing_beside_them(town):
    sheet = re.search(r"/static/css/site\.[0-9a-f]{12}\.css", read(town, "/").text)[0]

    packed = {kind: read(town, sheet, Accept_Encoding=kind) for kind in ("br", "gzip", "identity")}

    assert [answer.headers["Content-Encoding"] for answer in packed.values()] == ["br", "gzip", None]
    assert len(packed["br"].content) < len(packed["gzip"].content) < len(packed["identity"].content)
    assert {answer.headers["Cache-Control"] for answer in packed.values()} == {"public, max-age=31536000, immutable"}
    (town.folder / "var" / "secret_key").write_text("khóa của máy")
    hidden = ("/static/../secret_key", "/secret_key/", "/errors/503.html", "/503.html", "/static/..%2fsecret_key")
    assert [read(town, path).status for path in hidden] == [404] * 5
    assert not any("khóa" in read(town, path).text for path in hidden)


def test_pictures_are_served_as_what_they_are_and_originals_never(town):
    shown = read(town, f"/media/{town.picture}/card-240.webp")

    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/webp")
    assert shown.headers["Content-Security-Policy"] is None, "not from the application"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    missing = [f"{town.picture}/card-241.webp", f"{town.picture}/card-240.html", town.original, "../private/x.jpg"]
    assert [read(town, f"/media/{name}").status for name in missing] == [404, 404, 404, 404]


def test_too_large_and_too_many_are_answered_in_vietnamese(town):
    large = read(town, "/binh-luan/1/", "POST", b"x" * (1024**2 + 1))
    guesses = [read(town, "/admin/login/", "POST", b"username=a") for _guess in range(20)]

    assert (large.status, "quá lớn" in large.text) == (413, True)
    assert [answer.status for answer in guesses[:10]] == [403] * 10
    assert (guesses[-1].status, "quá nhiều yêu cầu" in guesses[-1].text) == (429, True)


def test_machine_that_is_stopped_is_not_missed_and_without_any_there_is_the_static_page(town):
    first, second = town.webs
    first.stop()
    try:
        assert [read(town, f"/tim-kiem/?q=ben+{number}").status for number in range(4)] == [200] * 4
        second.stop()
        answer = read(town, "/tim-kiem/?q=ben")
    finally:
        for web in (first, second):
            web.stop()
            web.start()

    assert (answer.status, answer.headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert ("Báo Bình Nguyên" in answer.text, answer.headers["Cache-Control"]) == (True, "no-store")


def test_plain_address_leads_to_the_safe_one_and_foreign_names_to_nothing(town):
    led = ask(town.front.plain_port, "/thoi-su/?truoc=1", Host=HOST)

    assert (led.status, led.headers["Location"]) == (301, f"https://{HOST}/thoi-su/?truoc=1")
    with pytest.raises((ConnectionError, OSError)):
        ask(town.front.plain_port, "/", Host="khac.example")
