"""The list of stories: acts on many, lists that are kept, the quick look, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import publishing, revising
from articles.admin.article_bulk import BULK_LIMIT
from articles.admin.article_list import SAVED_AT_MOST
from articles.contents import content_of
from articles.models import Act, Article, ArticleEvent, SavedFilter, SectionEditor, Status
from tests import build

from .test_acts import EDITOR, GROUPS, REPORTER, SECRETARY, story_at

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
SAVE = "/admin/articles/article/filters/save/"
WRITES, EDITS, RELEASES = ["submit"], ["submit", "pass_on", "send_back"], ["publish", "withdraw"]


@pytest.fixture
def secretary(client):
    person = build.member(SECRETARY, full_name="Trần Mai Lĩnh")
    client.force_login(person)
    return person


def ticked(client, act: str, *stories, address=LIST, **typed):
    """Ticks stories in the list as it stands and chooses an act."""
    seen = {f"seen-{row.pk}": row.seen for row in client.get(LIST).context["cl"].result_list}
    chosen = {"action": act, "_selected_action": [story.pk for story in stories]}
    return client.post(address, {"index": "0"} | seen | chosen | typed, follow=True)


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize(
    ("group", "acts"),
    [(REPORTER, WRITES), (EDITOR, EDITS), (SECRETARY, sorted(EDITS + RELEASES)), ("Quản trị", [])],
)
def test_list_offers_only_acts_that_the_person_could_ever_do(client, group, acts):
    story_at("submitted")
    client.force_login(build.member(group))

    form = client.get(LIST).context["action_form"]

    assert sorted(name for name, _label in form.fields["action"].choices if name) == sorted(acts) if acts else not form


@pytest.mark.parametrize("group", GROUPS)
def test_act_that_is_not_offered_is_not_done_either(client, group):
    story = story_at("published")
    client.force_login(build.member(group))

    client.post(LIST, {"action": "withdraw", "_selected_action": story.pk, "confirmed": "1", "reason": "Sai sự thật."})

    assert (Article.objects.get().status == Status.WITHDRAWN) == (group == SECRETARY)


def test_of_many_stories_what_may_be_done_is_done_and_each_refusal_is_told(client, secretary):
    ready, own = story_at("edited", title="Bến đò"), story_at("edited", title="Bài tự viết", created_by=secretary)
    bare, out = story_at("draft", title="Bài trống", body=""), story_at("published", title="Đã lên trang")

    page = ticked(client, "publish", bare, own, ready, out)

    assert set(Article.objects.filter(status=Status.PUBLISHED)) == {ready, out}
    assert told(page) == [
        "“Bài trống”: Nội dung bài còn trống.",
        "“Bài tự viết”: Không ai tự duyệt đăng bài của mình; hãy nhờ một đồng nghiệp.",
        "“Đã lên trang”: Bài đã được đăng.",
        "Đã đăng 1 bài.",
    ]
    assert list(ArticleEvent.objects.values_list("article", "act", "by")) == [(ready.pk, "publish", secretary.pk)]


def test_editor_of_a_section_passes_on_only_what_stands_in_it(client):
    economy, law = build.section("Kinh tế"), build.section("Pháp luật")
    editor = build.member(EDITOR)
    SectionEditor.objects.create(user=editor, section=economy)
    own, other = story_at("submitted", section=economy), story_at("submitted", section=law)
    client.force_login(editor)

    ticked(client, "pass_on", own, other)

    assert list(Article.objects.filter(status=Status.EDITED)) == [own]


def test_sending_back_asks_once_and_gives_each_writer_the_reason(client, secretary):
    stories = [story_at("submitted"), story_at("edited")]

    asked = ticked(client, "send_back", *stories)
    assert "Lý do" not in told(asked)
    assert set(Article.objects.values_list("status", flat=True)) == {Status.SUBMITTED, Status.EDITED}
    assert ticked(client, "send_back", *stories, confirmed="1", reason=" \u200b ").context["form"].errors
    page = ticked(client, "send_back", *stories, confirmed="1", reason="Thiếu số liệu.")

    assert told(page) == ["Đã trả lại 2 bài."]
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert list(ArticleEvent.objects.values_list("act", "note")) == [("send_back", "Thiếu số liệu.")] * 2


def test_withdrawing_many_asks_for_reason_and_ground_first(client, secretary):
    stories = [story_at("published"), story_at("expired")]

    asked = ticked(client, "withdraw", *stories)
    assert list(asked.context["form"].fields) == ["reason", "on_legal_ground"]
    assert not ArticleEvent.objects.exists()
    ticked(client, "withdraw", *stories, confirmed="1", reason="Theo yêu cầu.", on_legal_ground="on")

    assert list(ArticleEvent.objects.values_list("act", "on_legal_ground")) == [("withdraw", True)] * 2


def test_row_that_has_changed_since_the_list_was_drawn_is_left_alone(client, secretary):
    story, editor = story_at("edited"), build.member(EDITOR, full_name="Lê Thu Hà")
    seen = {f"seen-{story.pk}": client.get(LIST).context["cl"].result_list[0].seen}
    revising.save(article=story, content=content_of(story) | {"lead": "Sa pô mới."}, by=editor, based_on=0)

    page = client.post(LIST, {"action": "publish", "_selected_action": story.pk} | seen, follow=True)

    assert Article.objects.get().status == Status.EDITED
    assert len(told(page)) == 1
    assert "Bài đã thay đổi từ lúc bạn mở trang" in told(page)[0]
    assert "Lê Thu Hà: đã lưu" in told(page)[0]


def test_story_that_has_left_the_filter_is_told_and_not_passed_over(client, secretary):
    story = story_at("submitted")
    publishing.pass_on(article=story, by=build.member(EDITOR))

    page = ticked(client, "pass_on", story, address=f"{LIST}?status__exact=submitted")

    assert [line.partition(": ")[0] for line in told(page)] == ["“Bến đò cũ bên sông”"]


def test_nothing_is_done_to_more_than_a_page_to_nothing_or_to_nonsense(client, secretary):
    story = story_at("edited")
    many = [story.pk, *range(story.pk + 1, story.pk + 1 + BULK_LIMIT)]
    for typed in (
        {"action": "publish", "_selected_action": many},
        {"action": "publish", "_selected_action": ["x", "²", "9" * 40], "select_across": "1"},
        {"action": "publish", "select_across": "1", "index": "0"},
        {"action": "delete_selected", "_selected_action": story.pk},
        {"action": "", "_selected_action": story.pk, "index": "x"},
    ):
        assert client.post(LIST, typed, follow=True).status_code == 200

    assert Article.objects.get().status == Status.EDITED


def test_story_that_is_gone_is_counted(client, secretary):
    assert told(ticked(client, "publish", Article(pk=999))) == ["1 bài không còn nữa."]


def test_acts_on_many_are_not_done_by_get(client, secretary):
    story = story_at("edited")

    client.get(LIST, {"action": "publish", "_selected_action": story.pk, "index": "0", "confirmed": "1"})

    assert Article.objects.get().status == Status.EDITED


# --- Lists


def test_lists_of_every_day_hold_what_they_say(client, secretary):
    waiting, own = story_at("submitted", title="Chờ"), story_at("draft", title="Của tôi", created_by=secretary)
    ahead, changed = story_at("scheduled", title="Hẹn"), story_at("published", title="Sửa")
    revising.save(article=changed, content=content_of(changed) | {"lead": "Mới."}, by=build.member(EDITOR), based_on=0)

    def listed(name):
        return {story.pk for story in client.get(LIST, {"viec": name}).context["cl"].result_list}

    assert listed("cho-toi") == {waiting.pk, changed.pk}
    assert listed("cua-toi") == {own.pk}
    assert listed("hen-gio") == {ahead.pk}
    assert listed("ban-sua") == {changed.pk}
    assert len(listed("khong-co")) == 4


def test_list_is_kept_under_a_name_opened_and_dropped(client, secretary):
    economy = build.section("Kinh tế")
    query = f"status__exact=submitted&section={economy.pk}&p=3&e=1&all=&_popup=1&published_at__gte=2026-01-01&x=<b>"
    client.post(SAVE, {"name": " Kinh tế   chờ duyệt ", "query": query})
    client.post(SAVE, {"name": "Kinh tế chờ duyệt", "query": query + "&q=đò"})

    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == (
        "Kinh tế chờ duyệt",
        f"q=%C4%91%C3%B2&status__exact=submitted&section={economy.pk}",
    )
    assert f'href="?{kept.query}" aria-current="page"'.replace("&", "&amp;") in client.get(f"{LIST}?{kept.query}").text
    client.post(reverse("admin:articles_article_drop_filter", args=[kept.pk]))
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("query", ["", "x=1", "%%%", "q=" + "ạ" * 900, "published_at__gte=2026-01-01"])
def test_nonsense_is_not_kept_and_leads_to_the_list(client, secretary, query):
    page = client.post(SAVE, {"name": "Lạ", "query": query}, follow=True)

    assert page.status_code == 200
    assert not SavedFilter.objects.exists()


def test_filters_are_ones_own_and_few(client, secretary):
    other = SavedFilter.objects.create(user=build.member(EDITOR), name="Của người khác", query="q=a")
    for number in range(SAVED_AT_MOST + 1):
        client.post(SAVE, {"name": f"Lọc {number}", "query": f"q={number}"})

    assert SavedFilter.objects.filter(user=secretary).count() == SAVED_AT_MOST
    assert client.post(reverse("admin:articles_article_drop_filter", args=[other.pk])).status_code == 404
    assert "Của người khác" not in client.get(LIST).text
    client.force_login(build.member("Kiểm duyệt bình luận"))
    assert client.post(SAVE, {"name": "Lọc", "query": "q=a"}).status_code == 403


def test_list_with_its_acts_costs_the_same_with_one_and_with_thirty(client, secretary):
    story_at("submitted")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    build.articles(29)
    for story in Article.objects.filter(status=Status.PUBLISHED)[:5]:
        ArticleEvent.objects.create(article=story, act=Act.PUBLISH, by=secretary)
    with CaptureQueriesContext(connection) as thirty:
        rows = client.get(LIST).context["cl"].result_list

    assert (len(thirty), len(rows)) == (len(one), 30)
    assert {row.seen for row in rows} == {publishing.seen_as(row) for row in Article.objects.all()}


# --- Quick look


def test_quick_look_shows_the_text_that_is_worked_on_and_what_is_to_be_known(client, secretary):
    picture = build.picture(title="Bến đò sớm")
    figure = f'<figure><img data-picture="{picture.pk}"><figcaption>Bến cũ</figcaption></figure>'
    story = story_at("published", title="Tít cũ")
    new = {"title": "Tít mới", "kicker": "Phóng sự", "body": f"<p>Đò đã cập bến.</p>{figure}<p><script>x</script></p>"}
    revising.save(article=story, content=content_of(story) | new, by=build.member(EDITOR), based_on=0)

    page = client.get(reverse("admin:articles_article_look", args=[story.pk]))

    shown = ("Tít mới", "Phóng sự", "Đò đã cập bến.", "Bến cũ", "srcset", "Mở để sửa", "Hoàng Mai")
    assert [word in page.text for word in shown] == [True] * len(shown)
    assert "Tít cũ" not in page.text
    assert "<script>x" not in page.text
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert Article.objects.get().body_html == story.body_html


def test_quick_look_is_for_who_may_look(client):
    story = story_at("draft")
    address = reverse("admin:articles_article_look", args=[story.pk])
    assert client.get(address).status_code == 302
    client.force_login(build.member("Kiểm duyệt bình luận"))
    assert client.get(address).status_code == 403
    client.force_login(build.member(REPORTER))
    page = client.get(address)
    assert page.status_code == 200
    assert "Mở để sửa" not in page.text


def test_last_note_stands_in_the_quick_look(client, secretary):
    story = story_at("submitted")
    publishing.send_back(article=story, by=secretary, reason="Thiếu số liệu của xã.")

    page = client.get(reverse("admin:articles_article_look", args=[story.pk])).text

    assert "Thiếu số liệu của xã." in page
    assert f"{timezone.localtime():%d/%m/%Y}" in page
