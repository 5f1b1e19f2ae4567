"""Nothing at the desk is done by GET: a link, a preview of a letter or a robot that follows it changes no row."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from articles import revising
from articles.models import Article, Correction, Plan, SavedFilter
from tests import build
from tests.articles.test_acts import STAGES, story_at
from tests.walk import of, something_in_every_table

pytestmark = pytest.mark.django_db

# Acts that have no page of their own: asked for by GET they are refused as such.
BY_POST_ALONE = {
    "articles_article_drop_filter",
    "articles_article_name_version",
    "articles_article_restore",
    "articles_article_save_filter",
    "articles_plan_begin",
    "comments_comment_act",
    "comments_comment_bulk",
    "logout",
}
# What a form would send with its acts; in an address it says nothing.
PRESSED = "?_publish=1&_submit=1&_save=1&action=publish&_selected_action=1&confirmed=1&reason=x&name=x&index=0&post=yes"


def everything() -> dict:
    """Every row of every table but those of sessions."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model is not Session]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in tables}


def addresses(rows: dict[str, int]) -> dict[str, str]:
    """name of a view -> an address of it, for every view of the desk that has a name."""
    _prefix, desk = get_resolver().namespace_dict["admin"]
    found = {}
    for name in (name for name in desk.reverse_dict if isinstance(name, str)):
        table = next((table for table in rows if name.startswith(f"{table}_")), "")
        values = {"number": 1, "app_label": "articles", "content_type_id": 1, "url": "khong-co/"}
        (form, params), *_others = desk.reverse_dict.getlist(name)[0][0]
        found[name] = "/admin/" + form % {param: values.get(param, rows.get(table, 1)) for param in params}
    return found


@pytest.fixture
def rows():
    rows = something_in_every_table()
    revising.record(Article.objects.get(pk=rows["articles_article"]))
    boss = User.objects.get(is_superuser=True)
    # The filter's view begins with the name of another table; any row will do.
    SavedFilter.objects.create(pk=rows["articles_article"], user=boss, name="Đò", query="q=đò")
    return rows | {"articles_plan": Plan.objects.create(idea="Mùa nước nổi").pk}


def test_no_view_of_the_desk_changes_a_row_when_it_is_asked_for_by_get(rows):
    desk = Client()
    desk.force_login(User.objects.get(is_superuser=True))
    before, refused, asked = everything(), set(), addresses(rows)
    for name, address in asked.items():
        for query in ("", PRESSED):
            answer = desk.get(address + query)
            assert answer.status_code < 500, address
            if answer.status_code == 405:
                refused.add(name)

    changed = {table for table, found in everything().items() if found != before[table]}
    assert changed == set()
    assert refused >= BY_POST_ALONE
    assert len(asked) > 100


@pytest.mark.parametrize("stage", STAGES)
def test_form_and_acts_of_a_story_change_nothing_by_get_in_any_state(client, stage):
    story = story_at(stage)
    Correction.objects.create(article=story, wrong="Ba trăm hộ.", right="Ba mươi hộ.", apology="Báo xin lỗi.")
    client.force_login(build.member("Thư ký tòa soạn"))
    before = everything()
    for kind in ("change", "history", "withdraw", "put_back", "versions", "look", "delete"):
        assert client.get(of("articles_article", kind, story.pk) + PRESSED).status_code in (200, 302, 403)

    assert everything() == before
