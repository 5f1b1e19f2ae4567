"""Who may do what, spelt out: a right that slips into a group, or out of it, is seen here."""

import pytest
from django.contrib.auth.models import Group, Permission

from newsroom.groups import GROUPS, codenames, ensure_groups

pytestmark = pytest.mark.django_db

REPORTER = {
    "articles.view_article",
    "articles.add_article",
    "articles.change_article",
    "articles.delete_article",
    "articles.view_articleevent",
    "articles.view_author",
    "articles.view_credit",
    "articles.add_credit",
    "articles.change_credit",
    "articles.delete_credit",
    "articles.view_picture",
    "articles.view_plan",
    "articles.add_picture",
    "articles.change_picture",
    "articles.view_section",
    "articles.view_series",
    "articles.view_tag",
    "articles.add_tag",
}
EDITOR = REPORTER | {
    "articles.edit_others_article",
    "articles.add_correction",
    "articles.add_plan",
    "articles.change_plan",
    "articles.delete_plan",
    "articles.change_correction",
    "articles.delete_correction",
    "articles.view_correction",
    "articles.edit_published_article",
    "articles.add_author",
    "articles.change_author",
    "articles.delete_picture",
    "articles.add_series",
    "articles.change_series",
    "articles.change_tag",
    "comments.view_comment",
}
SECRETARY = EDITOR | {
    "articles.publish_article",
    "articles.withdraw_article",
    "articles.delete_author",
    "articles.delete_tag",
    "blocks.view_block",
    "blocks.add_block",
    "blocks.change_block",
    "blocks.delete_block",
    "blocks.view_blockitem",
    "blocks.add_blockitem",
    "blocks.change_blockitem",
    "blocks.delete_blockitem",
    "flatpages.view_flatpage",
    "flatpages.change_flatpage",
}
MODERATOR = {
    "comments.view_comment",
    "comments.moderate_comment",
    "comments.view_moderationaction",
}
# What an administrator of tables and people has no business with.
NOT_FOR_ADMINISTRATORS = {
    "articles.add_article",
    "articles.change_article",
    "articles.publish_article",
    "articles.publish_own_article",
    "articles.withdraw_article",
    "comments.moderate_comment",
    "comments.delete_comment",
}


def rights(group: str) -> set[str]:
    pairs = Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def everything() -> dict[str, set[str]]:
    return {name: rights(name) for name in Group.objects.values_list("name", flat=True)}


def test_groups_after_migrate_are_the_five_of_the_house():
    assert set(everything()) == {
        "Phóng viên",
        "Biên tập viên",
        "Thư ký tòa soạn",
        "Kiểm duyệt bình luận",
        "Quản trị",
    }


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Phóng viên", REPORTER),
        ("Biên tập viên", EDITOR),
        ("Thư ký tòa soạn", SECRETARY),
        ("Kiểm duyệt bình luận", MODERATOR),
    ],
)
def test_group_has_exactly_its_rights(group, expected):
    assert rights(group) == expected


def test_administrators_run_the_house_and_do_not_write_the_paper():
    held = rights("Quản trị")

    assert {"accounts.add_user", "auth.change_group", "articles.change_publication", "sites.change_site"} <= held
    assert held & NOT_FOR_ADMINISTRATORS == set()


def test_nobody_has_the_right_to_publish_alone_by_their_group():
    holders = [name for name, held in everything().items() if "articles.publish_own_article" in held]

    assert holders == []


def test_comments_and_logs_can_be_deleted_by_no_group():
    kept = {"comments.delete_comment", "comments.delete_moderationaction", "articles.delete_articleevent"}

    assert [name for name, held in everything().items() if held & kept] == []


def test_data_of_readers_are_taken_out_and_erased_by_administrators_alone():
    assert [name for name, held in everything().items() if "comments.erase_comment" in held] == ["Quản trị"]


def test_groups_made_again_do_not_change():
    before = everything()

    ensure_groups()

    assert everything() == before


def test_right_added_by_hand_is_taken_back():
    Group.objects.get(name="Phóng viên").permissions.add(Permission.objects.get(codename="publish_article"))

    ensure_groups()

    assert rights("Phóng viên") == REPORTER


def test_right_taken_by_hand_is_given_back():
    Group.objects.get(name="Kiểm duyệt bình luận").permissions.clear()

    ensure_groups()

    assert rights("Kiểm duyệt bình luận") == MODERATOR


def test_group_of_the_papers_own_making_is_left_alone():
    extra = Group.objects.create(name="Cộng tác viên")
    extra.permissions.add(Permission.objects.get(codename="add_article"))

    ensure_groups()

    assert rights("Cộng tác viên") == {"articles.add_article"}


def test_every_right_in_the_table_exists():
    named = codenames(table for tables in GROUPS.values() for table in tables)
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))

    assert named - known == set()
