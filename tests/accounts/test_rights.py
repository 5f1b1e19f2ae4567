from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.rights import right_name
from tests import build

pytestmark = pytest.mark.django_db


def right(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@pytest.mark.parametrize(
    ("app", "codename", "name"),
    [
        ("articles", "change_article", "Tòa soạn | bài viết | sửa"),
        ("articles", "withdraw_article", "Tòa soạn | bài viết | Được gỡ bài"),
        ("comments", "moderate_comment", "Ý kiến bạn đọc | ý kiến | Được duyệt, từ chối và ẩn ý kiến"),
        ("accounts", "view_failedsignin", "Tài khoản | lần đăng nhập sai | xem"),
    ],
)
def test_right_is_named_in_vietnamese(app, codename, name):
    assert right_name(right(app, codename)) == name


def test_right_of_a_model_that_is_gone_keeps_its_name():
    orphan = right("articles", "view_tag")
    orphan.content_type.model, orphan.codename, orphan.name = "poll", "count_poll", "Can count polls"

    assert right_name(orphan).endswith(" | Can count polls")


@pytest.mark.parametrize("form", ["auth_group_add", "user"])
def test_forms_of_users_and_groups_offer_rights_in_vietnamese(client, form):
    boss = build.user(is_superuser=True)
    client.force_login(boss)
    address = reverse("admin:accounts_user_change", args=[boss.pk]) if form == "user" else reverse(f"admin:{form}")

    page = unescape(client.get(address).content.decode())

    assert "Tòa soạn | bài viết | Được đăng và hẹn giờ bài viết" in page
    assert "Can add" not in page


def test_group_is_saved_with_the_rights_that_were_chosen(client):
    client.force_login(build.user(is_superuser=True))
    chosen = right("articles", "publish_article")

    client.post(reverse("admin:auth_group_add"), {"name": "Trực đêm", "permissions": [chosen.pk]})

    assert list(Group.objects.get(name="Trực đêm").permissions.all()) == [chosen]
