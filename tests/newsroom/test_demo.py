"""The demo paper: whole, lively, of our own writing, and polite to a database that has a paper already.

The paper is told once for all tests of this file, with its pictures drawn; each test takes back what it changed.
"""

import io
import json
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from articles import listing
from articles.html import plain_text
from articles.keys import pairs
from articles.models import Article, Author, Picture, Publication, Section, Series, Status, Tag
from articles.search import matching_stories
from blocks.models import Block
from comments.models import Comment, ModerationAction
from comments.models import Status as CommentStatus
from newsroom import storages
from newsroom.demo import texts
from newsroom.demo.stories import all_stories
from newsroom.demo.volume import SOURCE as VOLUME
from tests import source_pages

# Eight words in a row are no coincidence, but for the names that the law and the offices fix.
SHINGLE = 8
COUNTED = (Article, Author, Block, Comment, ModerationAction, Picture, Publication, Section, Series, Tag)


def kept_in(root) -> dict:
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return storages.local(root, "/media/") | {"staticfiles": static}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """What the command said; its rows stand until the last test of this file is done."""
    root = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(STORAGES=kept_in(root)), transaction.atomic():
        yield run()
        transaction.set_rollback(True)


@pytest.fixture
def demo(told):
    """The demo paper, put back as it was after the test."""
    with transaction.atomic():
        yield told
        transaction.set_rollback(True)


