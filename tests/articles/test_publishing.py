from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from articles import publishing
from articles.models import Act, Article, Status
from articles.renditions import jpeg_url

from .. import build

pytestmark = pytest.mark.django_db


def person(group: str | None) -> User:
    user = User.objects.create(username=group or "none", full_name=group or "", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def draft(**fields) -> Article:
    return build.article(status=Status.DRAFT, published_at=None, **fields)


def test_published_story_is_seen_by_readers_and_in_the_log():
    secretary = person("Thư ký tòa soạn")

    article = publishing.publish(article=draft(), by=secretary)

    assert list(Article.objects.published()) == [article]
    assert article.is_visible
    event = article.events.get()
    assert (event.act, event.by, event.before, event.after) == (Act.PUBLISH, secretary, "draft", "published")


def test_scheduled_story_appears_by_itself(time_machine):
    at = timezone.now() + timedelta(hours=2)
    article = publishing.publish(article=draft(), by=person("Thư ký tòa soạn"), at=at)
    before = list(Article.objects.published())

    time_machine.move_to(at + timedelta(seconds=1))

    assert before == []
    assert list(Article.objects.published()) == [article]
    assert article.events.get().act == Act.SCHEDULE


def test_expired_story_goes_by_itself(time_machine):
    article = build.article(expires_at=timezone.now() + timedelta(hours=1))

    time_machine.move_to(article.expires_at)

    assert list(Article.objects.published()) == []
    assert list(Article.objects.gone()) == [article]


@pytest.mark.parametrize("group", ["Phóng viên", "Biên tập viên", "Kiểm duyệt bình luận", "Quản trị", None])
def test_only_the_secretariat_publishes(group):
    article = draft()

    with pytest.raises(publishing.Refused):
        publishing.publish(article=article, by=person(group))

    assert Article.objects.get(pk=article.pk).status == Status.DRAFT
    assert not article.events.exists()


def test_nobody_publishes_their_own_text_alone():
    secretary = person("Thư ký tòa soạn")
    article = draft(created_by=secretary)

    with pytest.raises(publishing.Refused, match="của mình"):
        publishing.publish(article=article, by=secretary)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"section": None}, "chuyên mục"), ({"body": "<p>&nbsp;</p>"}, "Nội dung"), ({"by": None}, "tác giả")],
)
def test_story_that_is_not_ready_is_refused_with_the_reason(fields, reason):
    with pytest.raises(publishing.Refused, match=reason):
        publishing.publish(article=draft(**fields), by=person("Thư ký tòa soạn"))


def test_published_story_is_not_published_twice():
    with pytest.raises(publishing.Refused):
        publishing.publish(article=build.article(), by=person("Thư ký tòa soạn"))


def test_withdrawn_story_is_gone_and_never_comes_back():
    secretary = person("Thư ký tòa soạn")
    article = publishing.withdraw(article=build.article(), by=secretary, reason="Sai tên đơn vị.", on_legal_ground=True)

    assert list(Article.objects.published()) == []
    assert list(Article.objects.gone()) == [article]
    event = article.events.get()
    assert (event.act, event.note, event.on_legal_ground) == (Act.WITHDRAW, "Sai tên đơn vị.", True)
    with pytest.raises(publishing.Refused):
        publishing.publish(article=article, by=secretary)
    with pytest.raises(publishing.Refused):
        publishing.publish_archive(article=article, at=timezone.now())


@pytest.mark.parametrize(
    ("group", "reason"), [("Biên tập viên", "Lý do."), ("Thư ký tòa soạn", "  ")], ids=["no right", "no reason"]
)
def test_withdrawal_needs_the_right_and_a_reason(group, reason):
    article = build.article()

    with pytest.raises(publishing.Refused):
        publishing.withdraw(article=article, by=person(group), reason=reason)

    assert list(Article.objects.published()) == [article]


def test_archive_story_of_unknown_date_sorts_last_and_prints_no_date():
    article = draft(by=None)

    warnings = publishing.publish_archive(article=article, at=None)

    article.refresh_from_db()
    assert article.printed_date == ""
    assert timezone.localdate(article.published_at) == article.publication.archive_from
    assert list(Article.objects.published().dated()) == []
    assert article.events.get().note == "\n".join(warnings) != ""


