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
from articles.models import Article, SectionEditor, Status
from articles.readiness import problems, ready
from newsroom.desk import calendar, waiting_for
from tests import build

pytestmark = pytest.mark.django_db


def member(group: str, **fields) -> User:
    user = User.objects.create(username=group, full_name="Nguyễn Thu Hường", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name=group))
    return user


def draft(**fields):
    return build.article(status=Status.DRAFT, published_at=None, **fields)


def test_ready_stories_of_colleagues_wait_for_who_may_publish():
    secretary = member("Thư ký tòa soạn")
    waiting = draft(title="Đủ cả")
    draft(title="Của mình", created_by=secretary)
    draft(title="Thiếu chuyên mục", section=None)
    draft(title="Thiếu ghi công", by=None)
    build.article(title="Đã đăng")
    assert list(waiting_for(secretary)) == [waiting]
    assert list(waiting_for(member("Phóng viên"))) == []


def test_only_stories_of_own_sections_wait():
    secretary = member("Thư ký tòa soạn")
    mine = build.section("Kinh tế")
    SectionEditor.objects.create(user=secretary, section=mine)
    waiting = draft(section=mine)
    draft(section=build.section("Văn hóa"))
    assert list(waiting_for(secretary)) == [waiting]


def test_editors_see_what_reporters_handed_in_and_finished_in_their_sections():
    editor, mine = member("Biên tập viên"), build.section("Kinh tế")
    SectionEditor.objects.create(user=editor, section=mine)
    below = build.section("Nông nghiệp", parent=mine)
    waiting = [
        draft(title="Đủ cả", section=below),
        build.article(title="Đã nộp", status=Status.SUBMITTED, section=mine, by=None),
    ]
    draft(title="Của mình", section=mine, created_by=editor)
    draft(title="Thiếu ghi công", section=mine, by=None)
    draft(title="Chuyên mục khác", section=build.section("Văn hóa"))
    build.article(title="Chuyên mục khác", status=Status.SUBMITTED, section=build.section("Văn hóa"))
    build.article(title="Chờ duyệt", status=Status.EDITED, section=mine)
    assert list(waiting_for(editor)) == waiting


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


@pytest.mark.parametrize(
    "lack", [{}, {"section": None}, {"by": None}, {"body": ""}, {"by": None, "typed_byline": "P.V"}]
)
def test_ready_says_of_a_story_what_its_problems_say(lack):
    story = draft(**lack)
    is_held_back = any(problem.blocking for problem in problems(story))
    assert ready(Article.objects.all()).exists() is not is_held_back


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