def run(*arguments) -> str:
    out, err = io.StringIO(), io.StringIO()
    call_command("demo", *arguments, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def index_of_volume() -> list[tuple]:
    columns = "title, title_marks, lead, lead_marks, body, body_marks"
    key = "rowid" if connection.vendor == "sqlite" else "article_id"
    pks = ", ".join(map(str, Article.objects.filter(source=VOLUME).values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {columns} FROM articles_search WHERE {key} IN ({pks}) ORDER BY {key}")
        return cursor.fetchall()


def counts() -> dict:
    return {model.__name__: model.objects.count() for model in COUNTED}


def tops_in_use() -> set[str]:
    sections = Section.objects.filter(articles__in=Article.objects.published()).select_related("parent")
    return {(section.parent or section).slug for section in sections}


def test_demo_says_how_much_it_told(demo):
    assert demo == f"Dữ liệu minh họa: {len(all_stories())} bài; tạo hàng loạt: 0 bài mới.\n"
    assert Article.objects.count() == len(all_stories())


def test_demo_is_a_paper_of_honest_size(demo):
    assert Article.objects.published().count() >= 24
    assert len(tops_in_use()) >= 8
    assert Section.objects.exclude(parent=None).exists()
    assert Series.objects.filter(articles__in=Article.objects.published()).distinct().count() >= 2
    assert Tag.objects.filter(articles__in=Article.objects.published()).distinct().count() >= 10
    assert Publication.objects.current().name == texts.read("world.json")["publication"]["name"]


def test_stories_of_the_demo_are_of_honest_length(demo):
    lengths = sorted(len(story.body.split()) for story in Article.objects.published())

    assert lengths[0] >= 80
    assert lengths[len(lengths) // 2] >= 200


def test_bylines_of_the_demo_are_of_several_kinds(demo):
    bylines = set(Article.objects.values_list("byline", flat=True))

    assert len(bylines) >= 8
    for mark in ("Bài, ảnh: ", "Ảnh: ", " - "):
        assert any(mark in byline for byline in bylines)


def test_demo_has_stories_in_every_state_that_a_reader_may_meet(demo):
    now = timezone.now()

    assert Article.objects.filter(status=Status.DRAFT).exists()
    assert Article.objects.filter(status=Status.PUBLISHED, published_at__gt=now).exists()
    assert Article.objects.filter(status=Status.WITHDRAWN).exists()
    assert Article.objects.filter(status=Status.PUBLISHED, expires_at__lte=now).exists()


def test_demo_has_comments_in_every_state_with_the_act_that_led_there(demo):
    found = Counter(Comment.objects.values_list("status", flat=True))

    assert set(found) == set(CommentStatus.values)
    decided = sum(found[status] for status in (CommentStatus.APPROVED, CommentStatus.REJECTED, CommentStatus.HIDDEN))
    assert ModerationAction.objects.values("comment").distinct().count() == decided


def test_readers_of_the_demo_have_read_what_the_front_page_says(demo, client):
    front = client.get("/").content.decode()
    listed = front[front.index("Xem nhiều nhất") :]
    most = sorted((story for story in all_stories() if story["status"] == "published"), key=lambda s: -s["readings"])

    places = [listed.find(story["title"]) for story in most[:3]]
    assert -1 not in places
    assert places == sorted(places)


def test_readers_of_the_demo_have_addresses_of_their_own_and_one_looks_like_spam(demo):
    addresses = dict(Comment.objects.values_list("name", "email"))
    assert addresses["Bích Ngọc"] == "bich-ngoc@vanha.example"
    assert len(set(addresses.values())) == len(addresses)
    suspect = Comment.objects.filter(status=CommentStatus.HELD).exclude(suspicion="")
    assert [comment.name for comment in suspect] == ["Vốn Chăn Nuôi"]


def test_every_picture_of_the_demo_is_drawn_described_and_used_by_its_files(demo):
    pictures = list(Picture.objects.all())

    assert len(pictures) == len(texts.read("world.json")["pictures"])
    assert all(picture.alt and picture.is_credited and picture.renditions["full"] for picture in pictures)
    assert all(picture.width >= 900 for picture in pictures)


def test_no_published_story_of_the_demo_lacks_what_readers_need(demo):
    bare = [
        story.title
        for story in Article.objects.published()
        if not (story.lead and story.body_html and story.byline and story.search_text)
    ]

    assert bare == []


def test_pages_of_the_demo_open(demo, client):
    stories = Article.objects.published().select_related("section__parent")
    addresses = ["/", *(story.get_absolute_url() for story in stories[:10])]
    addresses += [section.get_absolute_url() for section in Section.objects.select_related("parent")]

    assert {address for address in addresses if client.get(address).status_code != 200} == set()


def test_front_page_of_the_demo_is_curated(demo, client):
    html = client.get("/").content.decode()

    shown = [story for story in Article.objects.published() if story.get_absolute_url() in html]
    assert len(shown) >= 20
    assert len({story.section.parent_id or story.section_id for story in shown}) >= 6


def test_demo_told_again_adds_nothing(demo):
    before = counts()

    said = run()

    assert said == "Dữ liệu minh họa: 0 bài; tạo hàng loạt: 0 bài mới.\n"
    assert counts() == before


def test_demo_told_again_leaves_what_the_desk_has_changed(demo):
    story = Article.objects.published().first()
    Article.objects.filter(pk=story.pk).update(title="Tên do bàn biên tập đặt")
    Block.objects.filter(place="front").first().delete()
    blocks = Block.objects.count()

    run()

    assert Article.objects.get(pk=story.pk).title == "Tên do bàn biên tập đặt"
    assert Block.objects.count() == blocks


def test_volume_is_as_large_as_asked_and_filled_up_no_further(demo):
    before = counts()

    run("--articles", "50")
    again = run("--articles", "50")
    run("--articles", "60")

    assert Article.objects.filter(source=VOLUME).count() == 60
    assert again.endswith("tạo hàng loạt: 0 bài mới.\n")
    assert counts() == before | {"Article": before["Article"] + 60}


def test_index_of_the_volume_is_what_a_rebuilt_one_would_be(demo):
    run("--articles", "30")
    before = index_of_volume()

    call_command("rebuild_search", stdout=io.StringIO())

    assert len(before) == 30
    assert index_of_volume() == before


def test_stories_of_the_volume_stand_in_the_lists_of_their_sections_tags_and_authors(demo):
    run("--articles", "30")

    for story in Article.objects.filter(source=VOLUME):
        assert set(story.listings.values_list("kind", "key")) == listing.lists_of(story)


def test_story_written_after_the_volume_has_a_number_of_its_own(demo):
    run("--articles", "5")
    last = Article.objects.filter(source=VOLUME).order_by("pk").last()

    written = Article.objects.create(
        title="Tin mới", publication=last.publication, house_style=last.house_style, section=last.section
    )

    assert written.pk > last.pk


def test_story_of_the_volume_is_found_by_search_and_stands_in_its_section(demo, client):
    run("--articles", "50")

    for story in Article.objects.filter(source=VOLUME).select_related("section__parent")[:5]:
        found = client.get("/tim-kiem/", {"q": f"{story.title} {story.byline}"}).context["page"].items
        key = round(story.published_at.timestamp() * 1_000_000)
        listed = client.get(story.section.get_absolute_url(), {"truoc": f"{key}-{story.pk + 1}"})
        assert story in found
        assert listed.context["page"].items[0] == story
        assert client.get(story.get_absolute_url()).status_code == 200


def test_desk_and_readers_find_the_volume_by_every_part_of_it(demo):
    run("--articles", "5")

    for story in Article.objects.filter(source=VOLUME):
        by_body = " ".join(plain_text(story.body).split("\n")[-1].split()[:8])
        for query in (story.title, story.lead, story.byline, by_body):
            assert story in matching_stories(query, Article.objects.all()), query


@pytest.mark.django_db
def test_demo_leaves_a_database_alone_where_another_paper_is_current(settings):
    Publication.objects.create(name="Báo Bình Nguyên", is_current=True)
    before = counts()

    said = run()

    assert "Tờ báo hiện hành ở đây là báo khác" in said
    assert counts() == before


def shingles(text: str) -> set[str]:
    found = [key for key, _strict in pairs(text)]
    return {" ".join(found[start : start + SHINGLE]) for start in range(len(found) - SHINGLE + 1)}


def texts_in(data):
    """Every text in parsed JSON, wherever it stands."""
    if isinstance(data, str):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts_in(value)


def given_shingles() -> set[str]:
    files = [path for kind in ("*.txt", "*.json") for path in source_pages.GIVEN.glob(kind)]
    texts = [path.read_text() for path in files]
    texts += [text for path in files if path.suffix == ".json" for text in texts_in(json.loads(path.read_text()))]
    return set().union(*map(shingles, texts))


if source_pages.GIVEN.is_dir():  # Collected only where the pages are; the summary of a run says so.

    def test_no_text_of_the_source_pages_stands_in_the_demo():
        own = set().union(*map(shingles, texts_in([texts.read("world.json"), *all_stories()])))

        assert len(own) > 5000
        assert own & given_shingles() == set()
