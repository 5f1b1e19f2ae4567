"""While a story is typed: it saves itself, nothing of it is lost, and one knows who else has it open."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import presence
from articles.models import Article, Presence, Revision, Status

from .. import build
from .test_admin_article import ADD, change, kept, typed

pytestmark = pytest.mark.django_db

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
    assert [(one.origin, one.content["title"], one.by) for one in story.revisions.all()] == [
        ("autosaved", "Đang gõ d", reporter),
        ("found", "Bến đò cũ bên sông", None if False else reporter),
    ]
