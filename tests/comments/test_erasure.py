"""What a reader may ask for by law: a copy of what is stored about them, and that it be erased, everywhere."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from comments import erasure, moderation, posting
from comments.models import Comment, ModerationAction, Status
from tests import build

pytestmark = pytest.mark.django_db

ERASED = "Đã xóa theo yêu cầu"
EMAIL = "ngu@thu.vn"
PERSONAL = ("Đỗ Văn Ngữ", EMAIL, "vùng thấp", "203.0.113.0/24")
PAGE = reverse("admin:comments_comment_person")
QUEUE = reverse("admin:comments_comment_changelist")


@pytest.fixture
def admin():
    return build.member("Quản trị", full_name="Lò Thị Son")


@pytest.fixture
def moderator():
    return build.member("Kiểm duyệt bình luận", full_name="Bá Đạt")


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def sent(**fields) -> Comment:
    return build.comment(**{"email": EMAIL, "address": "203.0.113.0/24", "suspicion": "nhiều liên kết"} | fields)


def again(comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


# --- The acts ---


def test_erasing_replaces_everything_personal_and_keeps_the_rest(admin):
    before = sent(created_at=timezone.now() - timedelta(days=3))

    assert erasure.erase(email=EMAIL, by=admin, reason="Thư ngày 20/11") == 1

    after = again(before)
    assert (after.name, after.text) == (ERASED, ERASED)
    assert (after.email, after.address, after.key, after.suspicion) == ("", "", "", "")
    assert not any(word in after.search_text for word in ("ngu", "thap", "thieu"))
    kept = ("article_id", "status", "created_at", "consent_version", "consent_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@pytest.mark.parametrize("status", Status)
def test_erasing_keeps_the_state_and_the_log(admin, moderator, status):
    comment = sent(status=status)
    earlier = ModerationAction.objects.create(comment=comment, act="approve", by=moderator, before=Status.HELD)

    erasure.erase(email=EMAIL, by=admin, reason=" Thư ngày 20/11 ")

    last, first = comment.actions.all()
    assert first == earlier
    assert (last.act, last.by, last.before, last.reason) == ("erase", admin, status, "Thư ngày 20/11")
    assert again(comment).status == status


def test_erasing_leaves_other_readers_alone(admin):
    sent()
    others = [sent(email="x" + EMAIL), sent(email="ngu@thu.vn.example"), sent(email="ng_@thu.vn")]

    assert erasure.erase(email=EMAIL, by=admin, reason="Thư") == 1
    assert erasure.erase(email="%", by=admin, reason="Thư") == 0
    assert erasure.erase(email="", by=admin, reason="Thư") == 0

    assert [again(other).text for other in others] == [other.text for other in others]
    assert ModerationAction.objects.count() == 1


def test_erasing_twice_finds_nothing(admin):
    sent()
    erasure.erase(email=EMAIL, by=admin, reason="Thư")

    assert erasure.erase(email=EMAIL, by=admin, reason="Thư") == 0
    assert ModerationAction.objects.count() == 1


@pytest.mark.parametrize("asked", ["NGU@Thu.VN", " ngu@thu.vn "])
@pytest.mark.parametrize("stored", ["ngu@thu.vn", "Ngu@thu.vn"])
def test_capitals_of_the_address_do_not_matter(admin, asked, stored):
    comment = sent(email=stored)

    assert len(erasure.export(email=asked, by=admin)["comments"]) == 1
    assert erasure.erase(email=asked, by=admin, reason="Thư") == 1
    assert again(comment).is_erased


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_erasing_wants_a_reason_that_fits_the_log(admin, reason):
    comment = sent()

    with pytest.raises(moderation.Refused):
        erasure.erase(email=EMAIL, by=admin, reason=reason)
    assert again(comment).email == EMAIL


def test_acts_without_the_right_are_refused(moderator):
    comment = sent()

    with pytest.raises(moderation.Refused):
        erasure.erase(email=EMAIL, by=moderator, reason="Thư")
    with pytest.raises(moderation.Refused):
        erasure.export(email=EMAIL, by=moderator)
    assert again(comment).email == EMAIL
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", ["approve", "reject", "hide"])
def test_nothing_is_decided_on_an_erased_comment(admin, moderator, status, act):
    comment = sent(status=status)
    erasure.erase(email=EMAIL, by=admin, reason="Thư")
    reason = {} if act == "approve" else {"reason": "Quảng cáo"}

    with pytest.raises(moderation.Refused) as refused:
        getattr(moderation, act)(comment=comment, by=moderator, **reason)

    assert "theo yêu cầu" in refused.value.sentence
    assert again(comment).status == status


def test_database_keeps_no_half_erased_comment():
    comment = sent()

    for half in ({"is_erased": True}, {"email": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**half)


def test_same_text_of_an_erased_reader_may_be_sent_anew(admin):
    old = sent(article=build.article(comments_open=True))
    erasure.erase(email=EMAIL, by=admin, reason="Thư")

    new = posting.receive(
        article_id=old.article_id, sent=posting.Sent(name="Đỗ Văn Ngữ", email=EMAIL, text="Xã tôi thiếu nước.")
    )

    assert new != old
    assert new.email == EMAIL


# --- The copy ---


def test_copy_holds_all_that_is_stored_about_the_sender_and_nothing_of_others(admin, moderator):
    at = timezone.datetime(2026, 11, 20, 1, 2, 3, tzinfo=timezone.get_fixed_timezone(0))
    story = build.article(title="Cầu Bến Văn ngày thông xe")
    comment = sent(article=story, created_at=at, consent_at=at, consent_version="2026-11")
    moderation.reject(comment=comment, by=moderator, reason="Lạc đề")
    sent(article=story, email="khac@thu.vn", name="Người khác", text="Ý khác")

    copy = erasure.export(email=EMAIL, by=admin)

    (row,) = copy["comments"]
    assert copy["email"] == EMAIL
    assert row["story"]["title"] == "Cầu Bến Văn ngày thông xe"
    assert row["story"]["address"].endswith(story.get_absolute_url())
    assert (row["name"], row["email"], row["text"]) == (comment.name, EMAIL, comment.text)
    assert row["sent_at"] == "2026-11-20T08:02:03+07:00"
    assert row["consent"] == {"wording": "2026-11", "given_at": "2026-11-20T08:02:03+07:00"}
    assert (row["status"], row["network"]) == ("Đã từ chối", "203.0.113.0/24")
    assert row["suspicion"] == "nhiều liên kết"
    (act,) = row["moderation"]
    assert act["reason"] == "Lạc đề"
    assert set(act) == {"act", "at", "reason"}
    told = json.dumps(copy, ensure_ascii=False)
    assert not any(word in told for word in ("Người khác", "Ý khác", "khac@thu.vn", "Bá Đạt", moderator.username))


def test_copy_is_logged_without_the_address(admin):
    comment = sent()

    erasure.export(email=EMAIL, by=admin)

    entry = LogEntry.objects.get()
    assert entry.user == admin
    assert str(comment.pk) in entry.change_message
    assert EMAIL not in f"{entry.object_repr} {entry.change_message} {entry.object_id}"


# --- Where it is seen ---


def test_erased_comment_stays_in_its_place_on_the_public_pages(client, admin):
    story = build.article(comments_open=True)
    now = timezone.now()
    for number, fields in enumerate(({"email": "a@thu.vn"}, {}, {"email": "b@thu.vn"})):
        names = {"name": f"Bạn đọc {number}", "text": f"Ý kiến số {number}"} if fields else {}
        sent(article=story, status=Status.APPROVED, created_at=now - timedelta(hours=number), **names, **fields)

    erasure.erase(email=EMAIL, by=admin, reason="Thư")

    for address in (story.get_absolute_url(), f"/binh-luan/{story.pk}/"):
        page = client.get(address).content.decode()
        assert not any(piece in page for piece in PERSONAL)
        assert page.count(ERASED) == 1
        assert page.index("Ý kiến số 0") < page.index(ERASED) < page.index("Ý kiến số 2")


def test_receipt_of_an_erased_comment_still_opens_and_names_nobody(client, admin):
    comment = sent(article=build.article(comments_open=True))
    erasure.erase(email=EMAIL, by=admin, reason="Thư")

    page = client.get(f"/binh-luan/{comment.article_id}/", {"ma": posting.receipt_for(comment)}).content.decode()

    assert f"-{comment.pk}</span>" in page
    assert not any(piece in page for piece in PERSONAL)


@pytest.mark.parametrize(
    ("status", "tab"), [(Status.APPROVED, "da-duyet"), (Status.REJECTED, "tu-choi"), (Status.HIDDEN, "da-an")]
)
def test_queue_shows_an_erased_comment_without_its_sender_and_without_buttons(client, admin, moderator, status, tab):
    comment = sent(status=status)
    erasure.erase(email=EMAIL, by=admin, reason="Thư ngày 20/11")
    client.force_login(moderator)

    own = reverse("admin:comments_comment_change", args=[comment.pk])
    for page in (client.get(QUEUE, {"tinh_trang": tab}), client.get(own)):
        html = page.content.decode()
        assert ERASED in html
        assert "Thư ngày 20/11" in html
        assert not any(piece in html for piece in PERSONAL)
        assert 'name="seen" value="' + status not in html.partition('id="bulk"')[0]
    assert [row.pk for row in client.get(QUEUE, {"tinh_trang": tab, "q": "đỗ văn ngữ"}).context["queue"].rows] == []


def test_erased_comment_no_longer_waits(client, admin, moderator):
    comment = sent()
    erasure.erase(email=EMAIL, by=admin, reason="Thư")
    client.force_login(moderator)

    for tab in ("cho", "nghi-rac"):
        queue = client.get(QUEUE, {"tinh_trang": tab}).context["queue"]
        assert (queue.rows, queue.counts[tab]) == ([], 0)
    assert not Comment.objects.held().exists()
    url = reverse("admin:comments_comment_act", args=[comment.pk])
    told = client.post(url, {"act": "approve", "seen": "held"}, follow=True).context["messages"]
    assert "theo yêu cầu" in " ".join(map(str, told))
    assert again(comment).status == Status.HELD


# --- The page at the desk ---


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("Quản trị", 200),
        ("Kiểm duyệt bình luận", 403),
        ("Biên tập viên", 403),
        ("Thư ký tòa soạn", 403),
        ("Phóng viên", 403),
    ],
)
def test_page_is_entered_by_administrators_alone(client, group, code):
    comment = sent()
    client.force_login(build.member(group))

    assert client.get(PAGE).status_code == code
    assert client.post(PAGE, {"email": EMAIL, "act": "export"}).status_code == code
    client.post(PAGE, {"email": EMAIL, "act": "erase", "reason": "Thư"})
    assert again(comment).is_erased == (code == 200)
    if group != "Phóng viên":
        assert (PAGE in client.get(QUEUE).content.decode()) == (code == 200)


def test_stranger_is_sent_to_sign_in(client):
    assert client.get(PAGE).url.startswith(reverse("admin:login"))


def test_get_takes_nothing_out_and_erases_nothing(desk):
    comment = sent()

    for act in ("find", "export", "ask", "erase"):
        page = desk.get(PAGE, {"email": EMAIL, "act": act, "reason": "Thư"})
        assert EMAIL not in page.content.decode()
    assert again(comment).email == EMAIL
    assert not LogEntry.objects.exists()


def test_page_tells_how_many_and_offers_both(desk):
    sent()
    sent()

    page = desk.post(PAGE, {"email": "NGU@thu.vn", "act": "find"}).content.decode()

    assert "2 ý kiến" in page
    assert 'value="export"' in page
    assert 'value="ask"' in page


@pytest.mark.parametrize("act", ["find", "export", "ask", "erase"])
def test_unknown_address_is_told_and_offers_nothing(desk, act):
    page = desk.post(PAGE, {"email": "khongai@thu.vn", "act": act, "reason": "Thư"}).content.decode()

    assert "không lưu" in page
    assert not any(f'value="{offer}"' in page for offer in ("export", "ask", "erase"))


@pytest.mark.parametrize("email", ["", "ngu", "\x00@thu.vn", "x" * 300 + "@thu.vn"])
@pytest.mark.parametrize("act", ["find", "export", "ask", "erase", "?"])
def test_no_address_is_told_as_a_mistake(desk, email, act):
    page = desk.post(PAGE, {"email": email, "act": act})

    assert page.status_code == 200
    assert 'class="errorlist' in page.content.decode()


def test_copy_is_a_file_that_no_cache_keeps(desk):
    sent(text="Xã tôi thiếu nước.")

    response = desk.post(PAGE, {"email": EMAIL, "act": "export"})

    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith("attachment")
    assert EMAIL not in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert "Xã tôi thiếu nước." in response.content.decode()
    assert LogEntry.objects.count() == 1


def test_erasing_asks_first_and_wants_a_reason(desk):
    comment = sent()

    asked = desk.post(PAGE, {"email": EMAIL, "act": "ask"}).content.decode()
    without = desk.post(PAGE, {"email": EMAIL, "act": "erase", "reason": " "}).content.decode()

    assert 'value="erase"' in asked
    assert "errorlist" not in asked
    assert EMAIL in without
    assert 'value="erase"' in without
    assert "errorlist" in without
    assert not again(comment).is_erased


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_sender_is_erased_at_the_desk_without_script(visit):
    chief = build.member(is_superuser=True)
    chief.set_password("mật khẩu thử")
    chief.save()
    comment = sent()
    page = visit(f"{reverse('admin:login')}?next={PAGE}", script=False, width=360)
    page.fill("#id_username", chief.username)
    page.fill("#id_password", "mật khẩu thử")
    page.press("#id_password", "Enter")

    page.fill("#id_email", "Ngu@thu.vn")
    page.press("#id_email", "Enter")
    with page.expect_download() as download:
        page.click('[value="export"]')
    page.click('[value="ask"]')
    page.fill("#id_reason", "Thư ngày 20/11")
    page.click('[value="erase"]')
    page.wait_for_selector(".messagelist .success")

    assert download.value.suggested_filename == "du-lieu-nguoi-gui.json"
    assert again(comment).is_erased
    assert page.url.endswith(PAGE)
