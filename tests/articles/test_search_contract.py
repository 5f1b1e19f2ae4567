"""What search promises, on whichever database the tests run: the same stories in the same order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from articles.models import Article, Status
from articles.publishing import derive
from articles.search import asking, best, engine, find, narrowed, newest, read

from .. import build

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """Titles of the answers, best first."""
    hits = best(read(query), Article.objects.published()).hits
    titles = Article.objects.in_bulk([hit.pk for hit in hits])
    return [titles[hit.pk].title for hit in hits]


@pytest.mark.parametrize("query", ["Đảng bộ", "dang bo", "ĐẢNG BỘ", "đảng bộ", "Ðảng bộ"])
def test_story_is_found_with_and_without_marks(query):
    build.article(title="Đảng bộ xã Vân Hà")

    assert found(query) == ["Đảng bộ xã Vân Hà"]


@pytest.mark.parametrize(
    ("query", "count"), [("thuỷ lợi", 1), ("thủy lợi", 1), ("thuy", 1), ("thu", 0), ("loi ich", 0)]
)
def test_every_syllable_must_match_whole(query, count):
    build.article(title="Công trình thủy lợi")

    assert len(found(query)) == count


def test_better_fit_comes_first_whatever_its_age():
    made = [
        build.article(title="Vân Hà có bến", hours_ago=1),
        build.article(title="Chợ bên sông, ván cờ", lead="Nhớ bền văn.", hours_ago=2),
        build.article(title="Vân Hà mở bến", lead="Bến thuyền bên vân đá.", hours_ago=3),
        build.article(title="Tin ngắn", lead="Về bến vân xưa.", hours_ago=4),
        build.article(title="Cầu Bến Vân", hours_ago=5),
        build.article(title="Tin dài", lead="Không.", body="<p>Qua Bến Vân.</p>", hours_ago=6),
        build.article(title="Ben Van", hours_ago=7),
    ]

    assert found("bến vân") == [made[n].title for n in (4, 3, 5, 6, 1, 2, 0)]


def test_newer_comes_first_among_equals_then_the_later_number():
    at = build.article(title="Mưa lũ", hours_ago=5).published_at
    build.article(title="Mưa lũ ở xã", published_at=at)
    build.article(title="Mưa lũ hôm nay", hours_ago=1)

    assert found("mưa lũ") == ["Mưa lũ hôm nay", "Mưa lũ ở xã", "Mưa lũ"]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 21, 5, 0, 0, 9, tzinfo=UTC),
        datetime(2024, 12, 31, 17, 0, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1945, 9, 2, 7, tzinfo=UTC),
    ],
)
def test_moment_of_a_hit_is_exact(at):
    build.article(title="Mưa lũ", published_at=at)

    for answer in (best(read("mưa lũ"), Article.objects.published()), newest(Article.objects.published())):
        assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=answer.hits[0].moment) == at


@pytest.mark.parametrize(
    ("query", "count"),
    [("05-CT/TW", 1), ("05-ct/tw", 1), ("05", 1), ("TW/CT-05", 0), ("05-TW", 0), ('"học tập và"', 1), ('"tập học"', 0)],
)
def test_numbers_and_quoted_phrases_are_wholes(query, count):
    build.article(title="Học tập và làm theo", body="<p>Chỉ thị số 05-CT/TW của Bộ Chính trị.</p>")

    assert len(found(query)) == count


def test_phrase_does_not_reach_over_the_end_of_a_paragraph():
    build.article(title="Chợ", lead="Phiên", body="<p>đi qua bến</p><p>vân đá nổi lên</p>")

    assert found('"bến vân"') == []
    assert found("bến vân") == ["Chợ"]


@pytest.mark.parametrize("query", ["Lê Khoa", "nông thôn mới", "giữ rừng", "chú thích riêng", "phóng sự"])
def test_bylines_tags_series_kickers_and_captions_are_searched(query):
    build.article(
        title="Tin",
        by="Lê Khoa",
        tags=[build.tag("nông thôn mới")],
        series=build.series("Giữ rừng đầu nguồn"),
        kicker="Phóng sự",
        body="<p>Ruột.</p><figure><figcaption>Chú thích riêng</figcaption></figure>",
    )

    assert found(query) == ["Tin"]


def test_only_what_readers_may_see_is_found():
    story = build.article(title="Bến đò bí mật")
    Article.objects.filter(pk=story.pk).update(status=Status.WITHDRAWN)

    assert found("bí mật") == []
    assert list(find("bí mật", Article.objects.all())) == [story]


def test_changed_story_is_found_by_its_new_words_alone():
    story = build.article(title="Chuyện cũ")
    story.title = "Tin mới"
    story.save()
    derive(article=story)

    assert (found("chuyện cũ"), found("tin mới")) == ([], ["Tin mới"])


def test_rebuilding_gives_the_same_answers_and_sweeps_out_strangers(capsys):
    story = build.article(title="Mùa vàng")
    gone = build.article(title="Mùa vàng cũ")
    number = gone.pk
    gone.delete()
    call_command("rebuild_search")
    call_command("rebuild_search")

    assert found("mùa vàng") == [story.title]
    assert number not in engine().ids(read("mùa").degrees[-1], 10)


@pytest.mark.parametrize("order", [best, lambda question, stories: newest(narrowed(question, stories))])
def test_many_matches_are_cut_at_the_cap_the_newest_kept(monkeypatch, order):
    monkeypatch.setattr(asking, "CAP", 3)
    monkeypatch.setattr(asking, "SPARSE", 3)
    stories = build.articles(5)

    answer = order(read("bản tin"), Article.objects.published())

    assert [hit.pk for hit in answer.hits] == [story.pk for story in stories[:3]]
    assert answer.is_more


def test_better_degree_is_kept_over_a_newer_story_beyond_the_cap(monkeypatch):
    monkeypatch.setattr(asking, "CAP", 2)
    monkeypatch.setattr(asking, "SPARSE", 2)
    for number in range(4):
        build.article(title=f"Vân Hà {number} có bến", hours_ago=number + 1)
    build.article(title="Bến Vân", hours_ago=100)

    assert found("bến vân")[0] == "Bến Vân"


def test_newest_answers_of_a_common_word_are_the_same_from_whatever_stretch_of_the_archive(monkeypatch):
    """Ids and dates in no order, several stories of one moment, and rare answers far back."""
    moments = [3, 9, 9, 1, 7, 7, 7, 2, 8, 5, 5, 4, 6, 9, 0, 3]
    for number, hours in enumerate(moments):
        published_at = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(hours=hours)
        build.article(title=f"Mưa {number}" if number % 3 else f"Nắng {number}", published_at=published_at)
    everything = [found("mưa"), found("nắng")]
    monkeypatch.setattr(asking, "CAP", 3)
    monkeypatch.setattr(asking, "SPARSE", 2)

    for stretch in (1, 2, 4, 15, 16, 17):
        monkeypatch.setattr(asking, "STRETCH", stretch)
        assert [found("mưa"), found("nắng")] == [titles[:3] for titles in everything]


def test_long_phrase_is_exact_however_many_stories_hold_its_parts(monkeypatch):
    monkeypatch.setattr(asking, "CAP", 2)
    monkeypatch.setattr(asking, "SPARSE", 2)
    for number in range(3):
        build.article(title=f"Bến Vân {number} Vân Hà", lead=f"Bến vân vân hà {number}.", hours_ago=number + 1)
    whole = [build.article(title=f"Về bến Vân Hà {number}", hours_ago=number + 9) for number in range(3)]

    assert found('"bến vân hà"') == found('"ben van ha"') == [story.title for story in whole[:2]]
