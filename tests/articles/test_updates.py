"""An important update: the desk says so, readers and search engines are told when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.listing import STORIES_IN_FILE
from articles.models import Act, Article, Status
from articles.publishing import Refused, revise
from articles.templatetags.desk import ago

from .. import build
from .test_admin_article import change, kept, typed

pytestmark = pytest.mark.django_db


def sitemap_with(client, story) -> str:
    return client.get(f"/sitemap-bai-viet-{story.pk // STORIES_IN_FILE}.xml").content.decode()


@pytest.fixture
def secretary(client):
    user = build.member("Thư ký tòa soạn")
    client.force_login(user)
    return user


def test_story_prints_no_update_unless_the_desk_marks_one(client, secretary):
    story = build.article()
    client.post(change(story), typed(title="Tít sửa dấu phẩy", **kept(story)))

    assert "Cập nhật lúc" not in client.get(Article.objects.get().get_absolute_url()).content.decode()


def test_marked_update_is_printed_and_logged(client, secretary):
    story = build.article(hours_ago=30)
    editor = build.member("Biên tập viên")
    client.force_login(editor)
    client.post(change(story), typed(**kept(story)))
    client.force_login(secretary)
    client.post(change(story), typed(marks_update="on", _release="1", **kept(story)))

    story.refresh_from_db()
    moment = timezone.localtime(story.revised_at)
    page = client.get(story.get_absolute_url()).content.decode()
    assert f">{moment:%H:%M, %d/%m/%Y}</time>" in page.partition("Cập nhật lúc")[2]
    assert f'"dateModified": "{moment.isoformat(timespec="minutes")}"' in page
    assert story.printed_date in page
    event = story.events.get()
    assert (event.act, event.by, event.before, event.after) == (Act.RELEASE, secretary, "published", "published")


def test_update_can_be_marked_only_where_readers_see_the_story(client, secretary):
    for fields in (
        {"status": Status.DRAFT, "published_at": None},
        {"published_at": timezone.now() + timedelta(hours=1)},
        {"status": Status.WITHDRAWN},
    ):
        story = build.article(**fields)
        assert "marks_update" not in client.get(change(story)).content.decode()
        with pytest.raises(Refused):
            revise(article=story, by=secretary)
    assert not Article.objects.exclude(revised_at=None).exists()


def test_who_may_not_edit_published_stories_marks_none():
    story = build.article()

    with pytest.raises(Refused):
        revise(article=story, by=build.member("Phóng viên"))
    assert not story.events.exists()


def test_search_engines_and_feeds_hear_of_updates_and_of_nothing_less(client, secretary):
    published = timezone.now() - timedelta(days=3)
    story = build.article(published_at=published)
    day = f"{timezone.localtime(published):%Y-%m-%d}"
    assert f"<lastmod>{day}</lastmod>" in sitemap_with(client, story)
    before = client.get("/atom/tin-moi.xml").content.decode()

    revised = revise(article=story, by=secretary).revised_at

    stamp = f"<updated>{revised.isoformat()}</updated>"
    assert stamp not in before
    assert stamp in client.get("/atom/tin-moi.xml").content.decode()
    today = f"{timezone.localtime(revised):%Y-%m-%d}"
    assert f"<lastmod>{today}</lastmod>" in sitemap_with(client, story)
    assert today in client.get("/sitemap.xml").content.decode()


def test_sitemap_guesses_no_day_where_none_is_known(client):
    story = build.article()
    publishing.publish_archive(article=story, at=None)

    assert "<lastmod>" not in sitemap_with(client, story)


def test_desk_says_how_long_ago_with_the_exact_time_at_hand(client, secretary):
    build.article(status=Status.DRAFT, published_at=None, created_by=secretary)

    page = client.get(reverse("admin:index")).content.decode()

    assert ">vừa xong</time>" in page
    moment = timezone.now() - timedelta(minutes=5)
    local = timezone.localtime(moment)
    assert ago(moment) == (
        f'<time datetime="{local.isoformat(timespec="minutes")}" title="{local:%H:%M, %d/%m/%Y}">5 phút trước</time>'
    )
    assert ago(None) == ""
