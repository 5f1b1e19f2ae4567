from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import Http404
from django.utils import timezone

from articles import publishing
from articles.models import Status as ArticleStatus
from articles.reading import Gone
from comments import gates, posting
from comments.models import Comment, Status
from tests import build

pytestmark = pytest.mark.django_db


def sent(**fields):
    return posting.Sent(
        **({"name": "Vàng A Chỉnh", "email": "chinh@thu.vn", "text": "Ở bản tôi cũng có lệ này."} | fields)
    )


def test_comment_is_held_with_wording_and_time_of_the_consent():
    before = timezone.now()
    stored = posting.receive(article_id=build.article().pk, sent=sent(address="203.0.113.0/24"))
    assert (stored.status, stored.consent_version) == (Status.HELD, posting.CONSENT_VERSION)
    assert before <= stored.consent_at <= timezone.now()
    assert (stored.address, stored.suspicion) == ("203.0.113.0/24", "")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": ArticleStatus.DRAFT}, Http404),
        ({"status": ArticleStatus.SUBMITTED}, Http404),
        ({"published_at": timezone.now() + timedelta(days=1)}, Http404),
        ({"status": ArticleStatus.WITHDRAWN}, Gone),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, Gone),
        ({"comments_open": False}, posting.Closed),
    ],
)
def test_story_that_takes_none_stores_nothing(fields, error):
    story = build.article(**fields)
    with pytest.raises(error):
        posting.receive(article_id=story.pk, sent=sent())
    assert not Comment.objects.exists()


def test_story_withdrawn_after_the_form_was_read_takes_nothing():
    story = build.article()
    publishing.withdraw(article=story, by=build.user("articles.withdraw_article"), reason="Sai sự thật")
    with pytest.raises(Gone):
        posting.receive(article_id=story.pk, sent=sent())
    assert not Comment.objects.exists()


def test_same_text_from_the_same_person_is_received_once():
    story = build.article()
    first = posting.receive(article_id=story.pk, sent=sent(text="Bài hay, mong báo viết tiếp."))
    again = posting.receive(article_id=story.pk, sent=sent(text="BÀI HAY, mong báo  viết tiếp."))
    assert again == first
    assert Comment.objects.count() == 1


def test_same_text_is_new_on_another_story_or_a_day_later_or_from_another_person():
    story = build.article()
    earlier = build.comment(story, email="chinh@thu.vn", text="Bài hay.")
    Comment.objects.filter(pk=earlier.pk).update(created_at=timezone.now() - gates.REPEAT_PERIOD)
    numbers = {
        earlier.pk,
        posting.receive(article_id=story.pk, sent=sent(text="Bài hay.")).pk,
        posting.receive(article_id=build.article().pk, sent=sent(text="Bài hay.")).pk,
        posting.receive(article_id=story.pk, sent=sent(text="Bài hay.", email="uoc@thu.vn")).pk,
    }
    assert len(numbers) == 4


def test_same_text_from_another_person_is_told_to_the_moderator():
    story = build.article()
    build.comment(story, email="uoc@thu.vn", text="Bài hay.")
    assert posting.receive(article_id=story.pk, sent=sent(text="Bài hay.")).suspicion


def fill(number, **fields):
    for n in range(number):
        build.comment(**({"email": f"ban-doc-{n}@thu.vn", "text": f"Ý kiến số {n}"} | fields))


def test_one_person_meets_a_limit_over_all_stories():
    fill(gates.PER_EMAIL - 1, email="chinh@thu.vn")
    posting.receive(article_id=build.article().pk, sent=sent())
    with pytest.raises(posting.TooMany):
        posting.receive(article_id=build.article().pk, sent=sent(text="Còn một ý nữa."))


def test_one_network_meets_a_limit_whatever_became_of_its_comments():
    fill(gates.PER_ADDRESS, address="203.0.113.0/24", status=Status.REJECTED)
    story = build.article()
    with pytest.raises(posting.TooMany):
        posting.receive(article_id=story.pk, sent=sent(address="203.0.113.0/24"))
    assert posting.receive(article_id=story.pk, sent=sent(address="198.51.100.0/24")).pk


def test_one_story_meets_a_limit_within_a_minute():
    story = build.article()
    fill(gates.PER_ARTICLE, on=story)
    with pytest.raises(posting.TooMany):
        posting.receive(article_id=story.pk, sent=sent())


def test_limits_pass_with_time():
    story = build.article()
    fill(gates.PER_ADDRESS, on=story, email="chinh@thu.vn", address="203.0.113.0/24")
    Comment.objects.update(created_at=timezone.now() - gates.ADDRESS_PERIOD)
    assert posting.receive(article_id=story.pk, sent=sent(address="203.0.113.0/24")).pk


def test_unknown_network_is_no_network_that_many_share():
    fill(gates.PER_ADDRESS, address="")
    assert posting.receive(article_id=build.article().pk, sent=sent(address="")).pk


def test_receipt_opens_for_its_own_story_only():
    comment = build.comment()
    value = posting.receipt_for(comment)
    year = f"{timezone.localtime(comment.created_at):%y}"
    assert posting.read_receipt(value, comment.article_id) == f"BD-{year}-{comment.pk}"
    assert posting.read_receipt(value, comment.article_id + 1) == ""
    assert posting.read_receipt(value[:-1], comment.article_id) == ""
    assert posting.read_receipt("", comment.article_id) == ""


def test_tick_forgets_old_networks_and_can_run_twice(settings):
    settings.COMMENT_ADDRESS_KEPT_DAYS = 90
    old, fresh = (build.comment(text=text, address="203.0.113.0/24") for text in ("cũ", "mới"))
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=91))
    for _run in range(2):
        call_command("tick", stdout=StringIO())
        old.refresh_from_db()
        fresh.refresh_from_db()
        assert (old.address, fresh.address) == ("", "203.0.113.0/24")
