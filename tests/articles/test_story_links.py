"""Links from story to story: known by a table that follows the bodies, and shown to the desk where they are dead."""

from datetime import timedelta

import pytest
from django.contrib.sites.models import Site
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.html import linked_stories
from articles.models import Status, StoryLink
from articles.readiness import dead_links, problems
from tests import build

pytestmark = pytest.mark.django_db


def linking_to(*stories, words: str = "đã đưa tin", **fields):
    links = "".join(f'<p><a href="{story.get_absolute_url()}">{words}</a></p>' for story in stories)
    return build.article(title="Bài dẫn", body=links, **fields)


def targets(story) -> list[int]:
    return list(story.links.order_by("target").values_list("target", flat=True))


@pytest.mark.parametrize(
    ("address", "is_story"),
    [
        ("/thoi-su/ben-do-cu-7.html", True),
        ("/thoi-su/ben-do-cu-7/in.html", True),
        ("/thoi-su/ben-do-cu-7.html?tu=zalo#binh-luan", True),
        ("https://bao.example/thoi-su/ben-do-cu-7.html", True),
        ("http://bao.example/thoi-su/ben-do-cu-7.html", True),
        ("https://bao.example.vn/thoi-su/ben-do-cu-7.html", False),
        ("mailto:bao.example/thoi-su/ben-do-cu-7.html", False),
        ("/thoi-su/nong-nghiep/ben-do-cu-7.html", False),
        ("/thoi-su/ben-do-cu-7", False),
        ("/thoi-su/", False),
        ("/thoi-su/ben-do-cu-1234567890123456.html", False),
    ],
)
def test_address_of_a_story_is_known_in_all_its_forms_and_no_other(address, is_story):
    linked = linked_stories(f'<p><a href="{address}">Bến <strong>đò</strong></a></p>', "bao.example")

    assert linked == ({7: "Bến đò"} if is_story else {})


def test_links_follow_the_body_and_no_story_is_its_own():
    first, second = build.article(), build.article()
    story = linking_to(first, first, second)
    assert targets(story) == [first.pk, second.pk]

    own = f"https://{Site.objects.get_current().domain}"
    story.body = f'<p><a href="{own}{second.get_absolute_url()}">x</a><a href="{story.get_absolute_url()}">y</a></p>'
    publishing.derive(article=story)
    assert targets(story) == [second.pk]
    assert "nofollow" not in story.body_html


@pytest.mark.parametrize(
    ("state", "is_dead"),
    [
        ({}, False),
        ({"status": Status.WITHDRAWN}, True),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, True),
        ({"status": Status.DRAFT, "published_at": None}, True),
        ({"published_at": timezone.now() + timedelta(days=1)}, True),
    ],
)
def test_link_to_a_story_that_nobody_can_read_is_worth_a_look_and_blocks_nothing(state, is_dead):
    story = linking_to(build.article(title="Đò ngang", **state), status=Status.DRAFT, published_at=None)
    sentence = "Liên kết “đã đưa tin” dẫn tới bài “Đò ngang” mà bạn đọc không xem được."

    assert [(found.text, found.blocking) for found in problems(story)] == ([(sentence, False)] if is_dead else [])


def test_link_to_a_deleted_story_stays_in_the_table_and_is_told():
    target = build.article(by=None)
    story = linking_to(target)
    number = target.pk
    target.delete()

    assert targets(story) == [number]
    assert dead_links(story) == ["Liên kết “đã đưa tin” dẫn tới một bài không tồn tại."]


def test_story_may_lead_to_one_that_is_out_before_it():
    tomorrow = timezone.now() + timedelta(days=1)
    story = linking_to(build.article(published_at=tomorrow), published_at=tomorrow + timedelta(hours=1))

    assert dead_links(story) == []


def test_desk_is_told_which_stories_lead_to_one_before_it_goes_and_after(admin_client, admin_user):
    target = build.article(title="Đò ngang")
    story = linking_to(target)
    linking_to(target, status=Status.DRAFT, published_at=None, by=None)
    form = reverse("admin:articles_article_change", args=[target.pk])
    line = f'<li><a href="{reverse("admin:articles_article_change", args=[story.pk])}">Bài dẫn</a></li>'

    assert "Các bài dẫn tới bài này" not in admin_client.get(form).text
    assert admin_client.get(reverse("admin:articles_article_withdraw", args=[target.pk])).text.count(line) == 1

    publishing.withdraw(article=target, by=admin_user, reason="Sai tên xã")
    page = admin_client.get(form).text
    assert page.count(line) == 1
    assert page.count("Bài dẫn") == 1
    assert "dẫn tới bài “Đò ngang”" in admin_client.get(reverse("admin:articles_article_change", args=[story.pk])).text


def test_story_with_links_and_linked_to_can_be_deleted():
    story = linking_to(build.article(), by=None)
    linking_to(story, by=None)
    story.delete()

    assert StoryLink.objects.count() == 1
