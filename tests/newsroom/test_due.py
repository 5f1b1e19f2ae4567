"""When time alone changes what readers see."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.edition import Numbers
from articles.models import Article, Status
from newsroom.due import next_due

from .. import build

pytestmark = pytest.mark.django_db


def due() -> datetime:
    """Of a number that nobody has asked with before."""
    return next_due(Numbers(number=timezone.now().timestamp()))


def midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def moment(seconds: int) -> datetime:
    """A moment ahead, and still today: midnight is due in any case."""
    return timezone.now() + (midnight() - timezone.now()) * seconds / 100


def test_nothing_is_due_before_midnight_where_nothing_comes_or_ends():
    build.article(expires_at=midnight() + timedelta(days=1))
    assert due() == midnight()


def test_story_that_comes_is_due():
    at = moment(50)
    build.article(published_at=at)
    assert due() == at


def test_story_that_ends_is_due():
    at = moment(50)
    build.article(expires_at=at)
    assert due() == at


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_block_that_comes_or_goes_is_due(name):
    at = moment(50)
    build.block(**{name: at})
    assert due() == at


def test_earliest_of_all_is_due():
    at = moment(20)
    build.article(published_at=moment(60), expires_at=moment(70))
    build.block(ends_at=moment(40))
    build.article(expires_at=at)
    assert due() == at


def test_story_that_waits_for_release_is_not_due():
    made = build.article(published_at=moment(50))
    Article.objects.filter(pk=made.pk).update(status=Status.EDITED)
    assert due() == midnight()
