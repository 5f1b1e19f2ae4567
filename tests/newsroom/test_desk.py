"""The front door of the desk: what waits for whom, and who comes in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles import planning, publishing, revising
from articles.contents import content_of
from articles.models import Article, Correction, Plan, SectionEditor, Status
from newsroom.charts import waiting_chart
from newsroom.workload import (
    Waiting,
    calendar,
    expiring_pictures,
    missed,
    plans_for,
    returned_to,
    waiting_for,
    waiting_times,
)
from tests import build

pytestmark = pytest.mark.django_db


def member(group: str, **fields) -> User:
    user = User.objects.create(username=group, full_name="Nguyễn Thu Hường", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name=group))
    return user


def draft(**fields):
    return build.article(status=Status.DRAFT, published_at=None, **fields)


def submitted(**fields):
    return build.article(status=Status.SUBMITTED, published_at=None, **fields)


def test_stories_of_colleagues_wait_for_who_may_publish():
    secretary = member("Thư ký tòa soạn")
    handed_in, edited = submitted(), build.article(title="Đã sửa", status=Status.EDITED, published_at=None)
    changed = build.article(title="Đã đăng, có bản sửa")
    revising.save(article=changed, content=content_of(changed) | {"lead": "Mới."}, by=None, based_on=0)
    submitted(title="Của mình", created_by=secretary)
    draft(title="Bản nháp")
    build.article(title="Đã đăng")
    assert set(waiting_for(secretary)) == {handed_in, edited, changed}
    assert list(waiting_for(member("Phóng viên"))) == []


def test_what_has_waited_longest_comes_first(time_machine):
    editor, writer = member("Biên tập viên"), build.member("Phóng viên")
    late, early = draft(title="Sau", created_by=writer), draft(title="Trước", created_by=writer)
    start = timezone.now()
    publishing.submit(article=early, by=writer)
    time_machine.move_to(start + timedelta(hours=1))
    publishing.submit(article=late, by=writer)
    assert [story.title for story in waiting_for(editor)] == ["Trước", "Sau"]


def test_only_stories_of_own_sections_wait():
    secretary = member("Thư ký tòa soạn")
    mine = build.section("Kinh tế")
    SectionEditor.objects.create(user=secretary, section=mine)
    waiting = submitted(section=mine)
    submitted(section=build.section("Văn hóa"))
    assert list(waiting_for(secretary)) == [waiting]


def test_editors_see_what_reporters_handed_in_in_their_sections():
    editor, mine = member("Biên tập viên"), build.section("Kinh tế")
    SectionEditor.objects.create(user=editor, section=mine)
    below = build.section("Nông nghiệp", parent=mine)
    waiting = [submitted(title="Cấp dưới", section=below), submitted(title="Đã nộp", section=mine, by=None)]
    submitted(title="Của mình", section=mine, created_by=editor)
    submitted(title="Chuyên mục khác", section=build.section("Văn hóa"))
    build.article(title="Chờ duyệt", status=Status.EDITED, published_at=None, section=mine)
    assert set(waiting_for(editor)) == set(waiting)


def test_editor_without_sections_sees_what_was_handed_in_anywhere():
    waiting = build.article(status=Status.SUBMITTED, section=build.section("Văn hóa"))
    assert list(waiting_for(member("Biên tập viên"))) == [waiting]


@pytest.mark.parametrize(
    ("group", "act"),
    [
        ("Thư ký tòa soạn", "Xem và duyệt"),
        ("Biên tập viên", "Xem và biên tập"),
        ("Phóng viên", None),
        ("Kiểm duyệt bình luận", None),
        ("Quản trị", None),
    ],
)
def test_front_door_offers_each_group_its_act_on_what_waits(client, group, act):
    build.article(title="Bến đò cũ", status=Status.SUBMITTED)
    client.force_login(member(group))
    page = client.get("/admin/").content.decode()
    assert [words for words in ("Xem và duyệt", "Xem và biên tập") if f">{words}</a>" in page] == ([act] if act else [])
    assert ("Chờ tôi" in page) is bool(act)


def test_calendar_counts_what_is_out_and_names_what_is_ahead():
    now = timezone.localtime().replace(hour=12, minute=0)
    build.article(published_at=now - timedelta(hours=1))
    ahead = build.article(published_at=now + timedelta(hours=1))
    next_week = build.article(published_at=now + timedelta(days=7 - now.weekday() + 6))
    build.article(published_at=now + timedelta(days=14 - now.weekday()))
    days = calendar(now)
    today = next(day for day in days if day["is_today"])
    assert [day["name"] for day in days] == ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "CN"] * 2
    assert (today["out"], today["ahead"]) == (1, [ahead])
    assert days[-1]["ahead"] == [next_week]
    assert sum(day["out"] + len(day["ahead"]) for day in days) == 3


def test_front_door_greets_and_offers_only_what_is_allowed(client):
    client.force_login(member("Phóng viên"))
    page = client.get("/admin/")
    assert "Nguyễn Thu Hường" in page.content.decode()
    places = [place["url"] for place in page.context["places"]]
    assert places == ["/admin/", "/admin/articles/article/", "/admin/articles/picture/"]


def test_front_door_costs_the_same_with_one_and_with_many(client):
    client.force_login(member("Thư ký tòa soạn"))
    draft()
    client.get("/admin/")
    with CaptureQueriesContext(connection) as one:
        client.get("/admin/")
    for number in range(8):
        draft(title=f"Bản nháp {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")
    assert len(many) == len(one)


def test_guessing_is_locked_out_with_a_way_on(client):
    User.objects.create_user("huong", password="mat-khau-that", is_staff=True)
    for _attempt in range(11):
        page = client.post("/admin/login/", {"username": "huong", "password": "sai"})
    assert page.status_code == 429
    assert "15" in page.content.decode()
    page = client.post("/admin/login/", {"username": "huong", "password": "mat-khau-that"})
    assert page.status_code == 429


def page_data(url: str) -> dict:
    return {"title": "Trang", "url": url, "content": "<p>Chữ<script>x</script></p>", "sites": [Site.objects.get().pk]}


def test_static_page_is_cleaned_and_keeps_off_other_addresses(client):
    client.force_login(User.objects.create_superuser("admin"))
    build.section("Kinh tế")
    add = "/admin/flatpages/flatpage/add/"
    refused = ["/kinh-te/", "/rss/", "/a/b/", "khong-gach"]
    assert [client.post(add, page_data(url)).status_code for url in refused] == [200] * 4
    assert client.post(add, page_data("/tuyen-dung/")).status_code == 302
    assert FlatPage.objects.get(url="/tuyen-dung/").content == "<p>Chữ</p>"


def test_staff_form_gives_sections_to_an_editor(client):
    client.force_login(User.objects.create_superuser("admin"))
    user = User.objects.create(username="dat", full_name="Bá Đạt", is_staff=True)
    page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert "edited_sections-TOTAL_FORMS" in page
    assert 'name="full_name"' in page


def test_returned_story_stands_first_with_the_whole_reason(client):
    writer, editor = member("Phóng viên"), build.member("Biên tập viên", full_name="Lê Thu Hà")
    story = draft(created_by=writer)
    publishing.submit(article=story, by=writer)
    publishing.send_back(article=story, by=editor, reason="Thiếu số liệu của xã. " * 20)
    client.force_login(writer)
    page = client.get("/admin/").text
    assert [found.returned_by for found in returned_to(writer)] == ["Lê Thu Hà"]
    assert page.count("Thiếu số liệu của xã.") == 20
    publishing.submit(article=story, by=writer)
    assert list(returned_to(writer)) == []


def test_waiting_at_each_gate_is_measured_and_drawn(time_machine):
    start = timezone.localtime().replace(hour=8, minute=0)
    time_machine.move_to(start, tick=False)
    writer, editor = member("Phóng viên"), build.member("Biên tập viên")
    for number, minutes in enumerate((20, 40, 90)):
        story = draft(title=f"Bài {number}", created_by=writer)
        time_machine.move_to(start, tick=False)
        publishing.submit(article=story, by=writer)
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        publishing.pass_on(article=story, by=editor)
    now = start + timedelta(hours=3)
    gates = waiting_times(now)
    told = [(gate.usual, gate.longest_now) for gate in gates]
    assert told == [(timedelta(minutes=40), None), (None, timedelta(minutes=160))]
    drawn = waiting_chart(gates)
    assert 'aria-label="Chờ biên tập: thường 40 phút; Chờ duyệt: lâu nhất 2 giờ"' in drawn
    assert 'class="bar-now" x="0" y="104" width="304"' in drawn
    assert "style" not in drawn
    assert waiting_chart([Waiting("Chờ duyệt", None, None)]) == ""


def test_picture_whose_time_runs_out_is_told_while_it_stands_in_a_story():
    day = timezone.localdate()
    soon = build.picture(title="Sắp hết", use_until=day + timedelta(days=3))
    build.picture(title="Không dùng", use_until=day)
    build.article(lead_picture=soon)
    build.article(lead_picture=build.picture(title="Còn lâu", use_until=day + timedelta(days=30)))
    assert list(expiring_pictures(day)) == [soon]


def test_story_that_was_due_and_is_not_out_is_told_with_where_it_stands(client):
    now = timezone.now()
    late = build.article(title="Bến đò", status=Status.EDITED, published_at=now - timedelta(hours=1))
    build.article(title="Sắp tới", status=Status.EDITED, published_at=now + timedelta(hours=1))
    build.article(title="Đã lên", published_at=now - timedelta(hours=1))
    client.force_login(member("Thư ký tòa soạn"))

    told = client.get("/admin/").text

    assert list(missed(now)) == [late]
    assert f"hẹn {timezone.localtime(late.published_at):%H:%M %d/%m/%Y}, vẫn ở trạng thái Chờ duyệt" in told


def test_correction_that_is_owed_stands_on_the_front_door(client):
    Correction.objects.create(article=build.article(), wrong="a", right="b", apology="c", due_on=timezone.localdate())
    client.force_login(member("Biên tập viên"))
    assert "Cải chính cần đăng" in client.get("/admin/").text


def test_plan_becomes_a_draft_of_who_begins_it(client):
    build.house_style()
    writer = member("Phóng viên")
    plan = Plan.objects.create(idea="Chợ nổi sau mùa nước", section=build.section("Kinh tế"), assigned_to=writer)
    Plan.objects.create(idea="Của người khác", assigned_to=build.member("Phóng viên"))
    assert list(plans_for(writer)) == [plan]
    client.force_login(writer)
    answer = client.post(f"/admin/articles/plan/{plan.pk}/begin/")
    story = Article.objects.get()
    assert answer.url == f"/admin/articles/article/{story.pk}/change/"
    assert (story.title, story.section.name, story.created_by) == ("Chợ nổi sau mùa nước", "Kinh tế", writer)
    assert list(plans_for(writer)) == []
    with pytest.raises(publishing.Refused, match="Đã có người viết"):
        planning.begin(plan=plan, by=writer)


def test_plan_of_another_is_not_begun_and_nothing_by_a_link(client):
    build.house_style()
    client.force_login(member("Phóng viên"))
    plan = Plan.objects.create(idea="Chợ nổi", assigned_to=build.member("Phóng viên", full_name="Hoàng Mai"))
    assert client.get(f"/admin/articles/plan/{plan.pk}/begin/").status_code == 405
    page = client.post(f"/admin/articles/plan/{plan.pk}/begin/", follow=True)
    assert "Bài này đã giao cho Hoàng Mai." in page.text
    assert not Article.objects.exists()


@pytest.fixture
def letters(mailoutbox, django_capture_on_commit_callbacks):
    """`letters(act, **fields)`: what an act sends, once it holds."""

    def sent(act, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            act(**fields)
        return [(letter.to, letter.subject, letter.body) for letter in mailoutbox]

    return sent


def test_writer_gets_a_letter_when_a_story_comes_back_unless_they_want_none(letters):
    writer = member("Phóng viên", email="mai@bao.vn")
    editor = build.member("Biên tập viên", full_name="Lê Thu Hà")
    story = submitted(created_by=writer, title="Bến đò")
    [(to, subject, body)] = letters(publishing.send_back, article=story, by=editor, reason="Thiếu số liệu.")
    assert (to, subject) == (["mai@bao.vn"], "Trả lại: Bến đò")
    assert "Lê Thu Hà đã trả lại bài “Bến đò” với lời nhắn:" in body
    assert "Thiếu số liệu." in body
    assert f"/admin/articles/article/{story.pk}/change/" in body

    User.objects.update(gets_letters=False)
    publishing.submit(article=story, by=User.objects.get(pk=writer.pk))
    assert len(letters(publishing.send_back, article=story, by=editor, reason="Nữa.")) == 1


def test_letter_goes_to_whom_a_story_is_given(client, letters):
    writer = member("Phóng viên", email="mai@bao.vn")
    client.force_login(build.member("Biên tập viên", full_name="Lê Thu Hà"))
    typed = {"idea": "Chợ nổi", "note": "Hỏi bà Tư.", "section": "", "assigned_to": writer.pk}
    typed |= {"due_0": "02/07/2030", "due_1": "17:00"}
    [(to, subject, body)] = letters(client.post, path="/admin/articles/plan/add/", data=typed)
    assert (to, subject) == (["mai@bao.vn"], "Giao viết: Chợ nổi")
    assert "Hỏi bà Tư." in body
    assert "17:00 Thứ Ba, 02/07/2030" in body


def test_everybody_sets_their_own_address_and_letters(client):
    writer = member("Phóng viên", email="mai@bao.vn")
    client.force_login(writer)
    assert "mai@bao.vn" in client.get("/admin/cai-dat/").text
    client.post("/admin/cai-dat/", {"email": " mai@thu.vn "})
    writer.refresh_from_db()
    assert (writer.email, writer.gets_letters, writer.is_superuser) == ("mai@thu.vn", False, False)
    assert client.post("/admin/cai-dat/", {"email": "mai"}).context["form"].errors["email"]
