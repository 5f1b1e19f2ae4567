"""Which story shows which picture: told by a table that follows the bodies."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from articles import publishing
from articles.models import Article, Placing
from tests import build

pytestmark = pytest.mark.django_db


def body_with(*pictures) -> str:
    figures = (f'<figure><img alt="" data-picture="{picture.pk}"></figure>' for picture in pictures)
    return f"<p>Chữ</p>{''.join(figures)}"


def placed(article) -> list[int]:
    return list(article.placings.order_by("picture").values_list("picture", flat=True))


def test_placings_follow_the_body():
    first, second = build.picture(), build.picture()
    story = build.article(body=body_with(first, first))
    assert placed(story) == [first.pk]

    story.body = body_with(second, first)
    publishing.derive(article=story)
    assert placed(story) == [first.pk, second.pk]

    story.body = "<p>Chữ</p>"
    publishing.derive(article=story)
    assert placed(story) == []


def test_picture_that_the_library_does_not_know_is_not_placed():
    story = build.article(
        body='<p>Chữ</p><figure><img alt="" data-picture="987654"><figcaption>A</figcaption></figure>'
    )

    assert placed(story) == []


def test_story_shows_its_main_picture_and_those_of_its_body_each_once():
    picture, other = build.picture(), build.picture()
    leading = build.article(title="Một", lead_picture=picture)
    both = build.article(title="Hai", lead_picture=picture, body=body_with(picture, other))
    build.article(title="Ba", body=body_with(other))

    assert set(Article.objects.showing(picture)) == {leading, both}
    assert Article.objects.showing(picture, other).count() == 3


def test_placed_picture_cannot_be_deleted_past_the_desk_either():
    picture = build.picture()
    story = build.article(body=body_with(picture))

    with pytest.raises(ProtectedError):
        picture.delete()

    story.credits.all().delete()
    story.delete()
    picture.delete()


def test_stories_from_before_the_table_are_noted_once_it_is_there():
    picture = build.picture()
    story = build.article(body=body_with(picture))
    lost = build.article(body='<p>Chữ</p><img alt="" data-picture="987654">')
    Placing.objects.all().delete()

    import_module("articles.migrations.0005_placings_of_bodies").note_placings(apps, None)

    assert (placed(story), placed(lost)) == ([picture.pk], [])
