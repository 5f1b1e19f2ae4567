"""Queries that are written once answer for each number and moment that they are asked with, by one question."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.written import MOMENT, TOLD, Written, held

from .. import build

pytestmark = pytest.mark.django_db

NAMES = ("id", "title", "credited", "published_at", "section__id", "section__name", "section__parent")
ABOVE = ("section__parent__id", "section__parent__name", "lead_picture__id", "lead_picture__alt")


def story(**fields) -> Article:
    return build.article(section=build.section("Nông nghiệp", parent=build.section("Kinh tế")), **fields)


def test_same_query_answers_for_each_number():
    one, other = story(title="Lúa về kho"), story(title="Chợ phiên")
    query = Written(Article.objects.filter(pk=TOLD), NAMES)

    assert [found.title for pk in (one.pk, other.pk, other.pk + 1) for found in query.rows(pk)] == [
        "Lúa về kho",
        "Chợ phiên",
    ]


def test_several_open_numbers_are_told_in_their_order():
    made = [story(title=title) for title in ("Một", "Hai", "Ba")]
    query = Written(Article.objects.filter(pk__gt=TOLD - 1, pk__lt=TOLD), NAMES)

    assert [found.title for found in query.rows(made[0].pk, made[2].pk)] == ["Hai"]


def test_same_query_answers_for_each_moment():
    story(title="Đã đăng", hours_ago=2)
    query, now = Written(Article.objects.published(MOMENT), NAMES), timezone.now()

    assert [len(query.rows(at=now - timedelta(hours=hours))) for hours in (0, 3)] == [1, 0]


def test_what_is_brought_is_there_without_another_question(django_assert_num_queries):
    made = story(lead_picture=build.picture(alt="Ruộng lúa"))
    with django_assert_num_queries(1):
        [found] = Written(Article.objects.filter(pk=TOLD), NAMES + ABOVE).rows(made.pk)
        shown = found.title, found.section.name, found.section.parent.name, found.lead_picture.alt, found.credited

    assert shown == (made.title, "Nông nghiệp", "Kinh tế", "Ruộng lúa", made.credited)
    assert found.published_at == made.published_at


def test_what_is_not_brought_is_asked_for(django_assert_num_queries):
    made = story(lead="Vụ lúa được mùa.")
    [found] = Written(Article.objects.filter(pk=TOLD), NAMES).rows(made.pk)

    with django_assert_num_queries(1):
        assert found.lead == "Vụ lúa được mùa."


def test_what_a_row_does_not_point_to_is_none_without_a_question(django_assert_num_queries):
    made = build.article(section=build.section("Kinh tế"))
    with django_assert_num_queries(1):
        [found] = Written(Article.objects.filter(pk=TOLD), NAMES + ABOVE).rows(made.pk)
        assert (found.lead_picture, found.section.parent) == (None, None)


def test_row_that_several_point_to_is_made_once():
    one, other = story(title="Lúa về kho"), story(title="Chợ phiên")
    found = Written(Article.objects.filter(pk__in=[TOLD, TOLD - 1]), NAMES).rows(one.pk, other.pk)

    assert found[0].section is found[1].section


def test_held_rows_are_read_as_a_manager_reads(django_assert_num_queries):
    made = story()
    with django_assert_num_queries(0):
        assert [list(held(Article, rows)) for rows in ([made], [])] == [[made], []]
