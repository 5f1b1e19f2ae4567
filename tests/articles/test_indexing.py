"""Stories are found by every name of their tags, from the moment on at which the desk changes one."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import Article, Tag, TagSynonym
from articles.search import find, index_again, index_waiting, indexing

from .. import build

pytestmark = pytest.mark.django_db


def found(query: str) -> set[Article]:
    return set(find(query, Article.objects.all()))


def send(client, tag, **typed):
    """Sends the form of a tag as it stands but for what is typed; `synonym` is the name in its one row."""
    row = tag.synonyms.first()
    data = {"name": tag.name, "synonyms-TOTAL_FORMS": 1, "synonyms-INITIAL_FORMS": int(bool(row))}
    data |= {
        "synonyms-0-tag": tag.pk,
        "synonyms-0-id": row.pk if row else "",
        "synonyms-0-name": row.name if row else "",
    }
    answer = client.post(reverse("admin:articles_tag_change", args=[tag.pk]), data | typed, follow=True)
    assert answer.redirect_chain
    return answer.content.decode()


@pytest.fixture
def tag():
    return build.tag("Đà Lạt")


@pytest.fixture
def story(tag):
    return build.article(tags=[tag])


def test_story_is_found_by_the_other_names_of_its_tag(tag):
    TagSynonym.objects.create(tag=tag, name="Thành phố ngàn hoa")
    story = build.article(tags=[tag])

    assert found("thanh pho ngan hoa") == found("đà lạt") == {story}
    call_command("rebuild_search")
    assert found("thanh pho ngan hoa") == found("đà lạt") == {story}


def test_names_are_found_and_forgotten_as_the_desk_changes_them(admin_client, tag, story):
    send(admin_client, tag, name="Thành phố ngàn hoa")
    assert (found("ngàn hoa"), found("đà lạt")) == ({story}, set())
    tag.refresh_from_db()

    send(admin_client, tag, **{"synonyms-0-name": "Xứ sương mù"})
    assert found("xứ sương mù") == found("ngàn hoa") == {story}

    send(admin_client, tag, **{"synonyms-0-name": "Xứ ngàn thông"})
    assert (found("xứ ngàn thông"), found("sương mù")) == ({story}, set())

    send(admin_client, tag, **{"synonyms-0-DELETE": "on"})
    assert (found("xứ ngàn thông"), found("ngàn hoa")) == (set(), {story})


def test_stories_of_the_kept_tag_are_found_by_the_name_of_the_merged_one(admin_client, tag, story):
    other = build.tag("phố núi")
    moved = build.article(tags=[other])

    admin_client.post(reverse("admin:articles_tag_merge", args=[tag.pk]), {"name": "Phố núi"})

    assert found("phố núi") == found("đà lạt") == {story, moved}


@pytest.mark.parametrize("way", ["form", "list"])
def test_stories_are_not_found_by_a_tag_that_was_deleted(admin_client, tag, story, way):
    TagSynonym.objects.create(tag=tag, name="Xứ sương mù")
    index_again([story.pk])
    if way == "form":
        admin_client.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})
    else:
        action = {"action": "delete_selected", "_selected_action": [tag.pk], "post": "yes"}
        admin_client.post(reverse("admin:articles_tag_changelist"), action)

    assert not Tag.objects.exists()
    assert found("đà lạt") == found("sương mù") == set()


def test_series_is_found_by_its_new_name(admin_client):
    series = build.series("Giữ rừng")
    story = build.article(series=series)

    admin_client.post(reverse("admin:articles_series_change", args=[series.pk]), {"name": "Giữ nước"})

    assert (found("giữ nước"), found("giữ rừng")) == ({story}, set())


def test_stories_of_a_large_tag_beyond_the_newest_are_left_to_tick(admin_client, tag, monkeypatch, capsys):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    monkeypatch.setattr(indexing, "BATCH", 2)
    stories = [build.article(tags=[tag]) for _number in range(5)]

    page = send(admin_client, tag, **{"synonyms-0-name": "Xứ sương mù"})

    assert "Còn 4 bài nữa sẽ được tìm thấy theo tên mới sau vài phút." in page
    assert found("sương mù") == {stories[-1]}
    send(admin_client, tag, **{"synonyms-0-name": "Xứ ngàn thông"})
    call_command("tick")
    assert "Số bài đã đưa vào chỉ mục tìm kiếm: 4." in capsys.readouterr().out
    assert (found("ngàn thông"), found("sương mù")) == (set(stories), set())
    assert index_waiting() == 0
