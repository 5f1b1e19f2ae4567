"""A story at the desk: written, checked, published, withdrawn, and by whom."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Article, SectionEditor, Status
from tests import build

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


def member(group: str, username: str = "", **fields) -> User:
    user = User.objects.create(username=username or group, full_name="Nguyễn Thu Hường", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name=group))
    return user


def typed(author=None, **fields) -> dict:
    """What the form of a story sends."""
    data = {
        "title": "Bến đò cũ bên sông",
        "kicker": "",
        "lead": "Chuyến đò cuối cùng rời bến.",
        "body": "<p>Người lái đò cắm sào.</p>",
        "lead_picture": "",
        "lead_picture_caption": "",
        "typed_byline": "",
        "section": build.section().pk,
        "series": "",
        "published_at_0": "",
        "published_at_1": "",
        "expires_at_0": "",
        "expires_at_1": "",
        "comments_open": "on",
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
    }
    if author:
        data |= {
            "credits-TOTAL_FORMS": "1",
            "credits-0-author": author.pk,
            "credits-0-text": "on",
            "credits-0-order": "0",
        }
    return data | fields


def change(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def draft(by: User | None = None, **fields) -> Article:
    return build.article(status=Status.DRAFT, published_at=None, created_by=by, **fields)


@pytest.fixture
def reporter(client):
    user = member("Phóng viên")
    client.force_login(user)
    return user


@pytest.fixture
def secretary(client):
    user = member("Thư ký tòa soạn")
    client.force_login(user)
    return user


def test_new_story_belongs_to_its_writer_and_the_current_style(client, reporter):
    style = build.house_style()
    client.post(ADD, typed(build.author("Hoàng Mai")))
    story = Article.objects.get()
    assert (story.created_by, story.house_style, story.publication) == (reporter, style, style.publication)
    assert (story.status, story.byline) == (Status.DRAFT, "Hoàng Mai")


def test_typed_text_is_cleaned(client, reporter):
    build.house_style()
    client.post(
        ADD, typed(title="Huyện\u00a0Ðắk  Lắk\nđón mưa", body='<p onclick="x()">Mưa<script>alert(1)</script></p>')
    )
    story = Article.objects.get()
    assert (story.title, story.body) == ("Huyện Đắk Lắk đón mưa", "<p>Mưa</p>")


def test_body_that_is_too_long_is_refused_in_words_and_stands_in_the_form(client, reporter):
    build.house_style()
    line = "<p>Người lái đò cắm sào đã bốn mươi năm.</p>"

    page = client.post(ADD, typed(build.author("Hoàng Mai"), body=line * 30_000, title="Sách dày"))

    assert page.status_code == 200
    assert "Bài có 1.320.000 ký tự kể cả mã định dạng" in page.text
    assert page.text.count("bốn mươi năm") == 30_000
    assert not Article.objects.filter(title="Sách dày").exists()


def test_prefix_of_the_house_style_is_printed_when_asked_for(client, reporter):
    build.house_style(prefix_form="{code} -")
    client.post(ADD, typed(prints_prefix="on"))
    assert Article.objects.get().lead_prefix == "BBN -"


def test_story_without_a_current_style_is_refused_in_words(client, reporter):
    build.publication()
    response = client.post(ADD, typed())
    assert response.status_code == 200
    assert "Bến đò cũ bên sông" in response.content.decode()
    assert not Article.objects.exists()


def test_date_is_read_day_first(client, secretary):
    story = draft()
    client.post(change(story), typed(published_at_0="02/07/2030", published_at_1="06:30", _continue="1"))
    story.refresh_from_db()
    assert f"{timezone.localtime(story.published_at):%d %m %Y %H:%M}" == "02 07 2030 06:30"


def test_impossible_date_is_refused_and_nothing_is_lost(client, secretary):
    story = draft()
    page = client.post(change(story), typed(title="Tít mới", published_at_0="31/02/2030", published_at_1="06:30"))
    assert page.status_code == 200
    assert "Tít mới" in page.content.decode()
    assert 'value="31/02/2030"' in page.content.decode()
    assert page.context["adminform"].form.errors["published_at"]


def test_publishing_now_shows_the_story_to_readers(client, secretary):
    story = draft()
    response = client.post(change(story), typed(_publish="1", **kept(story)))
    assert response.url == change(story)
    assert list(Article.objects.published()) == [story]
    assert story.events.get().by == secretary


def test_publishing_at_a_time_ahead_keeps_the_story_back(client, secretary):
    story = draft()
    client.post(change(story), typed(published_at_0="02/07/2040", published_at_1="06:30", _schedule="1", **kept(story)))
    story.refresh_from_db()
    assert (story.status, story.is_visible, story.published_at.year) == (Status.PUBLISHED, False, 2040)


def test_scheduling_without_a_time_is_refused_at_the_field(client, secretary):
    story = draft()
    page = client.post(change(story), typed(title="Tít mới", _schedule="1"))
    assert "published_at" in page.context["adminform"].form.errors
    assert "Tít mới" in page.content.decode()


def test_new_time_of_a_scheduled_story_is_an_event(client, secretary):
    story = build.article(hours_ago=-5)
    client.post(change(story), typed(published_at_0="02/07/2040", published_at_1="06:30", **kept(story)))
    story.refresh_from_db()
    assert story.published_at.year == 2040
    assert story.events.count() == 1


def test_both_times_of_a_draft_are_moved_at_once(client, secretary):
    """Either new time lies beyond the other one's old value."""
    soon, day = timezone.now() + timedelta(days=1), timedelta(days=1)
    story = build.article(status=Status.DRAFT, published_at=soon, expires_at=soon + day, created_by=secretary)
    times = {"published_at_0": "02/07/2040", "published_at_1": "06:30"}
    times |= {"expires_at_0": "03/07/2040", "expires_at_1": "06:30"}

    answer = client.post(change(story), typed(**kept(story), **times))

    story.refresh_from_db()
    assert (answer.status_code, story.published_at.year, story.expires_at.year) == (302, 2040, 2040)


