"""Two tags of one meaning become one: nothing of the other is lost, neither stories nor name nor address."""

import unicodedata

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.importing.pages import _named
from articles.merging import merge_tags
from articles.models import Article, Tag, TagSynonym
from articles.publishing import Refused, derive
from articles.search import find
from newsroom.demo.stories import tag as demo_tag

from .. import build
from ..desk import sent_back, with_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return build.tag("Đà Lạt"), build.tag("thành phố hoa")


@pytest.fixture
def secretary():
    return build.member("Thư ký tòa soạn", username="lethuha", full_name="Lê Thu Hà")


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def address(tag) -> str:
    return reverse("admin:articles_tag_merge", args=[tag.pk])


def test_stories_of_the_other_tag_come_over_and_are_found_by_the_new_name(pair, secretary):
    kept, other = pair
    only_other, both, neither = (build.article(tags=tags) for tags in ([other], [kept, other], []))

    assert merge_tags(kept=kept, other=other, by=secretary) == 2

    assert [list(story.tags.all()) for story in (only_other, both, neither)] == [[kept], [kept], []]
    assert set(find("đà lạt", Article.objects.all())) == {only_other, both}
    assert not Tag.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("spelling", ["Thành phố hoa", "THÀNH PHỐ HOA", unicodedata.normalize("NFD", "thành phố  hoa")])
def test_name_of_the_other_tag_lands_on_the_kept_one_in_every_way_in(pair, secretary, desk, spelling):
    kept, other = pair
    merge_tags(kept=kept, other=other, by=secretary)

    offered = desk.get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "article", "field_name": "tags", "term": spelling},
    )

    assert [row["id"] for row in offered.json()["results"]] == [str(kept.pk)]
    assert _named(Tag, spelling) == demo_tag(spelling) == Tag.objects.called(spelling) == kept
    with pytest.raises(ValidationError):
        Tag(name=spelling).clean()
    assert Tag.objects.count() == 1


def test_address_of_the_other_tag_leads_to_the_kept_one(pair, secretary, client):
    kept, other = pair
    build.article(tags=[other])
    old = other.get_absolute_url()
    merge_tags(kept=kept, other=other, by=secretary)

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    assert client.get("/chu-de/khong-co/").status_code == 404


def test_names_that_the_other_tag_had_taken_in_move_along(pair, secretary):
    kept, other = pair
    third = build.tag("xứ sương mù")
    merge_tags(kept=other, other=third, by=secretary)
    merge_tags(kept=kept, other=other, by=secretary)

    assert Tag.objects.called("Xứ sương mù") == kept
    assert [synonym.name for synonym in kept.synonyms.all()] == ["thành phố hoa", "xứ sương mù"]


def test_new_tag_takes_no_address_of_a_synonym(pair, secretary):
    kept, other = pair
    merge_tags(kept=kept, other=other, by=secretary)

    assert Tag.objects.create(name="Thanh phố hoa").slug == "thanh-pho-hoa-2"
    with pytest.raises(ValidationError) as refused:
        Tag(name="Khác hẳn", slug="thanh-pho-hoa").clean()
    assert list(refused.value.message_dict) == ["slug"]


def test_merge_that_makes_no_sense_is_refused_and_changes_nothing(pair, secretary):
    kept, other = pair
    build.article(tags=[other])

    with pytest.raises(Refused):
        merge_tags(kept=kept, other=kept, by=secretary)
    with pytest.raises(Refused):
        merge_tags(kept=kept, other=other, by=build.member("Phóng viên"))
    gone = Tag(pk=987, name="đã gộp")
    with pytest.raises(Refused):
        merge_tags(kept=kept, other=gone, by=secretary)

    assert other.articles.count() == 1
    assert not TagSynonym.objects.exists()


