"""Every table of the desk opens, in Vietnamese."""

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.urls import reverse

from tests import build

pytestmark = pytest.mark.django_db

TABLES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
NEVER_ADDED = ("accounts_failedsignin", "accounts_signin", "articles_articleevent")
# Readers' comments come from readers: the desk has no form for new ones, so not even an address.
ADDED = [table for table in TABLES if table not in (*NEVER_ADDED, "comments_comment")]


@pytest.fixture
def boss(client):
    client.force_login(build.user(is_superuser=True))
    return client


@pytest.mark.parametrize("table", TABLES)
def test_list_of_a_table_opens(boss, table):
    build.article()

    page = boss.get(reverse(f"admin:{table}_changelist"))

    assert page.status_code == 200
    assert 'alt="Search"' not in page.content.decode()


@pytest.mark.parametrize("table", ADDED)
def test_empty_form_of_a_table_opens(boss, table):
    assert boss.get(reverse(f"admin:{table}_add")).status_code == 200


@pytest.mark.parametrize("table", NEVER_ADDED)
def test_sign_ins_are_never_added_by_hand(boss, table):
    assert boss.get(reverse(f"admin:{table}_add")).status_code == 403


@pytest.mark.parametrize(("failures", "standing"), [(3, "còn 7 lần thử"), (10, "đang bị khóa")])
def test_failed_sign_ins_say_how_many_attempts_are_left(boss, failures, standing):
    AccessAttempt.objects.create(username="lethuha", ip_address="203.0.113.7", failures_since_start=failures)

    page = boss.get(reverse("admin:accounts_failedsignin_changelist")).content.decode()

    assert standing in page


def test_administrator_opens_the_door_again_by_taking_the_row_away(client):
    attempt = AccessAttempt.objects.create(username="lethuha", ip_address="203.0.113.7", failures_since_start=10)
    client.force_login(build.member("Quản trị"))

    client.post(reverse("admin:accounts_failedsignin_delete", args=[attempt.pk]), {"post": "yes"})

    assert not AccessAttempt.objects.exists()
