"""While a story is typed: it saves itself, nothing of it is lost, and one knows who else has it open."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import contents, publishing, revising
from articles.models import Article, Presence, Revision, SectionEditor, Status
from articles.models.presence import PARTING, SILENCE

from .. import build
from .test_admin_article import ADD, change, kept, typed

pytestmark = pytest.mark.django_db

# What one autosave asks of the database, whatever the length of the text.
AUTOSAVE_QUERIES = 32
NEW = "/admin/articles/article/autosave/"


@pytest.fixture
def reporter(client):
    person = build.member("Phóng viên", full_name="Lê Thu Hà")
    client.force_login(person)
    return person


def draft(by=None, **fields) -> Article:
    return build.article(status=Status.DRAFT, published_at=None, created_by=by, **fields)


def autosave(story) -> str:
    return reverse("admin:articles_article_autosave", args=[story.pk])


def window(story) -> str:
    return reverse("admin:articles_article_presence", args=[story.pk])


def as_it_is(story, **fields) -> dict:
    """The form of a story as a browser sends it while somebody types."""
    start = {"title": story.title, "lead": story.lead, "body": story.body, "based_on": "0", "seen": "0.0"}
    return typed(**start | {"prints_prefix": "", "tab": "cua1"} | kept(story) | fields)


# --- It saves itself


def test_typing_keeps_a_version_and_the_row_stays(client, reporter):
    story = draft(reporter)

    answer = client.post(autosave(story), as_it_is(story, title="Đang gõ d"))

    said = answer.json()
    assert (answer.status_code, said["number"], said["seen"], said["kept_back"]) == (200, 2, "2.0", [])
    assert Article.objects.get().title == "Bến đò cũ bên sông"
    kept_versions = [(one.origin, one.content["title"]) for one in story.revisions.all()]
    assert kept_versions == [("autosaved", "Đang gõ d"), ("found", "Bến đò cũ bên sông")]


def test_typing_again_changes_nothing_where_nothing_was_typed(client, reporter):
    story = draft(reporter)
    client.post(autosave(story), as_it_is(story, title="Đang gõ"))

    answer = client.post(autosave(story), as_it_is(story, title="Đang gõ", based_on="2", seen="2.0"))

    assert (answer.json()["number"], story.revisions.count()) == (2, 2)


def test_save_after_an_autosave_is_no_conflict_with_oneself(client, reporter):
    story = draft(reporter)
    said = client.post(autosave(story), as_it_is(story, title="Đang gõ")).json()

    form = as_it_is(story, title="Đã gõ xong", based_on=said["number"], seen=said["seen"], _submit="1")
    assert client.post(change(story), form).status_code == 302

    story.refresh_from_db()
    assert (story.title, story.status) == ("Đã gõ xong", Status.SUBMITTED)


def test_act_that_came_meanwhile_is_not_taken_for_seen_by_typing(client):
    editor = build.member("Thư ký tòa soạn")
    client.force_login(editor)
    story = build.article(status=Status.SUBMITTED, published_at=None)
    revising.record(story)
    story.refresh_from_db()
    form = as_it_is(story, seen=publishing.seen_as(story), based_on="1")
    publishing.pass_on(article=story, by=build.member("Biên tập viên"))

    said = client.post(autosave(story), form | {"title": "Đang gõ"}).json()
    page = client.post(
        change(story), form | {"seen": said["seen"], "based_on": said["number"], "_publish": "1"}, follow=True
    )

    assert "Bài đã thay đổi từ lúc bạn mở trang" in page.text
    assert Article.objects.get().status == Status.EDITED


def test_unfinished_text_is_kept_and_what_cannot_be_read_stays_as_it_was(client, reporter):
    story = draft(reporter)
    unfinished = {"title": "", "section": "", "lead": "Sa pô d", "expires_at_0": "31/"}
    unfinished |= {"credits-0-author": "", "credits-0-photo": "on"}

    said = client.post(autosave(story), as_it_is(story, **unfinished)).json()

    content = story.revisions.first().content
    assert (content["title"], content["section"], content["lead"]) == ("", None, "Sa pô d")
    assert (content["expires_at"], len(content["credits"])) == (None, 1)
    assert [line.partition(":")[0] for line in said["kept_back"]] == ["Hiển thị đến", "Phần ghi công chưa đủ."]


def test_hostile_text_is_cleaned_before_it_is_kept(client, reporter):
    story = draft(reporter)
    hostile = '<p onclick="x()">Mưa<script>alert(1)</script><img src="https://noi-khac.example/x.png"></p>'

    client.post(autosave(story), as_it_is(story, title="Ðắk\u200b  Lắk", body=hostile))

    content = story.revisions.first().content
    assert (content["title"], content["body"]) == ("Đắk Lắk", "<p>Mưa</p>")


def test_body_that_is_too_long_is_told_and_the_rest_is_kept(client, reporter):
    story = draft(reporter)

    said = client.post(autosave(story), as_it_is(story, title="Sách dày", body="<p>Đò</p>" * 60_000)).json()

    content = story.revisions.first().content
    assert (content["title"], content["body"]) == ("Sách dày", story.body)
    assert "ký tự kể cả mã định dạng" in said["kept_back"][0]


def test_typing_on_a_version_that_is_not_the_last_is_told_who_saved(client, reporter):
    story = draft(reporter)
    colleague = build.member("Biên tập viên", full_name="Đỗ Văn Ngữ")
    revising.save(article=story, content=contents.content_of(story) | {"lead": "Khác."}, by=colleague, based_on=0)

    answer = client.post(autosave(story), as_it_is(story, title="Đang gõ", based_on="1"))

    said = answer.json()
    assert (answer.status_code, said["by"], said["at"]) == (409, "Đỗ Văn Ngữ", f"{timezone.localtime():%H:%M}")
    assert "hai bản sẽ hiện cạnh nhau" in said["sentences"][0]
    assert story.revisions.first().content["lead"] == "Khác."


def test_nothing_that_is_typed_reaches_readers(client):
    client.force_login(build.member("Biên tập viên"))
    story = build.article()
    before = client.get(story.get_absolute_url()).text

    client.post(autosave(story), as_it_is(story, title="Đang gõ", body="<p>Chưa duyệt.</p>"))

    assert Revision.objects.first().content["title"] == "Đang gõ"
    assert client.get(story.get_absolute_url()).text == before


def test_typing_costs_the_same_few_queries_however_much_is_typed(client, reporter, django_assert_num_queries):
    story = draft(reporter)
    client.post(autosave(story), as_it_is(story, title="Một"))
    form = as_it_is(story, title="Hai", body="<p>Đò ngang.</p>" * 300, based_on="2")
    # Ten of them open and close savepoints; nothing of what readers get is derived.
    with django_assert_num_queries(AUTOSAVE_QUERIES):
        client.post(autosave(story), form)
    with django_assert_num_queries(7):
        client.post(window(story), {"tab": "cua1"})


# --- A new story


def test_new_story_becomes_one_draft_by_its_title_however_often_it_is_sent(client, reporter):
    build.house_style()
    untitled = client.post(NEW, typed(title=" ", tab="cua1"))
    said = client.post(NEW, typed(build.author(), title="Bến đò", tab="cua1")).json()
    # The answer was lost: the same window asks again, and then its button is pressed.
    client.post(NEW, typed(build.author(), title="Bến đò cũ", tab="cua1"))
    client.post(ADD, typed(build.author(), title="Bến đò cũ bên sông", tab="cua1", _continue="1"))

    story = Article.objects.get()
    assert (untitled.status_code, untitled.json()["sentences"]) == (400, ["Bài sẽ tự lưu khi có tít."])
    assert said["addresses"]["address"] == change(story)
    assert (story.title, story.created_by, story.status) == ("Bến đò cũ bên sông", reporter, Status.DRAFT)
    assert [one.origin for one in story.revisions.all()] == ["saved", "autosaved", "autosaved"]


def test_button_pressed_twice_makes_one_story(client, reporter):
    build.house_style()
    for title in ("Bến đò", "Bến đò"):
        client.post(ADD, typed(title=title, tab="cua1"))

    assert Article.objects.count() == 1


def test_draft_that_a_colleague_changed_meanwhile_is_not_written_over_by_its_new_form(client, reporter):
    build.house_style()
    client.post(NEW, typed(title="Bến đò", tab="cua1"))
    story = Article.objects.get()
    colleague = build.member("Biên tập viên", full_name="Đỗ Văn Ngữ")
    revising.save(article=story, content=contents.content_of(story) | {"lead": "Khác."}, by=colleague, based_on=1)

    page = client.post(ADD, typed(title="Bến đò cũ", tab="cua1"))

    assert (page.status_code, Article.objects.get().lead) == (409, "Khác.")


# --- Rights


def test_typing_takes_the_rights_of_saving(client):
    story = draft(build.member("Phóng viên"))
    for person in (build.member("Phóng viên"), build.member("Kiểm duyệt bình luận"), build.member("Quản trị")):
        client.force_login(person)
        answers = [
            client.post(autosave(story), as_it_is(story, title="x")),
            client.post(window(story), {"tab": "cua1"}),
        ]
        assert [answer.status_code for answer in answers] == [403, 403]
    assert client.post(NEW, typed(tab="cua2")).status_code == 403
    assert (Revision.objects.count(), Presence.objects.count()) == (0, 0)


def test_who_is_signed_out_or_somebody_else_is_told_so(client, reporter):
    story = draft(reporter)
    other = client.post(autosave(story), as_it_is(story, title="x", writer="999"))
    client.logout()
    nobody = client.post(autosave(story), as_it_is(story, title="x"))

    assert (other.status_code, nobody.status_code, Revision.objects.count()) == (401, 401, 0)
    assert other.json()["sentences"] == [
        "Trình duyệt này đang đăng nhập bằng tên Lê Thu Hà, còn bài được gõ dưới tên khác."
    ]
    assert nobody.json()["sentences"] == ["Bạn đã hết phiên đăng nhập."]


def test_nothing_is_kept_or_reported_by_get(client, reporter):
    story = draft(reporter)
    fresh = client.get(window(story), {"tab": "cua1"})

    assert client.get(autosave(story)).status_code == 405
    assert client.get(window(story), {"tab": "\x00"}).status_code == 200
    assert (bool(fresh.json()["token"]), fresh.json()["story"], Presence.objects.count()) == (True, None, 0)


# --- Two people


def open_by(client, person, story, tab: str, **data) -> dict:
    client.force_login(person)
    return client.post(window(story), {"tab": tab} | data).json()


@pytest.fixture
def two():
    return build.member("Biên tập viên", full_name="Lê Thu Hà"), build.member("Biên tập viên", full_name="Đỗ Văn Ngữ")


def test_first_holds_second_takes_over_and_the_first_is_told(client, two, time_machine):
    first, second = two
    story = build.article(status=Status.SUBMITTED, published_at=None)
    time_machine.move_to(timezone.localtime().replace(hour=21, minute=50), tick=False)
    assert open_by(client, first, story, "ha")["holds"]
    met = open_by(client, second, story, "ngu")
    met_too = open_by(client, first, story, "ha")
    taken = open_by(client, second, story, "ngu", act="take")
    lost = open_by(client, first, story, "ha")

    assert (met["holds"], met["told"]) == (False, "Lê Thu Hà đang mở bài này (từ 21:50).")
    assert (met_too["holds"], met_too["told"]) == (True, "Đỗ Văn Ngữ cũng đang mở bài này (từ 21:50).")
    assert (taken["holds"], lost["holds"], lost["held"]) == (True, False, True)
    assert lost["taken"] == "Đỗ Văn Ngữ đã nhận sửa tiếp bài lúc 21:50."


def test_closed_or_silent_window_is_gone_by_itself(client, two, time_machine):
    first, second = two
    story = build.article(status=Status.SUBMITTED, published_at=None)
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    open_by(client, first, story, "ha")
    time_machine.move_to(start + SILENCE, tick=False)
    after_silence = open_by(client, second, story, "ngu")
    open_by(client, second, story, "ngu", act="leave")
    time_machine.move_to(start + SILENCE + PARTING, tick=False)
    after_goodbye = open_by(client, first, story, "ha")

    assert [(one["holds"], one["told"]) for one in (after_silence, after_goodbye)] == [(True, ""), (True, "")]


def test_saving_leaves_the_story_for_a_moment_only_and_nobody_loses_it(client, two):
    first, second = two
    story = build.article(status=Status.SUBMITTED, published_at=None)
    open_by(client, first, story, "ha1")
    open_by(client, first, story, "ha1", act="leave")
    between = open_by(client, second, story, "ngu")
    back = open_by(client, first, story, "ha2")
    seen = open_by(client, second, story, "ngu")

    assert (between["holds"], back["holds"], seen["holds"]) == (False, True, False)
    assert seen["told"].count("Lê Thu Hà") == 1


def test_persons_own_lost_window_does_not_stand_in_the_way(client, two):
    story = build.article(status=Status.SUBMITTED, published_at=None)
    open_by(client, two[0], story, "ha1")
    again = open_by(client, two[0], story, "ha2")
    old = open_by(client, two[0], story, "ha1")

    assert (again["holds"], old["holds"]) == (True, False)
    assert old["taken"].startswith("Bạn đã mở tiếp bài này ở một cửa sổ khác lúc")


def test_form_says_without_script_who_has_the_story_open(client, two):
    first, second = two
    story = build.article(status=Status.SUBMITTED, published_at=None)
    open_by(client, first, story, "ha")
    client.force_login(second)

    assert "Lê Thu Hà đang mở bài này (từ" in client.get(change(story)).text
    assert Presence.objects.count() == 1


def test_tick_thins_out_autosaves_and_forgets_closed_windows(client, reporter, time_machine, capsys):
    story = draft(reporter)
    start = timezone.localtime().replace(hour=8, minute=0, second=0)
    for minute in (0, 1, 2):
        time_machine.move_to(start + timedelta(minutes=minute), tick=False)
        client.post(autosave(story), as_it_is(story, title=f"Gõ {minute}", based_on=str(minute and minute + 1)))
    time_machine.move_to(start + timedelta(days=2, hours=1), tick=False)

    call_command("tick")

    said = capsys.readouterr().out
    assert "Số bản tự lưu đã lược bớt: 1." in said
    assert (story.revisions.count(), Presence.objects.count()) == (3, 0)


# --- Sent too late


def late(client) -> Client:
    """A browser that checks its token, with the cookie of a session that has ended."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/admin/login/")
    return browser


