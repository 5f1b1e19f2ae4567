"""The moderators' queue: who may look, who may act, and that nothing happens but what was pressed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.models import Comment, ModerationAction, Status
from tests import build

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:comments_comment_changelist")
BULK = reverse("admin:comments_comment_bulk")


def sent(*, hours_ago: float = 1, **fields) -> Comment:
    return build.comment(created_at=timezone.now() - timedelta(hours=hours_ago), **fields)


def act_url(comment) -> str:
    return reverse("admin:comments_comment_act", args=[comment.pk])


@pytest.fixture
def moderator():
    return build.member("Kiểm duyệt bình luận", full_name="Bá Đạt")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def press(client, comment, act, *, seen=Status.HELD, **data):
    return client.post(act_url(comment), {"act": act, "seen": seen, **data}, follow=True)


def state(comment) -> str:
    return Comment.objects.get(pk=comment.pk).status


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- Who may look, who may act ---


@pytest.mark.parametrize(
    ("group", "code"), [("Kiểm duyệt bình luận", 200), ("Biên tập viên", 200), ("Quản trị", 200), ("Phóng viên", 403)]
)
def test_queue_is_read_by_those_who_may(client, group, code):
    comment = sent()
    client.force_login(build.member(group))

    assert client.get(QUEUE).status_code == code
    assert client.get(reverse("admin:comments_comment_change", args=[comment.pk])).status_code == code


@pytest.mark.parametrize(
    ("group", "after"), [("Kiểm duyệt bình luận", Status.APPROVED), ("Biên tập viên", Status.HELD)]
)
def test_acts_are_done_by_moderators_alone(client, group, after):
    first, second = sent(), sent()
    client.force_login(build.member(group))

    one = client.post(act_url(first), {"act": "approve", "seen": "held"})
    many = client.post(BULK, {"act": "approve", "seen": "held", "chosen": [second.pk]})

    assert [state(first), state(second)] == [after, after]
    assert {one.status_code, many.status_code} == ({302} if after == Status.APPROVED else {403})


def test_one_who_only_looks_sees_neither_buttons_nor_addresses(client, desk):
    sent(email="ban.doc@example.org")
    for_moderator = desk.get(QUEUE).content.decode()
    client.force_login(build.member("Biên tập viên"))
    for_editor = client.get(QUEUE).content.decode()

    assert "ban.doc@example.org" in for_moderator
    assert 'value="approve"' in for_moderator
    assert "ban.doc@example.org" not in for_editor
    assert 'value="approve"' not in for_editor


def test_stranger_is_sent_to_sign_in(client):
    assert client.get(QUEUE).url.startswith(reverse("admin:login"))


def test_get_never_acts(desk):
    comment = sent()

    assert desk.get(act_url(comment), {"act": "approve", "seen": "held"}).status_code == 405
    assert desk.get(BULK, {"act": "approve", "seen": "held", "chosen": comment.pk}).status_code == 405
    assert state(comment) == Status.HELD


def test_nobody_adds_erases_or_rewrites(client):
    comment = sent(text="Ý kiến nguyên văn")
    client.force_login(build.member(is_superuser=True))

    for page in ("add/", f"{comment.pk}/delete/", f"{comment.pk}/history/"):
        assert client.post(QUEUE + page, {"post": "yes", "text": "khác"}).status_code == 404
    client.post(reverse("admin:comments_comment_change", args=[comment.pk]), {"text": "khác"})

    assert Comment.objects.get().text == "Ý kiến nguyên văn"


# --- One by one ---


def test_approved_comment_is_told_and_the_next_one_is_shown(desk):
    older = sent(name="Người gửi trước", hours_ago=2)
    newer = sent(name="Người gửi sau", hours_ago=1)

    response = press(desk, newer, "approve", back="tinh_trang=cho")

    assert state(newer) == Status.APPROVED
    assert "Người gửi sau" in told(response)
    assert response.context["reading"].comment == older


def test_last_of_the_list_leads_back_to_the_first(desk):
    older, newer = sent(hours_ago=2), sent(hours_ago=1)

    response = press(desk, older, "approve", back="tinh_trang=cho")

    assert response.context["reading"].comment == newer


def test_act_keeps_tab_and_filter(desk):
    suspect = sent(suspicion="Giống rác: số điện thoại", text="Gọi ngay nhé")

    response = press(desk, suspect, "reject", reason="advert", back=f"tinh_trang=nghi-rac&q=goi&chon={suspect.pk}")

    assert response.context["queue"].tab.slug == "nghi-rac"
    assert response.context["queue"].filter["q"].value() == "goi"
    assert response.context["queue"].rows == []


def test_rejecting_takes_a_reason_and_logs_it(desk, moderator):
    comment = sent()

    without = press(desk, comment, "reject")
    assert state(comment) == Status.HELD
    assert without.context["reading"].comment == comment

    press(desk, comment, "reject", reason="advert")
    logged = ModerationAction.objects.get()
    assert state(comment) == Status.REJECTED
    assert (logged.act, logged.by) == ("reject", moderator)
    assert logged.reason


def test_hiding_takes_an_approved_comment_away(desk, moderator):
    comment = moderation.approve(comment=sent(), by=moderator)

    press(desk, comment, "hide", seen=Status.APPROVED, reason="private")

    assert state(comment) == Status.HIDDEN


def test_comment_decided_by_a_colleague_stays_and_says_so(desk):
    comment = sent()
    colleague = build.member("Kiểm duyệt bình luận", full_name="Lò Thị Son")
    moderation.reject(comment=comment, by=colleague, reason="Quảng cáo")

    response = press(desk, comment, "approve")

    assert state(comment) == Status.REJECTED
    assert "Lò Thị Son" in told(response)
    assert ModerationAction.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"act": "erase", "seen": "held"}, {"act": "approve", "seen": "maybe"}])
def test_garbled_act_does_nothing(desk, data):
    comment = sent()

    assert told(desk.post(act_url(comment), data, follow=True))
    assert state(comment) == Status.HELD


def test_act_on_its_own_page_stays_there(desk):
    comment = sent()

    response = press(desk, comment, "approve", alone="1")

    assert response.redirect_chain[-1][0] == reverse("admin:comments_comment_change", args=[comment.pk])
    assert "Bá Đạt" in response.content.decode()


# --- In bulk ---


def test_ticked_comments_are_approved_and_the_rest_is_not(desk):
    ticked, left = [sent(), sent()], sent()

    response = desk.post(
        BULK, {"act": "approve", "seen": "held", "chosen": [comment.pk for comment in ticked]}, follow=True
    )

    assert [state(comment) for comment in ticked] == [Status.APPROVED] * 2
    assert state(left) == Status.HELD
    assert "2" in told(response)


def test_bulk_tells_how_many_could_not_be_changed_and_why(desk):
    free, taken = sent(), sent()
    moderation.approve(comment=taken, by=build.member("Kiểm duyệt bình luận", full_name="Lò Thị Son"))

    response = desk.post(
        BULK, {"act": "reject", "reason": "advert", "seen": "held", "chosen": [free.pk, taken.pk]}, follow=True
    )

    assert [state(free), state(taken)] == [Status.REJECTED, Status.APPROVED]
    assert "Lò Thị Son" in told(response)


def test_bulk_without_reason_asks_for_it_and_forgets_nothing(desk):
    comments = [sent(name="Vàng A Chỉnh"), sent(name="Đỗ Văn Ngữ")]
    data = {"act": "reject", "seen": "held", "chosen": [comment.pk for comment in comments], "back": "tinh_trang=cho"}

    asked = desk.post(BULK, data)

    assert {state(comment) for comment in comments} == {Status.HELD}
    assert "Vàng A Chỉnh" in asked.content.decode()
    assert asked.content.decode().count('name="chosen"') == 2
    desk.post(BULK, data | {"reason": "insult"})
    assert {state(comment) for comment in comments} == {Status.REJECTED}


def test_bulk_with_nothing_ticked_says_so(desk):
    sent()

    response = desk.post(BULK, {"act": "approve", "seen": "held"}, follow=True)

    assert told(response)
    assert not ModerationAction.objects.exists()


# --- Tabs, search, filters ---


def shown(response) -> list[str]:
    return [comment.name for comment in response.context["queue"].rows]


def test_tabs_part_comments_by_state(desk, moderator):
    sent(name="Chờ", hours_ago=1)
    sent(name="Rác", suspicion="Giống rác: đường dẫn", hours_ago=2)
    approved = moderation.approve(comment=sent(name="Duyệt"), by=moderator)
    hidden = moderation.approve(comment=sent(name="Ẩn"), by=moderator)
    moderation.hide(comment=hidden, by=moderator, reason="Lộ thông tin riêng")
    moderation.reject(comment=sent(name="Từ chối"), by=moderator, reason="Quảng cáo")

    found = {
        slug: shown(desk.get(QUEUE, {"tinh_trang": slug}))
        for slug in ("cho", "nghi-rac", "da-duyet", "tu-choi", "da-an")
    }

    assert found == {
        "cho": ["Chờ", "Rác"],
        "nghi-rac": ["Rác"],
        "da-duyet": [approved.name],
        "tu-choi": ["Từ chối"],
        "da-an": ["Ẩn"],
    }
    assert "Giống rác: đường dẫn" in desk.get(QUEUE).content.decode()


@pytest.mark.parametrize("query", ["thuy loi", "THỦY LỢI", "thuỷ lợi", "nguyen huu uoc"])
def test_search_finds_text_and_name_with_and_without_marks(desk, query):
    sent(name="Nguyễn Hữu Ước", text="Mong báo viết thêm về quỹ thủy lợi của xã.")
    sent(name="Đỗ Văn Ngữ", text="Bài hay.")

    assert shown(desk.get(QUEUE, {"q": query})) == ["Nguyễn Hữu Ước"]


def test_filters_narrow_by_section_and_day(desk):
    farming = build.section("Nông nghiệp", parent=build.section("Kinh tế"))
    sent(name="Trong mục", article=build.article(section=farming), hours_ago=1)
    sent(name="Ngoài mục", hours_ago=1)
    sent(name="Ngày xưa", article=build.article(section=farming), hours_ago=24 * 10)
    recent = timezone.localdate() - timedelta(days=2)

    data = {"chuyen_muc": build.section("Kinh tế").pk, "tu": f"{recent:%d/%m/%Y}"}

    assert shown(desk.get(QUEUE, data)) == ["Trong mục"]
    assert shown(desk.get(QUEUE, {"den": f"{recent:%d/%m/%Y}"})) == ["Ngày xưa"]


@pytest.mark.parametrize(
    "data",
    [
        {"tu": "31/02/2026", "chuyen_muc": "x", "den": "hôm qua"},
        {"chon": "abc", "trang": "-1", "tinh_trang": "?"},
        {"chon": "9" * 30, "trang": "9" * 30},
        {"chon": "99999", "q": "\x00"},
    ],
)
def test_garbled_address_still_shows_the_queue(desk, data):
    sent(name="Đỗ Văn Ngữ")

    response = desk.get(QUEUE, data)

    assert response.status_code == 200
    assert shown(response) == ["Đỗ Văn Ngữ"]


def test_markup_in_a_comment_is_shown_as_typed(desk):
    sent(text="<script>alert(1)</script>", name="<b>Tên</b>")

    page = desk.get(QUEUE).content.decode()

    assert "<script>alert" not in page
    assert "<b>Tên" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_older_comments_are_on_further_pages(desk):
    story = build.article()
    for number in range(31):
        sent(name=f"Bạn đọc {number}", article=story, hours_ago=number)

    first, second = desk.get(QUEUE), desk.get(QUEUE, {"trang": 2})

    assert len(shown(first)) == 30
    assert shown(second) == ["Bạn đọc 30"]
    assert not second.context["queue"].older


def test_queue_takes_the_same_queries_with_1_and_30_comments(desk, moderator):
    def fill(number):
        for _ in range(number):
            moderation.approve(comment=sent(article=story), by=moderator)
            sent(article=build.article(), suspicion="Giống rác: số điện thoại")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(QUEUE).status_code == 200
        return len(captured)

    story = build.article()
    sent(article=story, hours_ago=-1)
    fill(1)
    with_one = queries()
    fill(29)

    assert queries() == with_one <= 20


# --- In the browser ---


def sign_in(visit, person, **how):
    page = visit(f"{reverse('admin:login')}?next={QUEUE}", **how)
    page.fill("#id_username", person.username)
    page.fill("#id_password", "mật khẩu thử")
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{QUEUE}")
    return page


@pytest.fixture
def chief():
    person = build.member(is_superuser=True)
    person.set_password("mật khẩu thử")
    person.save()
    return person


@pytest.mark.django_db(transaction=True)
def test_keys_approve_and_reject(visit, chief):
    first, second = sent(name="Đọc trước", hours_ago=1), sent(name="Đọc sau", hours_ago=2)
    page = sign_in(visit, chief)

    page.keyboard.press("d")
    page.wait_for_selector(".queue-reading :text('Đọc sau')")
    page.keyboard.press("t")
    page.select_option("#reason_reject", "advert")
    page.locator("h1").click()
    page.keyboard.press("t")
    page.wait_for_selector(".queue-empty")

    assert (state(first), state(second)) == (Status.APPROVED, Status.REJECTED)


@pytest.mark.django_db(transaction=True)
def test_queue_works_without_script(visit, chief):
    first, second = sent(name="Đọc trước", hours_ago=1), sent(name="Đọc sau", hours_ago=2)
    page = sign_in(visit, chief, script=False)

    page.locator(".queue-rows a", has_text="Đọc sau").click()
    page.locator('.acts button[value="approve"]').click()
    page.wait_for_selector(".messagelist .success")
    page.locator('.queue-rows input[name="chosen"]').check()
    page.locator('#bulk button[value="reject"]').click()
    page.select_option("#bulk_reason", "advert")
    page.locator('.queue-bulk button[value="reject"]').click()
    page.wait_for_selector(".queue-empty")

    assert (state(first), state(second)) == (Status.REJECTED, Status.APPROVED)
