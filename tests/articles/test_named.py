"""Names of tags, series, sections and people: one row for a meaning, in Vietnamese order on every database."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import Author, Section, Series, Tag

from .. import build

pytestmark = pytest.mark.django_db

SPELLINGS = ["Thủy lợi", "thuỷ  lợi", "THỦY LỢI", unicodedata.normalize("NFD", "Thủy lợi"), "Thủy\u200b lợi"]


@pytest.mark.parametrize("model", [Tag, Author, Section, Series])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_of_a_name_is_the_same_row(model, spelling):
    row = model.objects.create(name="Thủy lợi")

    assert model.objects.called(spelling) == row
    with pytest.raises(ValidationError) as refused:
        model(name=spelling).clean()
    assert refused.value.message_dict == {"name": ["Đã có “Thủy lợi”; cách viết khác của tên này vẫn là cùng một mục."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(name=spelling)


def test_eth_typed_for_d_is_no_other_tag():
    tag = build.tag("Đà Lạt")

    assert Tag.objects.called("Ðà Lạt") == tag


@pytest.mark.parametrize("model", [Tag, Series, Section])
def test_lists_of_names_are_in_vietnamese_order(model):
    names = ["An Giang", "Ăn chơi", "Ấp Bắc", "Bình Nguyên", "Da cam", "Đà Lạt", "Ê Đê", "Ngô", "Ơn nghĩa", "Y tế"]
    for name in reversed(names):
        model.objects.create(name=name)

    assert [row.name for row in model.objects.all()] == names


def test_authors_are_listed_by_given_name():
    names = ["Trần Văn An", "Đỗ Ánh", "Bùi Hải", "Nguyễn Thị Hành", "Lê Hạnh", "Hoàng Mai"]
    for name in sorted(names):
        build.author(name)

    assert [author.name for author in Author.objects.all()] == names


def test_tags_of_a_story_stand_in_vietnamese_order(client):
    story = build.article(tags=[build.tag("Đê điều"), build.tag("Dân tộc"), build.tag("Ẩm thực")])

    page = client.get(story.get_absolute_url()).content.decode()

    assert page.index(">Ẩm thực<") < page.index(">Dân tộc<") < page.index(">Đê điều<")


def test_desk_lists_tags_and_staff_in_vietnamese_order(admin_client):
    for name in ("Đê điều", "Dân tộc", "Ẩm thực"):
        build.tag(name)
    for number, name in enumerate(("Bùi Văn Đạt", "Vũ Thị Ánh", "Lê Danh")):
        build.user(username=f"nguoi{number}", full_name=name)

    tags = admin_client.get(reverse("admin:articles_tag_changelist")).content.decode()
    staff = admin_client.get(reverse("admin:accounts_user_changelist")).content.decode()

    assert tags.index("Ẩm thực") < tags.index("Dân tộc") < tags.index("Đê điều")
    assert staff.index("Vũ Thị Ánh") < staff.index("Lê Danh") < staff.index("Bùi Văn Đạt")
    assert admin_client.get(reverse("admin:articles_tag_changelist") + "?o=-1").status_code == 200


def test_name_with_signs_that_fit_no_key_is_refused_with_words(admin_client):
    answer = admin_client.post(reverse("admin:articles_tag_add"), {"name": "ﷺ" * 100, "slug": "", "description": ""})

    assert len(answer.context["adminform"].form.errors["name"]) == 1
    assert not Tag.objects.exists()