def sent_late(browser, story, origin="http://testserver", **fields):
    data = as_it_is(story, title="Gõ khi hết phiên", body="<p>Sông <b>dài</b></p>", _publish="1", **fields)
    return browser.post(change(story), data, headers={"origin": origin})


def test_story_sent_after_the_session_ended_comes_back_to_be_sent_again(reporter):
    story = draft(reporter)
    browser = late(Client())
    token = browser.cookies["csrftoken"].value

    page = sent_late(browser, story, csrfmiddlewaretoken=token)

    assert page.status_code == 403
    assert "Bài chưa được lưu vì phiên đăng nhập đã hết." in page.text
    assert "&lt;p&gt;Sông &lt;b&gt;dài&lt;/b&gt;&lt;/p&gt;" in page.text
    assert "_publish" not in page.text


def test_story_sent_with_the_token_of_an_old_session_is_saved_on_the_second_press(reporter):
    story = draft(reporter)
    browser = late(Client())
    browser.force_login(reporter)

    page = sent_late(browser, story, csrfmiddlewaretoken="x" * 64)
    assert "Bài chưa được lưu vì bạn vừa đăng nhập lại." in page.text
    again = dict(page.context["typed"]) | {"csrfmiddlewaretoken": page.context["token"], "_continue": "1"}
    browser.post(change(story), again, headers={"origin": "http://testserver"})

    assert (Article.objects.get().title, Article.objects.get().status) == ("Gõ khi hết phiên", Status.DRAFT)


@pytest.mark.parametrize("origin", ["https://noi-khac.example", "null", ""])
def test_form_of_a_foreign_site_is_given_back_to_nobody(reporter, origin):
    story = draft(reporter)
    browser = late(Client())
    browser.force_login(reporter)

    page = sent_late(browser, story, origin=origin, csrfmiddlewaretoken="x" * 64)

    assert page.status_code == 403
    assert "Gõ khi hết phiên" not in page.text


def test_section_that_saved_itself_takes_nobody_the_right_to_save(client):
    """An editor of one section passes a story on to another: the text is theirs until it is saved."""
    editor, home, other = build.member("Biên tập viên"), build.section("Kinh tế"), build.section("Pháp luật")
    SectionEditor.objects.create(user=editor, section=home)
    client.force_login(editor)
    story = build.article(status=Status.SUBMITTED, published_at=None, section=home)
    client.post(autosave(story), as_it_is(story, section=other.pk))

    form = client.get(change(story))
    saved = client.post(change(story), as_it_is(story, section=other.pk, based_on="2"))

    assert ("_save" in form.text, saved.status_code) == (True, 302)
    assert Article.objects.get().section == other
