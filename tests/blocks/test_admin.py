"""The desk of blocks: order, form, picks, and previews that change nothing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from blocks.models import Block, BlockItem, Form, Kind, Place
from tests import build

pytestmark = pytest.mark.django_db

LIST = reverse("admin:blocks_block_changelist")
FRONT = reverse("admin:blocks_block_front")
FRONT_AT = reverse("admin:blocks_block_front_at")
ADD = reverse("admin:blocks_block_add")


def address(name: str, block: Block) -> str:
    return reverse(f"admin:blocks_block_{name}", args=[block.pk])


@pytest.fixture
def desk(client):
    client.force_login(build.member("Thư ký tòa soạn"))
    return client


def typed(block: Block | None = None, picks=(), **fields) -> dict:
    """The form as the browser sends it, with picks of stories."""
    data = {
        "heading": "Tin nổi bật",
        "kind": Kind.NEWEST,
        "period": "week",
        "count": 5,
        "place": Place.FRONT,
        "form": Form.HEADLINES,
        "order": 0,
        "items-TOTAL_FORMS": len(picks),
        "items-INITIAL_FORMS": 0,
    }
    for number, story in enumerate(picks):
        data |= {f"items-{number}-article": story.pk, f"items-{number}-order": number}
        data |= {f"items-{number}-block": block.pk} if block else {}
    return data | fields


# --- Who may ---


@pytest.mark.parametrize(("group", "code"), [("Thư ký tòa soạn", 200), ("Biên tập viên", 403), ("Phóng viên", 403)])
def test_blocks_are_the_business_of_the_secretary(client, group, code):
    block = build.block()
    build.article()
    client.force_login(build.member(group))
    pages = [LIST, FRONT, ADD, *(address(name, block) for name in ("change", "preview", "frame"))]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, code)


def test_one_who_only_looks_previews_what_is_saved_and_writes_nothing(client):
    block = build.block(heading="Cũ")
    build.article()
    client.force_login(build.user("blocks.view_block"))

    assert client.get(LIST).status_code == 200
    assert client.get(address("preview", block)).status_code == 200
    assert client.post(address("frame", block), typed(block)).status_code == 403
    assert client.post(address("change", block), typed(block)).status_code == 403
    assert client.post(reverse("admin:blocks_block_frame_new"), typed()).status_code == 403
    assert Block.objects.get().heading == "Cũ"


# --- The list ---


def test_list_stands_by_place_and_order_as_on_the_page(desk):
    build.block(heading="Dưới bài", place=Place.BELOW)
    build.block(heading="Thứ hai", order=2)
    build.block(heading="Trang mục", place=Place.SECTION)
    build.block(heading="Thứ nhất", order=1)

    shown = [block.heading for block in desk.get(LIST).context["cl"].result_list]

    assert shown == ["Thứ nhất", "Thứ hai", "Trang mục", "Dưới bài"]


def test_blocks_of_one_story_are_listed_apart(desk):
    build.block(heading="Chung")
    build.block(heading="Riêng", place=Place.BELOW, article=build.article())

    def listed(**query):
        return [block.heading for block in desk.get(LIST, query).context["cl"].result_list]

    assert (listed(), listed(rieng="1")) == (["Chung"], ["Riêng"])


def test_order_is_changed_in_the_list(desk):
    first, second = build.block(heading="Một", order=1), build.block(heading="Hai", order=2)
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "1"}
    data |= {"form-0-id": first.pk, "form-0-order": 20, "form-1-id": second.pk, "form-1-order": 10}

    desk.post(LIST, data)

    assert list(Block.objects.values_list("heading", flat=True)) == ["Hai", "Một"]


# --- The form ---


def test_block_picked_by_hand_is_made_with_its_picks(desk):
    stories = build.articles(2)

    desk.post(ADD, typed(picks=stories, kind=Kind.PICKED, fill_kind=Kind.NEWEST))

    made = Block.objects.get()
    assert (made.heading, made.kind) == ("Tin nổi bật", Kind.PICKED)
    assert [item.article for item in made.items.all()] == stories


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": Kind.SECTION}, "__all__"),
        ({"count": 0}, "__all__"),
        ({"fill_kind": Kind.NEWEST}, "fill_kind"),
        (
            {"starts_at_0": "02/12/2026", "starts_at_1": "08:00", "ends_at_0": "01/12/2026", "ends_at_1": "08:00"},
            "__all__",
        ),
        ({"starts_at_0": "31/02/2026", "starts_at_1": "08:00"}, "starts_at"),
    ],
)
def test_block_that_cannot_be_is_refused_with_the_reason(desk, fields, field):
    response = desk.post(ADD, typed(**fields))

    assert not Block.objects.exists()
    assert list(response.context["adminform"].form.errors) == [field]


def test_days_are_read_day_first(desk):
    desk.post(ADD, typed(starts_at_0="02/07/2026", starts_at_1="08:00"))

    assert f"{timezone.localtime(Block.objects.get().starts_at):%Y-%m-%d %H:%M}" == "2026-07-02 08:00"


# --- Previews ---


@pytest.mark.parametrize("place", Place.values)
def test_saved_block_is_shown_alone_and_on_its_page(desk, place):
    story, other = build.article(title="Bài đang mở"), build.article(title="Bài trong khối", hours_ago=2)
    block = build.block(heading="Khối thử", place=place, count=3, allow_repeat=True)

    alone = desk.get(address("frame", block), {"alone": 1}).content.decode()
    whole = desk.get(address("frame", block)).content.decode()

    assert "Khối thử" in alone
    assert other.title in alone
    assert "Khối thử" in whole
    assert story.title in whole
    assert 'id="main"' in whole


def test_form_is_previewed_without_being_saved(desk):
    first, second = build.article(title="Bài chọn một"), build.article(title="Bài chọn hai")
    block = build.block(heading="Đã lưu")

    page = desk.post(
        address("frame", block) + "?alone=1", typed(block, [second], kind=Kind.PICKED, heading="Chưa lưu")
    ).content.decode()

    assert "Chưa lưu" in page
    assert second.title in page
    assert first.title not in page
    assert (Block.objects.get().heading, BlockItem.objects.count()) == ("Đã lưu", 0)


def test_new_block_is_previewed_on_the_front_page_without_being_saved(desk):
    build.article(title="Bài mới nhất")

    page = desk.post(reverse("admin:blocks_block_frame_new"), typed(heading="Khối mới")).content.decode()

    assert "Khối mới" in page
    assert "Bài mới nhất" in page
    assert not Block.objects.exists()


def test_preview_of_a_faulty_form_names_the_fault(desk):
    page = desk.post(reverse("admin:blocks_block_frame_new"), typed(count="nhiều", heading="Khối mới"))

    assert page.status_code == 200
    assert "Khối mới" not in page.content.decode()
    assert page.context["sentences"]


def test_preview_hides_what_readers_must_not_see(desk):
    build.article(title="Bài đã đăng")
    build.article(title="Bản nháp kín", status="draft", published_at=None)
    block = build.block(heading="Khối thử", count=9)

    page = desk.get(address("frame", block)).content.decode()

    assert "Bài đã đăng" in page
    assert "Bản nháp kín" not in page


def test_block_out_of_its_period_says_so(desk):
    build.article(title="Bài đã đăng")
    block = build.block(heading="Khối cũ", ends_at=timezone.now() - timedelta(days=1))

    page = desk.get(address("frame", block), {"alone": 1})

    assert "Bài đã đăng" not in page.content.decode()
    assert len(page.context["sentences"]) == 1


def test_preview_without_any_story_says_so(desk):
    block = build.block(place=Place.BELOW)

    assert desk.get(address("frame", block)).context["sentences"]


def test_only_pages_with_a_preview_may_frame_our_own(desk):
    block = build.block()
    build.article()

    def frames(page: str) -> bool:
        policy = desk.get(page).headers["Content-Security-Policy"]
        return "'self'" in next(part for part in policy.split(";") if part.strip().startswith("frame-src"))

    assert frames(address("change", block))
    assert frames(address("preview", block))
    assert not frames(LIST)
    assert not frames("/")


def test_front_page_at_a_glance_names_blocks_their_titles_and_the_empty_ones(desk):
    build.articles(2)
    build.block(heading="Mới nhất", order=1)
    build.block(heading="Đọc nhiều", kind=Kind.MOST_READ, order=2)
    build.block(heading="Dưới bài", place=Place.BELOW)

    response = desk.get(FRONT)

    assert [row["label"] for row in response.context["rows"]] == ["Mới nhất", "Đọc nhiều"]
    assert [bool(row["filled"]) for row in response.context["rows"]] == [True, False]
    assert "Bản tin số 1" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"heading": "Đọc nhiều"}, "Đọc nhiều"),
        ({"form": Form.LEAD}, "Bài chính và các bài phụ (mới nhất)"),
        ({"kind": Kind.MOST_READ, "form": Form.NUMBERED}, "Danh sách đánh số (xem nhiều nhất)"),
    ],
)
def test_block_without_a_heading_is_named_by_what_it_looks_like_and_holds(desk, fields, name):
    build.block(**fields)
    assert [row["label"] for row in desk.get(FRONT).context["rows"]] == [name]


# --- The front page at a minute ahead


def minute(**ahead) -> dict:
    """A minute so far from now, as the form sends it."""
    at = timezone.localtime() + timedelta(**ahead)
    return {"at_0": f"{at:%d/%m/%Y}", "at_1": f"{at:%H:%M}"}


def titles_at(desk, **ahead) -> set[str]:
    page = desk.get(FRONT_AT, minute(**ahead)).text
    titles = ("Hẹn sau hai giờ", "Hết hạn sau một giờ", "Bản nháp kín", "Khối chiều")
    return {title for title in titles if title in page}


def test_front_page_ahead_holds_what_will_have_come_and_not_what_will_have_gone(desk):
    now = timezone.now()
    build.article(title="Hẹn sau hai giờ", hours_ago=-2, series=build.series("Chuyên đề sắp ra"))
    build.article(title="Hết hạn sau một giờ", expires_at=now + timedelta(hours=1))
    build.article(title="Bản nháp kín", status="draft", published_at=None)
    build.block(heading="Mới nhất", count=9)
    build.block(heading="Khối chiều", kind=Kind.PICKED, starts_at=now + timedelta(hours=3))
    build.pick(Block.objects.get(kind=Kind.PICKED), Article.objects.get(title="Hẹn sau hai giờ"))

    assert titles_at(desk, minutes=30) == {"Hết hạn sau một giờ"}
    assert titles_at(desk, hours=2, minutes=5) == {"Hẹn sau hai giờ"}
    assert titles_at(desk, hours=3, minutes=5) == {"Hẹn sau hai giờ", "Khối chiều"}
    assert "Chuyên đề sắp ra" in desk.get(FRONT_AT, minute(hours=3)).text
    assert "Hẹn sau hai giờ" not in desk.get("/").text


def test_front_page_of_this_very_minute_is_the_one_that_readers_get(desk):
    build.articles(5)
    build.block(heading="Mới nhất", form=Form.TICKER)
    readers = desk.get("/").text

    framed = unescape(re.search(r'srcdoc="([^"]*)"', desk.get(FRONT_AT, minute(minutes=1)).text)[1])

    assert re.search("<main.*</main>", framed, re.DOTALL)[0] == re.search("<main.*</main>", readers, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"at_0": "01/12/2020", "at_1": "08:00"}, "Thời điểm này đã qua."),
        ({"at_0": "31/02/2027", "at_1": "08:00"}, "Ngày không hợp lệ."),
        ({"at_0": "01/12/2027", "at_1": "25:99"}, "Giờ không hợp lệ."),
        ({"at_0": "ngày mai", "at_1": "9" * 400}, "Ngày không hợp lệ."),
        ({"at_0": "", "at_1": ""}, "Ô này bắt buộc phải điền."),
    ],
)
def test_minute_that_is_none_or_has_passed_is_refused_in_words(desk, asked, sentence):
    page = desk.get(FRONT_AT, asked)

    assert page.status_code == 200
    assert sentence in page.text
    assert "srcdoc" not in page.text


def test_front_page_ahead_is_for_those_who_change_blocks(client):
    client.force_login(build.user("blocks.view_block"))
    assert client.get(FRONT_AT).status_code == 403
    client.logout()
    assert client.get(FRONT_AT).status_code == 302
