"""Who keeps the list of staff cannot take over those who stand above it."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    person = User.objects.create_user("quan-tri", full_name="Lý Văn Sơn", is_staff=True)
    person.groups.add(Group.objects.get(name="Quản trị"))
    client.force_login(person)
    return person


def typed(person, **fields) -> dict:
    rows = {"edited_sections-TOTAL_FORMS": "0", "edited_sections-INITIAL_FORMS": "0"}
    return {"username": person.username, "full_name": "Lý Văn Sơn", "is_active": "on", "is_staff": "on"} | rows | fields


def test_keeper_of_staff_cannot_make_a_superuser(client, keeper):
    address = f"/admin/accounts/user/{keeper.pk}/change/"
    assert client.post(address, typed(keeper, is_superuser="on", full_name="Lý Sơn")).status_code == 302
    keeper.refresh_from_db()
    assert (keeper.full_name, keeper.is_superuser) == ("Lý Sơn", False)


def test_keeper_of_staff_cannot_change_or_delete_a_superuser(client, keeper):
    above = User.objects.create_superuser("admin", password="mat-khau-cu-9")
    base = f"/admin/accounts/user/{above.pk}"
    password = {"usable_password": "true", "password1": "mat-khau-moi-9", "password2": "mat-khau-moi-9"}
    assert client.post(f"{base}/change/", typed(above)).status_code == 403
    assert client.post(f"{base}/password/", password).status_code == 403
    assert client.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    client.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": above.pk, "post": "yes"})
    above.refresh_from_db()
    assert above.is_superuser
    assert above.check_password("mat-khau-cu-9")


@pytest.mark.parametrize("is_superuser", [False, True])
def test_rights_of_one_person_are_given_by_superusers_alone(client, keeper, is_superuser):
    if is_superuser:
        client.force_login(User.objects.create_superuser("admin"))
    right = Permission.objects.get(codename="publish_article")
    address = f"/admin/accounts/user/{keeper.pk}/change/"
    assert client.post(address, typed(keeper, user_permissions=right.pk)).status_code == 302
    assert keeper.user_permissions.exists() is is_superuser


def test_superuser_can_make_and_change_a_superuser(client, keeper):
    client.force_login(User.objects.create_superuser("admin"))
    assert client.post(f"/admin/accounts/user/{keeper.pk}/change/", typed(keeper, is_superuser="on")).status_code == 302
    keeper.refresh_from_db()
    assert keeper.is_superuser
    assert client.get(f"/admin/accounts/user/{keeper.pk}/password/").status_code == 200
