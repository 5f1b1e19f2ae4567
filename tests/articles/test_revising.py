"""The versions of a text: none is lost, none is written over, and readers see what was released."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import contents, publishing, revising
from articles.comparing import differences
from articles.merging import merge_tags
from articles.models import Article, Credit, Origin, Revision, Status
from articles.publishing import Refused
from articles.revising import Outdated

from .. import build

pytestmark = pytest.mark.django_db


def draft(**fields) -> Article:
    return build.article(status=Status.DRAFT, published_at=None, **fields)


def saved(story: Article, *, by=None, based_on: int | None = None, origin=Origin.SAVED, **parts):
    story.refresh_from_db()
    latest = story.revisions.first()
    content = (latest.content if latest else contents.content_of(story)) | parts
    based_on = story.latest_revision if based_on is None else based_on
    return revising.save(article=story, content=content, by=by, based_on=based_on, origin=origin)


def test_save_keeps_the_text_that_was_found_and_the_new_one():
    story = draft(lead="Sa pô cũ.")

    saved(story, lead="Sa pô mới.")

    kept = [(version.number, version.origin, version.content["lead"]) for version in story.revisions.all()]
    assert kept == [(2, "saved", "Sa pô mới."), (1, "found", "Sa pô cũ.")]
    assert Article.objects.get().lead == "Sa pô mới."


def test_save_that_changes_nothing_makes_no_version():
    story = draft()
    saved(story, lead="Sa pô mới.")

    assert saved(story, lead="Sa pô mới.") is None
    assert story.revisions.count() == 2


def test_readers_see_a_published_story_as_it_was_until_the_changes_are_released(client):
    story = build.article(tags=[build.tag("bến đò")])
    photographer, tag = build.author("Trường Khanh"), build.tag("sông nước")
    credits = [
        {"author": photographer.pk, "printed_name": "", "text": False, "photo": True, "video": False, "compiled": False}
    ]
    saved(story, by=build.member(), title="Tít mới", body="<p>Nội dung mới.</p>", tags=[tag.pk], credits=credits)

    before = client.get(story.get_absolute_url()).text
    publishing.release(article=story, by=build.member("Thư ký tòa soạn"))
    after = client.get(story.get_absolute_url()).text

    words = ("Tít mới", "Nội dung mới.", "sông nước", "Trường Khanh")
    assert [word in before for word in words] == [False] * 4
    assert [word in after for word in words] == [True] * 4
    assert "bến đò</a>" not in after


def test_every_part_of_a_text_comes_back_when_a_version_is_restored():
    story = draft(
        kicker="Phóng sự",
        lead_prefix="BBN -",
        lead_picture=build.picture(credit_kind="archive"),
        lead_picture_caption="Chú thích riêng",
        typed_byline="P.V",
        section=build.section("Kinh tế"),
        series=build.series(),
        tags=[build.tag("bến đò")],
        comments_open=False,
        expires_at=timezone.now() + timedelta(days=9),
    )
    story.more_sections.add(build.section("Văn hóa"))
    story.related.add(build.article())
    before = contents.content_of(Article.objects.get(pk=story.pk))
    empty = {"kicker": "", "lead_prefix": "", "lead": "", "body": "<p>x</p>", "lead_picture": None, "series": None}
    empty |= {"lead_picture_caption": "", "typed_byline": "", "section": None, "more_sections": [], "tags": []}
    saved(story, **empty, related=[], credits=[], comments_open=True, expires_at=None, title="Khác")
    changed = contents.changed_parts(before, contents.content_of(Article.objects.get(pk=story.pk)))

    revising.restore(revision=story.revisions.get(number=1), by=None, based_on=2)

    assert changed == list(contents.PARTS)
    assert contents.content_of(Article.objects.get(pk=story.pk)) == before
    assert story.revisions.first().restored_from.number == 1


def test_save_from_an_outdated_version_writes_nothing_and_shows_both():
    one, other = build.member(full_name="Lê Thu Hà"), build.member()
    story = draft()
    saved(story, by=one, title="Tít của Hà")

    with pytest.raises(Outdated) as outdated:
        saved(story, by=other, based_on=1, title="Tít của tôi", lead="Sa pô của tôi.")

    found = outdated.value
    assert (found.parts, found.latest.by) == (["title", "lead"], one)
    assert (found.theirs["title"], found.mine["title"]) == ("Tít của Hà", "Tít của tôi")
    assert (found.is_only_theirs("title"), found.is_only_theirs("lead")) == (False, False)
    assert Article.objects.get().title == "Tít của Hà"


def test_what_saves_itself_reaches_no_row_until_it_is_saved_or_goes_out():
    story = draft()
    saved(story, origin=Origin.AUTOSAVED, title="Đang gõ")
    by_itself = Article.objects.get().title
    worked_on = revising.worked_on(Article.objects.get()).title
    publishing.publish(article=story, by=build.member("Thư ký tòa soạn"))

    assert (by_itself, worked_on) == ("Bến đò cũ bên sông", "Đang gõ")
    assert Article.objects.get().title == "Đang gõ"


def test_versions_saved_by_themselves_thin_out_with_age_and_others_stay(time_machine):
    start = timezone.localtime().replace(hour=8, minute=0, second=0)
    story = draft()
    for minute in range(0, 60, 2):
        time_machine.move_to(start + timedelta(minutes=minute), tick=False)
        saved(story, origin=Origin.AUTOSAVED, title=f"Bản {minute}")
    revising.name(revision=story.revisions.get(content__title="Bản 4"), name="Trước khi rút gọn")
    saved(story, title="Lưu tay")
    counts = []
    for later in (timedelta(minutes=1), timedelta(hours=3), timedelta(days=3)):
        time_machine.move_to(start + timedelta(minutes=58) + later, tick=False)
        revising.thin_out()
        counts.append(story.revisions.filter(origin=Origin.AUTOSAVED).count())

    # All but the first hour's; one for each ten minutes and the named one; one of the day and the named one.
    assert counts == [30, 7, 2]
    kept = story.revisions.values_list("content__title", flat=True)
    assert list(kept) == ["Lưu tay", "Bản 58", "Bản 4", "Bến đò cũ bên sông"]


def test_version_is_added_and_never_changed():
    story = draft()
    version = saved(story, title="Tít mới")

    with pytest.raises(TypeError):
        version.save()


def test_released_version_is_noted():
    story = draft()
    saved(story, title="Tít mới")
    publishing.publish(article=story, by=build.member("Thư ký tòa soạn"))

    released = [(version.number, version.released_at is not None) for version in story.revisions.all()]
    assert released == [(2, True), (1, False)]


def test_tag_deleted_since_is_left_out_and_the_rest_of_the_version_stands():
    story = draft(tags=[build.tag("bến đò"), gone := build.tag("đò ngang")])
    saved(story, title="Tít mới")
    gone.delete()
    revising.restore(revision=story.revisions.get(number=1), by=None, based_on=2)

    assert [tag.name for tag in Article.objects.get().tags.all()] == ["bến đò"]
    assert Credit.objects.filter(article=story).count() == 1
    assert Revision.objects.count() == 3


def test_colleagues_act_between_opening_and_saving_is_no_other_version():
    """Passing on keeps the text as version 1; who opened the story before, from no version, meets no conflict."""
    story = build.article(status=Status.SUBMITTED, published_at=None)
    publishing.pass_on(article=story, by=build.member("Biên tập viên"))

    saved(story, based_on=0, title="Tít mới")

    assert Article.objects.get().title == "Tít mới"


def test_draft_with_a_restored_version_can_still_be_deleted():
    story = draft()
    saved(story, title="Tít mới")
    revising.restore(revision=story.revisions.get(number=1), by=None, based_on=2)

    story.delete()

    assert not Revision.objects.exists()


def test_text_that_a_row_cannot_hold_is_refused_in_words_and_stays_a_version():
    """Somebody is typing still: the title is gone for now, or the end lies before the planned beginning."""
    reporter, planned = build.member("Phóng viên"), timezone.now() + timedelta(days=5)
    untitled, ended = draft(created_by=reporter), build.article(status=Status.DRAFT, published_at=planned)
    saved(untitled, origin=Origin.AUTOSAVED, title="")
    saved(ended, origin=Origin.AUTOSAVED, expires_at=contents.moment(planned - timedelta(days=1)))

    with pytest.raises(Refused, match="Bài chưa có tít"):
        publishing.submit(article=untitled, by=reporter)
    with pytest.raises(Refused, match="phải sau giờ đăng"):
        publishing.submit(article=ended, by=build.member("Biên tập viên"))
    saved(untitled, title="Tít mới")
    revising.restore(revision=untitled.revisions.get(number=2), by=reporter, based_on=3)

    assert (untitled.revisions.first().content["title"], Article.objects.get(pk=untitled.pk).title) == ("", "Tít mới")


def test_changes_that_point_to_a_deleted_section_are_not_released():
    story, gone = build.article(), build.section("Chuyên mục tạm")
    saved(story, by=build.member(), section=gone.pk)
    gone.delete()

    with pytest.raises(Refused, match="Bài chưa có chuyên mục"):
        publishing.release(article=story, by=build.member("Thư ký tòa soạn"))


def test_scheduled_story_goes_to_an_earlier_time_with_an_earlier_end():
    now = timezone.now()
    story = build.article(published_at=now + timedelta(days=5), expires_at=now + timedelta(days=9))
    saved(story, by=build.member(), expires_at=contents.moment(now + timedelta(days=2)))

    publishing.publish(article=story, by=build.member("Thư ký tòa soạn"), at=now + timedelta(days=1))

    story.refresh_from_db()
    assert (story.published_at, story.expires_at) == (now + timedelta(days=1), now + timedelta(days=2))


def test_tag_merged_since_is_the_one_that_stayed_in_every_version():
    boss = build.user("articles.change_tag", "articles.delete_tag", username="chi")
    kept, other = build.tag("Đà Lạt"), build.tag("thành phố hoa")
    story = build.article()
    saved(story, by=build.member(), tags=[other.pk])
    merge_tags(kept=kept, other=other, by=boss)

    publishing.release(article=story, by=build.member("Thư ký tòa soạn"))

    assert list(Article.objects.get().tags.all()) == [kept]
    new, old = story.revisions.all()
    assert [found.marked for found in differences(old.content, new.content)] == ["<p><ins>Đà Lạt</ins></p>"]