def test_desk_asks_shows_and_merges(desk, pair, secretary):
    kept, other = pair
    build.article(tags=[other])

    form = desk.get(reverse("admin:articles_tag_change", args=[kept.pk])).content.decode()
    assert address(kept) in form
    confirmation = desk.get(address(kept), {"name": "Thành  phố HOA"}).content.decode()
    assert "1 bài sẽ chuyển sang" in confirmation
    assert Tag.objects.count() == 2
    answer = desk.post(address(kept), {"name": "thành phố hoa"}, follow=True)

    assert "“thành phố hoa” nay là tên khác của “Đà Lạt”." in answer.content.decode()
    assert Tag.objects.get() == kept
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (secretary, str(kept.pk))
    assert entry.change_message == "Đã gộp thẻ “thành phố hoa” với 1 bài vào thẻ này."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Ô này bắt buộc phải điền."),
        ("đà lạt", "Đây chính là thẻ đang mở; hãy nêu tên một thẻ khác."),
        ("không hề có", "Không có thẻ nào mang tên này."),
    ],
)
def test_wrong_name_is_told_in_words(desk, pair, name, sentence):
    kept, _other = pair

    for answer in (desk.get(address(kept), {"name": name}), desk.post(address(kept), {"name": name})):
        assert answer.status_code == 200
        assert list(answer.context["form"].errors["name"]) == [sentence]
    assert Tag.objects.count() == 2


def test_who_may_not_delete_tags_may_not_merge_them(client, pair):
    kept, _other = pair
    client.force_login(build.member("Biên tập viên"))

    assert address(kept) not in client.get(reverse("admin:articles_tag_change", args=[kept.pk])).content.decode()
    assert client.get(address(kept)).status_code == 403
    assert client.post(address(kept), {"name": "thành phố hoa"}).status_code == 403
    assert Tag.objects.count() == 2


def test_synonym_is_typed_in_the_form_of_its_tag(desk, pair):
    kept, other = pair
    data = {"name": kept.name, "description": "", "synonyms-TOTAL_FORMS": 1, "synonyms-INITIAL_FORMS": 0}

    def sent(name):
        return desk.post(
            reverse("admin:articles_tag_change", args=[kept.pk]),
            data | {"synonyms-0-name": name, "synonyms-0-tag": kept.pk},
        )

    assert sent("Xứ ngàn thông").status_code == 302
    assert Tag.objects.called("xứ ngàn thông") == kept
    refused = sent(other.name.upper())
    assert refused.status_code == 200
    assert refused.context["inline_admin_formsets"][0].formset.errors[0]["name"]


def test_one_name_in_two_lines_is_told_in_words(desk, pair):
    page = desk.get(reverse("admin:articles_tag_change", args=[pair[0].pk]))
    data = with_line(page, sent_back(page), "synonyms", name="Xứ ngàn thông")

    twice = desk.post(page.request["PATH_INFO"], with_line(page, data, "synonyms", name="xứ  NGÀN thông"))
    own = desk.post(page.request["PATH_INFO"], data | {"name": "Xứ ngàn thông"})

    for answer in (twice, own):
        errors = answer.context["inline_admin_formsets"][0].formset.errors
        assert [list(line.get("name", [])) for line in errors if line] == [["Tên này đã có ở đây."]]
    assert not TagSynonym.objects.exists()


def test_merged_tags_may_be_merged_on_and_back_by_any_of_their_names(pair, desk, client):
    kept, other = pair
    third = build.tag("xứ sương mù")
    old = [third.get_absolute_url(), other.get_absolute_url()]

    assert desk.post(address(other), {"name": "Xứ sương mù"}).status_code == 302
    again = desk.post(address(other), {"name": "xứ SƯƠNG mù"})
    assert list(again.context["form"].errors["name"]) == ["Đây chính là thẻ đang mở; hãy nêu tên một thẻ khác."]
    # By the other name of the second tag; both old addresses lead straight to the first one.
    assert desk.post(address(kept), {"name": "xứ sương mù"}).status_code == 302

    assert [(client.get(one).status_code, client.get(one)["Location"]) for one in old] == [
        (301, kept.get_absolute_url())
    ] * 2
    assert desk.get(address(other)).status_code == 404


def test_story_of_a_merged_tag_keeps_everything_else(pair, secretary):
    kept, other = pair
    story = derive(article=build.article(tags=[other, build.tag("du lịch")]))
    before = Article.objects.values("title", "updated_at", "status", "body_html").get(pk=story.pk)

    merge_tags(kept=kept, other=other, by=secretary)

    assert Article.objects.values("title", "updated_at", "status", "body_html").get(pk=story.pk) == before
    assert [tag.name for tag in story.tags.all()] == ["du lịch", "Đà Lạt"]
