"""The life of a story, told in sentences; the log of all stories, looked through and never written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing, revising
from articles.contents import content_of
from articles.models import Article, ArticleEvent, Origin, Status
from articles.telling import life_of

from .. import build

pytestmark = pytest.mark.django_db

LOG = "/admin/articles/articleevent/"


@pytest.fixture
def told(time_machine) -> Article:
    """A story that was written, sent back, mended, scheduled for the next morning and withdrawn."""
    moment = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    time_machine.move_to(moment, tick=False)
    writer = build.member("Phóng viên", full_name="Hoàng Mai")
    editor = build.member("Biên tập viên", full_name="Lê Thu Hà")
    secretary = build.member("Thư ký tòa soạn", full_name="Trần Mai Lĩnh")
    build.article(status=Status.DRAFT, published_at=None, created_by=writer)

    def later(act, **fields):
        nonlocal moment
        moment += timedelta(minutes=10)
        time_machine.move_to(moment, tick=False)
        return act(article=Article.objects.get(), **fields)

    def saved(article, by, **fields):
        content = content_of(article) | fields
        return revising.save(article=article, content=content, by=by, based_on=article.latest_revision)

    later(publishing.submit, by=writer)
    later(publishing.send_back, by=editor, reason="Thiếu số liệu của xã.")
    later(saved, by=writer, lead="Xã đã có số liệu.")
    later(publishing.submit, by=writer)
    later(publishing.publish, by=secretary, at=moment.replace(hour=6) + timedelta(days=1))
    time_machine.move_to(moment + timedelta(days=2), tick=False)
    moment += timedelta(days=2)
    later(publishing.withdraw, by=secretary, reason="Theo yêu cầu.", on_legal_ground=True)
    return Article.objects.get()


def test_life_of_a_story_is_told_in_sentences(told):
    assert [(one.sentence, one.note) for one in reversed(life_of(told))] == [
        ("Nội dung ban đầu.", ""),
        ("Hoàng Mai đã gửi biên tập. Bản nháp → Chờ biên tập.", ""),
        ("Lê Thu Hà đã trả lại. Chờ biên tập → Bản nháp.", "Thiếu số liệu của xã."),
        ("Hoàng Mai đã lưu nội dung.", ""),
        ("Hoàng Mai đã gửi biên tập. Bản nháp → Chờ biên tập.", ""),
        ("Trần Mai Lĩnh đã hẹn giờ. Sẽ lên trang lúc 06:40 ngày mai. Chờ biên tập → Đã đăng.", ""),
        ("Trần Mai Lĩnh đã gỡ. Đã đăng → Đã gỡ. Theo căn cứ pháp lý.", "Theo yêu cầu."),
    ]


def test_save_that_came_of_itself_is_told_only_if_it_was_named(told):
    story = build.article(title="Bài khác", status=Status.DRAFT, published_at=None)
    content = content_of(story) | {"title": "Đang gõ"}
    revising.save(article=story, content=content, by=None, based_on=0, origin=Origin.AUTOSAVED)
    before = len(life_of(story))
    revising.name(revision=story.revisions.first(), name="Trước khi rút gọn")

    assert (before, len(life_of(story))) == (1, 2)
    assert life_of(story)[0].note == "Trước khi rút gọn"


def test_history_page_tells_it_and_leads_to_the_versions(client, told):
    client.force_login(build.member("Biên tập viên"))
    page = client.get(reverse("admin:articles_article_history", args=[told.pk])).text

    assert "Lê Thu Hà đã trả lại." in page
    assert "Thiếu số liệu của xã." in page
    assert f'href="/admin/articles/article/{told.pk}/versions/?den=2"' in page


def test_log_is_searched_by_story_and_filtered_by_act_and_never_written(client, told):
    client.force_login(build.member("Thư ký tòa soạn"))
    publishing.publish(
        article=build.article(title="Đò ngang", status="draft", published_at=None), by=build.member("Thư ký tòa soạn")
    )

    found = client.get(LOG, {"q": "ben do cu"}).context["cl"].queryset
    returned = client.get(LOG, {"act__exact": "send_back"}).context["cl"].queryset

    assert {event.article for event in found} == {told}
    assert [event.note for event in returned] == ["Thiếu số liệu của xã."]
    event = ArticleEvent.objects.first()
    assert client.get(f"{LOG}add/").status_code == 403
    assert client.post(f"{LOG}{event.pk}/change/", {"note": "Khác"}).status_code == 403
    assert client.post(f"{LOG}{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_log_of_many_acts_costs_no_more_queries(client, told, django_assert_max_num_queries):
    client.force_login(build.member("Thư ký tòa soạn"))
    with django_assert_max_num_queries(12):
        client.get(LOG)