def kept(story) -> dict:
    """The credits of a story as the form sends them back."""
    credit = story.credits.get()
    return {
        "credits-TOTAL_FORMS": "1",
        "credits-INITIAL_FORMS": "0",
        "credits-0-author": credit.author_id,
        "credits-0-text": "on",
        "credits-0-order": "0",
    }


def test_refusal_to_publish_keeps_the_text_and_says_why(client, secretary):
    story = draft(by=None)
    page = client.post(change(story), typed(title="Tít mới", section="", _publish="1", **kept(story)), follow=True)
    story.refresh_from_db()
    assert (story.title, story.status) == ("Tít mới", Status.DRAFT)
    assert [message.level_tag for message in page.context["messages"]] == ["warning", "error"]


def test_author_in_two_lines_is_refused_in_words(client, secretary):
    story, author = draft(by=secretary), build.author("Hoàng Mai")
    twice = {"credits-TOTAL_FORMS": "2", "credits-1-author": author.pk, "credits-1-photo": "on", "credits-1-order": "1"}
    page = client.post(change(story), typed(author, **twice))
    assert page.status_code == 200
    assert page.context["inline_admin_formsets"][0].formset.non_form_errors()


def test_own_story_is_not_published_alone(client, secretary):
    story = draft(by=secretary)
    assert 'name="_publish"' not in client.get(change(story)).content.decode()
    client.post(change(story), typed(_publish="1", **kept(story)))
    story.refresh_from_db()
    assert story.status == Status.DRAFT


def test_reporter_edits_own_drafts_only(client, reporter):
    own, other = draft(by=reporter), draft()
    assert 'name="_save"' in client.get(change(own)).content.decode()
    page = client.get(change(other))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(change(other), typed(title="Tít lạ")).status_code == 403


def test_editor_works_in_own_sections_and_readers_see_a_published_story_as_it_was(client):
    editor = member("Biên tập viên")
    client.force_login(editor)
    mine, foreign = build.section("Kinh tế"), build.section("Văn hóa")
    below = build.section("Nông nghiệp", parent=mine)
    SectionEditor.objects.create(user=editor, section=mine)
    stories = [draft(section=mine), draft(section=below), draft(section=foreign), build.article(section=mine)]
    may = [client.post(change(story), typed(**kept(story))).status_code for story in stories]
    assert may == [302, 302, 403, 302]
    published = Article.objects.get(pk=stories[3].pk)
    assert (published.lead, published.has_changes) == (stories[3].lead, True)


def test_only_a_draft_of_ones_own_can_be_deleted(client):
    client.force_login(User.objects.create_superuser("admin"))
    fresh, others, public = draft(by=User.objects.get()), draft(), draft()
    client.post(change(public), typed(_publish="1", **kept(public)))
    pages = [client.post(f"{LIST}{story.pk}/delete/", {"post": "yes"}).status_code for story in (fresh, others, public)]
    assert pages == [302, 403, 403]
    assert set(Article.objects.all()) == {others, public}