def test_story_with_a_log_cannot_be_deleted():
    article = publishing.publish(article=draft(), by=person("Thư ký tòa soạn"))

    with pytest.raises(ProtectedError):
        article.delete()


def test_log_is_only_added_to():
    event = publishing.publish(article=draft(), by=person("Thư ký tòa soạn")).events.get()

    with pytest.raises(TypeError):
        event.save()


def test_database_itself_refuses_a_published_story_without_time():
    article = draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status=Status.PUBLISHED)


def test_slug_is_frozen_once_published():
    article = publishing.publish(article=draft(title="Mùa mận"), by=person("Thư ký tòa soạn"))

    article.title = "Mùa mơ"
    article.save()

    assert article.slug == "mua-man"


@pytest.mark.parametrize(
    ("credits", "line"),
    [
        ([("An", {"text": True, "photo": True})], "Bài, ảnh: An"),
        ([("An", {"text": True}), ("Bình", {"text": False, "photo": True})], "Bài: An - Ảnh: Bình"),
        ([("An", {"text": True}), ("Bình", {"text": True})], "An - Bình"),
        ([("An", {"text": True, "compiled": True})], "An (tổng hợp)"),
        ([("An", {"text": True})], "An"),
        ([], ""),
    ],
)
def test_byline_is_composed_from_the_credits(credits, line):
    article = draft(by=None)
    for order, (name, roles) in enumerate(credits):
        article.credits.create(author=build.author(name), order=order, **roles)

    assert publishing.derive(article=article).byline == line


def test_typed_byline_stays_as_typed():
    assert draft(typed_byline="Theo TTXVN").byline == "Theo TTXVN"


def test_story_off_the_schedule_waits_for_release_again_and_was_never_public(client):
    secretary = person("Thư ký tòa soạn")
    article = publishing.publish(article=draft(), by=secretary, at=timezone.now() + timedelta(hours=2))

    article = publishing.unschedule(article=article, by=secretary)

    assert (article.status, article.published_at) == (Status.EDITED, None)
    assert [event.act for event in article.events.all()] == [Act.UNSCHEDULE, Act.SCHEDULE]
    assert client.get(article.get_absolute_url()).status_code == 404
    assert publishing.publish(article=article, by=secretary).is_visible


def test_scheduled_story_is_not_withdrawn_and_a_published_one_not_unscheduled():
    secretary = person("Thư ký tòa soạn")
    waiting = publishing.publish(article=draft(), by=secretary, at=timezone.now() + timedelta(hours=2))

    with pytest.raises(publishing.Refused):
        publishing.withdraw(article=waiting, by=secretary, reason="Nhầm.")
    with pytest.raises(publishing.Refused):
        publishing.unschedule(article=build.article(), by=secretary)


@pytest.mark.django_db(transaction=True)
def test_pictures_of_a_withdrawn_story_leave_public_storage_unless_another_story_shows_them(client):
    alone, shared = build.picture(title="Riêng"), build.picture(title="Chung")
    body = f'<p>Bến đò.</p><figure><img data-picture="{shared.pk}" alt="Đò"></figure>'
    story = build.article(lead_picture=alone, body=body)
    build.article(title="Bài khác", lead_picture=shared)
    addresses = [jpeg_url(alone), jpeg_url(shared)]

    publishing.withdraw(article=story, by=person("Thư ký tòa soạn"), reason="Sai ảnh.")

    assert [client.get(address).status_code for address in addresses] == [404, 200]
    alone.refresh_from_db()
    assert alone.original.storage.exists(alone.original.name)


def test_picture_that_left_public_storage_comes_back_with_the_next_story():
    picture = build.picture()
    publishing.withdraw(article=build.article(lead_picture=picture), by=person("Thư ký tòa soạn"), reason="Sai.")
    picture.refresh_from_db()

    build.article(title="Bài mới", lead_picture=picture)

    assert picture.renditions == {}
    picture.refresh_from_db()
    assert picture.renditions["full"]
