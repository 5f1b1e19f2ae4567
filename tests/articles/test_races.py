"""Two people name or merge the same thing at once: one row comes of it, and the slower one is told in words. And an
editor saves while the index of search is rebuilt.

Needs a database with row locks: on SQLite writers stand in one line by themselves.
"""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from articles.merging import merge_tags
from articles.models import Article, Author, Section, Series, Tag, TagSynonym
from articles.presence import claim
from articles.publishing import Refused, derive
from articles.search import find, index_batch
from newsroom.importing import import_files
from tests import build
from tests.desk import sent_back
from tests.racing import meanwhile

NAMED = [Tag, Author, Section, Series]


def desk_of(person) -> Client:
    desk = Client()
    desk.force_login(person)
    return desk


@pytest.fixture
def boss(transactional_db):
    return get_user_model().objects.create_superuser("chi", full_name="Lê Chi")


def retold(story: Article, title: str) -> None:
    """An editor's save, in whatever transaction it is called."""
    story.title = title
    story.save()
    derive(article=story)


def found(*queries: str) -> list[list[Article]]:
    return [list(find(query, Article.objects.all())) for query in queries]


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("model", NAMED)
    def test_slower_one_of_two_with_the_same_name_is_told_of_the_other(boss, model):
        desk, address = desk_of(boss), reverse(f"admin:articles_{model._meta.model_name}_add")
        typed = sent_back(desk.get(address)) | {"name": "THUỶ LỢI", "slug": ""}
        with transaction.atomic():
            model.objects.create(name="Thủy lợi")
            thread, outcomes = meanwhile(lambda: desk.post(address, typed))
            thread.join(1)
            assert outcomes == []
        thread.join(10)

        assert outcomes[0].status_code == 200
        assert outcomes[0].context["adminform"].form.errors["name"] == [
            "Đã có “Thủy lợi”; cách viết khác của tên này vẫn là cùng một mục."
        ]
        assert [str(row) for row in model.objects.all()] == ["Thủy lợi"]

    @pytest.mark.django_db(transaction=True)
    def test_slower_one_of_two_with_the_same_address_gets_the_next(boss):
        desk, address = desk_of(boss), reverse("admin:articles_tag_add")
        typed = sent_back(desk.get(address)) | {"name": "Bàn phím", "slug": ""}
        with transaction.atomic():
            Tag.objects.create(name="Bản phim")
            thread, outcomes = meanwhile(lambda: desk.post(address, typed))
            thread.join(1)
        thread.join(10)

        assert outcomes[0].status_code == 302
        assert sorted(Tag.objects.values_list("slug", flat=True)) == ["ban-phim", "ban-phim-2"]

    @pytest.mark.django_db(transaction=True)
    def test_tags_merged_in_both_directions_at_once_are_merged_once(boss):
        one, other = build.tag("Đà Lạt"), build.tag("thành phố hoa")
        story = build.article(tags=[one])
        with transaction.atomic():
            merge_tags(kept=one, other=other, by=boss)
            thread, outcomes = meanwhile(lambda: merge_tags(kept=other, other=one, by=boss))
            thread.join(1)
            assert outcomes == []
        thread.join(10)

        assert isinstance(outcomes[0], Refused)
        assert list(story.tags.all()) == [Tag.objects.get()] == [one]
        assert [synonym.name for synonym in TagSynonym.objects.all()] == ["thành phố hoa"]

    @pytest.mark.django_db(transaction=True)
    def test_story_saved_with_a_tag_that_is_merged_in_the_same_moment_is_told_in_words(boss):
        kept, other = build.tag("Đà Lạt"), build.tag("thành phố hoa")
        story, desk = build.article(status="draft", published_at=None), desk_of(boss)
        address = reverse("admin:articles_article_change", args=[story.pk])
        typed = sent_back(desk.get(address)) | {"title": "Tít mới", "tags": [other.pk]}
        with transaction.atomic():
            merge_tags(kept=kept, other=other, by=boss)
            thread, outcomes = meanwhile(lambda: desk.post(address, typed))
            thread.join(1)
            assert outcomes == []
        thread.join(10)

        assert outcomes[0].status_code == 200
        assert list(outcomes[0].context["adminform"].form.errors) == ["tags"]
        assert [message.level_tag for message in outcomes[0].context["messages"]] == []
        assert "Tít mới" in outcomes[0].content.decode()
        assert Article.objects.get().title != "Tít mới"

    @pytest.mark.django_db(transaction=True)
    def test_two_imports_at_once_share_the_names_that_they_make(tmp_path):
        pages = []
        for number in (1, 2):
            page = {
                "source": f"bao-cu-{number}",
                "source_id": "1",
                "paper": {"name": "Báo Bình Nguyên"},
                "section": "Thủy lợi",
                "title": f"Bản tin số {number}",
                "body": [{"type": "paragraph", "text": "Nước về."}],
                "tags": ["nông thôn mới"],
            }
            pages.append(tmp_path / f"{number}.json")
            pages[-1].write_text(json.dumps(page))
        build.publication()
        with transaction.atomic():
            first = [result.outcome for result in import_files(pages[:1])]
            thread, outcomes = meanwhile(lambda: [result.outcome for result in import_files(pages[1:])])
            thread.join(1)
        thread.join(30)

        assert [first, *outcomes] == [["created"], ["created"]]
        assert [str(row) for row in (Section.objects.get(), Tag.objects.get())] == ["Thủy lợi", "nông thôn mới"]

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("name", ["articles_article_autosave_new", "articles_article_add"])
    def test_button_pressed_while_a_new_story_saves_itself_makes_one_story(boss, name):
        build.house_style()
        desk, address = desk_of(boss), reverse(f"admin:{name}")
        typed = sent_back(desk.get(reverse("admin:articles_article_add"))) | {"title": "Bến đò", "tab": "cua1"}
        with transaction.atomic():
            claim(article=build.article(title="Bến", status="draft", published_at=None), by=boss, tab="cua1")
            thread, outcomes = meanwhile(lambda: desk.post(address, typed))
            thread.join(1)
            assert outcomes == []
        thread.join(10)

        assert outcomes[0].status_code in (200, 302)
        assert Article.objects.count() == 1
        assert Article.objects.get().revisions.first().content["title"] == "Bến đò"

    @pytest.mark.django_db(transaction=True)
    def test_rebuilding_waits_for_an_editor_who_saves_and_indexes_what_he_wrote(capsys):
        story = build.article(title="Chuyện cũ")
        with transaction.atomic():
            retold(story, "Tin mới")
            thread, outcomes = meanwhile(lambda: call_command("rebuild_search"))
            thread.join(1)
            assert outcomes == []
        thread.join(30)

        assert outcomes == [None]
        assert found("chuyện cũ", "tin mới") == [[], [story]]

    @pytest.mark.django_db(transaction=True)
    def test_editor_who_saves_while_his_story_is_rebuilt_has_the_last_word():
        story = build.article(title="Chuyện cũ")
        with transaction.atomic():
            index_batch([story.pk])
            thread, outcomes = meanwhile(lambda: transaction.atomic(retold)(story, "Tin mới"))
            thread.join(1)
            assert outcomes == []
        thread.join(30)

        assert outcomes == [None]
        assert found("chuyện cũ", "tin mới") == [[], [story]]

    @pytest.mark.django_db(transaction=True)
    def test_story_that_comes_in_while_the_index_is_rebuilt_stays_found(capsys):
        story = build.article(title="Chuyện cũ")
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=story.pk)
            thread, outcomes = meanwhile(lambda: call_command("rebuild_search"))
            thread.join(1)
            assert outcomes == []
            late = build.article(title="Tin mới")
        thread.join(30)

        assert outcomes == [None]
        assert found("chuyện cũ", "tin mới") == [[story], [late]]