def test_withdrawing_asks_for_a_reason_and_then_hides_the_story(client, secretary):
    story = build.article()
    address = reverse("admin:articles_article_withdraw", args=[story.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "  "}).context["form"].errors["reason"]
    client.post(address, {"reason": "Sai tên nhân vật", "on_legal_ground": "on"})
    story.refresh_from_db()
    event = story.events.first()
    assert (story.status, event.note, event.on_legal_ground) == (Status.WITHDRAWN, "Sai tên nhân vật", True)


def test_withdrawing_without_the_right_is_forbidden(client, reporter):
    story = build.article()
    assert client.post(reverse("admin:articles_article_withdraw", args=[story.pk]), {"reason": "x"}).status_code == 403


def test_withdrawn_story_is_sealed(client, secretary):
    story = build.article(status=Status.WITHDRAWN)
    assert client.post(change(story), typed(title="Tít khác")).status_code == 403


def test_link_to_the_paper_stands_only_by_a_visible_story(client, secretary):
    visible, hidden = build.article(), draft()
    assert f'href="{visible.get_absolute_url()}"' in client.get(change(visible)).content.decode()
    assert f'href="{hidden.get_absolute_url()}"' not in client.get(change(hidden)).content.decode()


def test_search_finds_words_without_marks(client, reporter):
    build.article(title="Xây dựng nông thôn mới")
    build.article(title="Bến đò cũ")
    found = client.get(LIST, {"q": "xay dung"}).context["cl"].queryset
    assert [story.title for story in found] == ["Xây dựng nông thôn mới"]


@pytest.mark.parametrize("model", ["tag", "series", "author", "section"])
def test_names_are_found_without_marks(client, model):
    client.force_login(User.objects.create_superuser("admin"))
    getattr(build, model)("Xây dựng Đảng")
    getattr(build, model)("Văn hóa")
    found = client.get(f"/admin/articles/{model}/", {"q": "xay dang"}).context["cl"].queryset
    assert [row.name for row in found] == ["Xây dựng Đảng"]


def test_filters_take_sections_with_those_below_and_typed_authors(client, reporter):
    top = build.section("Kinh tế")
    below = build.article(section=build.section("Nông nghiệp", parent=top), by="Hoàng Mai")
    build.article(section=build.section("Văn hóa"), by="Lê An")
    by_section = client.get(LIST, {"section": top.pk}).context["cl"].queryset
    by_author = client.get(LIST, {"author": "hoang mai"}).context["cl"].queryset
    assert list(by_section) == list(by_author) == [below]
    assert client.get(LIST, {"section": "abc"}).context["cl"].queryset.count() == 2


def test_list_costs_the_same_with_one_and_with_thirty(client, reporter, django_assert_num_queries):
    build.article(created_by=reporter, by="Hoàng Mai")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    build.articles(29, created_by=reporter)
    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_policy_is_loosened_for_the_editor_alone(client, reporter):
    story = draft(by=reporter)
    loose = client.get(change(story)).headers["Content-Security-Policy"]
    strict = client.get(LIST).headers["Content-Security-Policy"]
    assert ("'unsafe-inline'" in loose, "'unsafe-inline'" in strict) == (True, False)


def test_renamed_author_is_renamed_in_the_byline(client):
    client.force_login(User.objects.create_superuser("admin"))
    story = build.article(by="Hoàng Mai")
    author = story.authors.get()
    client.post(f"/admin/articles/author/{author.pk}/change/", {"name": "Hoàng Thị Mai", "bio": "", "portrait": ""})
    story.refresh_from_db()
    assert story.byline == "Hoàng Thị Mai"


def test_prefix_with_markup_is_text_in_the_form(client):
    story = build.article(lead_prefix="<img src=x onerror=alert(1)>")
    client.force_login(User.objects.create_superuser("nguoi-thu"))
    assert "<img src=x" not in client.get(f"/admin/articles/article/{story.pk}/change/").text


def test_list_prints_dates_as_exactly_as_they_are_known(client):
    client.force_login(User.objects.create_superuser("admin"))
    at = datetime(2021, 4, 23, tzinfo=timezone.get_default_timezone())
    build.article(published_at=at, date_precision="day")
    build.article(title="Chuyện xưa", published_at=at, date_precision="unknown")
    page = client.get(LIST).text
    assert page.count("23/04/2021") == 1
    assert "00:00" not in page
