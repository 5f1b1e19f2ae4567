"""Nobody meets a word of English in the tables of the desk: every list, form, history and deletion of the admin."""

import json
import re
from urllib.parse import parse_qs

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import User
from newsroom.groups import GROUPS
from tests import build
from tests.walk import ADMINS, KINDS, Walk, of, something_in_every_table
from tests.web_forms import as_typed, fields, filled, one_change_each

pytestmark = pytest.mark.django_db

TABLES = list(ADMINS)
NEVER_ADDED = ("accounts_failedsignin", "accounts_signin", "articles_articleevent")
# Tells its history in sentences of its own (tests/articles/test_telling.py).
TOLD_OTHERWISE = {"articles_article"}
# Readers' comments have pages of their own, and none of the admin's.
STANDARD = [table for table in TABLES if table != "comments_comment"]
WRITTEN = [table for table in STANDARD if table not in NEVER_ADDED]
HUGE = "9" * 15


@pytest.fixture
def rows() -> dict[str, int]:
    return something_in_every_table()


@pytest.fixture
def walk(rows) -> Walk:
    return Walk(User.objects.get(is_superuser=True))


# --- Lists


@pytest.mark.parametrize("table", TABLES)
def test_list_of_a_table(walk, table):
    address = of(table, "changelist")

    page = walk.get(address)
    for query in (*kinds_of_links(page), "?q=khongcogi", "?q=b", "?e=1", "?p=9999", "?_popup=1", "?khong=co"):
        walk.get(address + query)

    assert walk.found == {}


def kinds_of_links(page: str) -> list[str]:
    """The links of a list to itself, one for each filter, order, date or tab that it offers."""
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(\?[^"#]*)', page)]
    return list({tuple(sorted(parse_qs(link[1:], keep_blank_values=True))): link for link in links}.values())


@pytest.mark.parametrize("table", TABLES)
def test_list_of_an_empty_table(table):
    walk = Walk(build.user(username="ha", is_superuser=True))
    if table != "accounts_user":
        ADMINS[table].model.objects.all().delete()

    walk.get(of(table, "changelist"))

    assert walk.found == {}


@pytest.mark.parametrize("table", STANDARD)
def test_acts_on_chosen_rows_of_a_list(walk, rows, table):
    address, chosen = of(table, "changelist"), {"_selected_action": rows[table]}

    page = walk.get(address)
    acts = [choice for one in fields(page) if one.name == "action" for choice in one.choices]
    walk.post(address, {"action": "", "index": 0})
    for act in acts:
        walk.post(address, {"action": act, "index": 0})
        walk.post(address, {"action": act, "index": 0, "select_across": 1, **chosen})
        walk.post(address, {"action": act, "index": 0, "post": "yes", **chosen})
    # Numbers that stand in the list itself.
    for text in ("", "mười", HUGE, "-1"):
        walk.post(address, {**filled(page, text), "_save": "1"})

    assert walk.found == {}


# --- Forms


@pytest.mark.parametrize("table", WRITTEN)
def test_form_of_a_new_row(walk, rows, table):
    address = of(table, "add")

    page = with_a_row_each(walk.get(address))
    answers = [walk.post(address, filled(page, text)) for text in WRONG]
    walk.post(address, as_typed(walk.get(of(table, "change", rows[table]))) | {"_addanother": "1"})
    walk.post(address, as_typed(walk.get(f"{address}?_popup=1")))

    assert walk.found == {}
    assert any("errorlist" in answer for answer in answers)


# Nothing; a day that never was; too long; a sign that no text may hold; too great; too small; an hour that never is.
WRONG = ("", "31/02/2026", "ạ" * 2000, "ạ\x00", HUGE, "-1", "25:99")


def with_a_row_each(page: str) -> str:
    """A form with one more row in each of its sets of rows, as the admin's script would add it."""
    row = re.sub(r"__prefix__", "0", page)
    return re.sub(r'(name="[\w-]+-TOTAL_FORMS" value=)"0"', r'\1"1"', row)


@pytest.mark.parametrize("table", WRITTEN)
def test_form_of_a_row(walk, rows, table):
    address = of(table, "change", rows[table])

    page = walk.get(address)
    answers = [walk.post(address, filled(with_a_row_each(page), text)) for text in WRONG]
    for button in ("_save", "_continue", "_addanother"):
        walk.post(address, as_typed(page) | {button: "1"})
    walk.get(of(table, "change", 0))

    assert walk.found == {}
    assert any("errorlist" in answer for answer in answers)


@pytest.mark.parametrize("table", [table for table in WRITTEN if table not in TOLD_OTHERWISE])
def test_history_of_a_row(walk, rows, table):
    """Whatever can change in a row and in the rows that hang on it, told in one long history."""
    address = of(table, "history", rows[table])
    walk.get(address)
    page = walk.get(of(table, "change", rows[table]))
    for sent in one_change_each(page):
        walk.client.post(of(table, "change", rows[table]), sent)
    model = ADMINS[table].model
    for flag, message in ((1, [{"added": {}}]), (3, []), (2, "[]"), (2, [])):
        LogEntry.objects.create(
            user=User.objects.get(is_superuser=True),
            content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
            object_id=rows[table],
            object_repr="Bến đò",
            action_flag=flag,
            change_message=json.dumps(message),
        )

    told = walk.get(address)

    assert walk.found == {}
    assert told.count("<tr>") > 5


@pytest.mark.parametrize("table", [table for table in STANDARD if table != "articles_articleevent"])
def test_deleting_a_row(walk, rows, table):
    boss = User.objects.get(is_superuser=True)
    # A story with a past is never deleted.
    draft = build.article(status="draft", published_at=None, created_by=boss, tags=[build.tag()])
    address = of(table, "delete", draft.pk if table == "articles_article" else rows[table])

    walk.get(address)
    walk.post(address, {"post": "yes"})

    assert walk.found == {}


# --- People with other rights


@pytest.mark.parametrize("group", [*GROUPS, ""])
def test_what_others_see(rows, group):
    """Every page of the desk for a member of each group, and of none: fewer buttons, plain values, or a refusal."""
    walk = Walk(build.member(group, username="ha"))
    for table in TABLES:
        answers = [walk.client.get(of(table, "changelist"))]
        if answers[0].status_code == 200 and table != "comments_comment":
            answers.append(walk.client.get(of(table, "add")))
            answers += [walk.client.get(of(table, kind, rows[table])) for kind in KINDS[2:]]
        for answer in answers:
            walk.read(f"{answer.request['PATH_INFO']} {answer.status_code}", answer)
    walk.get(reverse("admin:index"))

    assert walk.found == {}
