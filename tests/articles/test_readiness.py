"""What stands between a story and its readers, in sentences for the editor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.contents import content_of, overlaid
from articles.models import Article, Picture, Status
from articles.readiness import LEAD_WORDS_LIMIT, TITLE_LIMIT, problems

from .. import build

pytestmark = pytest.mark.django_db


def draft(**fields) -> Article:
    return build.article(**({"status": Status.DRAFT, "published_at": None} | fields))


def told(article) -> list[tuple[str, bool]]:
    return [(problem.field, problem.blocking) for problem in problems(article)]


def test_complete_story_has_no_problem():
    assert problems(draft()) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"section": None}, "section"),
        ({"body": ""}, "body"),
        ({"body": "<p> \u00a0 </p>"}, "body"),
        ({"by": None}, "typed_byline"),
    ],
)
def test_story_that_lacks_what_readers_need_is_held_back(fields, field):
    assert told(draft(**fields)) == [(field, True)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "a" * (TITLE_LIMIT + 1)}, "title"),
        ({"lead": "từ " * (LEAD_WORDS_LIMIT + 1)}, "lead"),
        ({"lead": ""}, "lead"),
    ],
)
def test_story_that_is_only_unhandsome_is_not_held_back(fields, field):
    assert told(draft(**fields)) == [(field, False)]


def test_title_and_lead_at_their_limits_are_no_problem():
    assert problems(draft(title="a" * TITLE_LIMIT, lead="từ " * LEAD_WORDS_LIMIT)) == []


def test_typed_byline_credits_a_story_as_an_author_does():
    assert problems(draft(by=None, typed_byline="P.V")) == []


def test_main_picture_needs_a_credit_or_a_kind():
    bare = build.picture()
    stated = [build.picture(credit_kind=kind) for kind in ("archive", "byline")]
    named = build.picture(credit_author=build.author())

    assert told(draft(lead_picture=bare)) == [("lead_picture", True)]
    assert [told(draft(lead_picture=picture)) for picture in (*stated, named)] == [[], [], []]


def test_unsaved_story_with_nothing_raises_nothing():
    assert told(Article()) == [
        ("title", True),
        ("section", True),
        ("body", True),
        ("typed_byline", True),
        ("lead", False),
    ]


def test_every_problem_is_a_sentence_in_vietnamese():
    story = draft(section=None, body="", lead="", by=None, title="a" * 200, lead_picture=build.picture())

    sentences = [problem.text for problem in problems(story)]

    assert len(sentences) == 6
    assert all(sentence.endswith(".") and not sentence.isascii() for sentence in sentences)
    assert any(str(TITLE_LIMIT) in sentence for sentence in sentences)


def test_blocking_problems_come_before_the_others():
    found = [blocking for _, blocking in told(draft(body="", by=None, lead="", title="a" * 200))]

    assert found == [True, True, False, False]


LONG = " ".join(
    f"Ông Nguyễn Văn {name} ở xóm {n} kể chuyện đò ngang ngày ấy." for n, name in enumerate(["An", "Ba", "Cư"])
)
LONG += " Bến ấy nay đã có cầu, nhưng người già vẫn nhớ tiếng gọi đò mỗi sớm mai sương phủ kín mặt sông quê."


def sentences(article, *, blocking: bool) -> list[str]:
    return [problem.text for problem in problems(article) if problem.blocking == blocking]


def test_slips_are_told_with_the_words_to_jump_to():
    story = draft(lead="Ông nói: “Được rồi.", body="<p>Nhân điển hình tiến tiến của xã.</p>")

    found = {(problem.field, problem.words) for problem in problems(story)}

    assert found == {("lead", "“Được rồi."), ("body", "Nhân điển hình tiến tiến")}


def test_story_that_stands_already_is_told_by_its_title_in_any_spelling():
    build.article(title="Lễ hội Hoà Bình mở cửa")

    assert sentences(draft(title="LỄ HỘI HÒA BÌNH MỞ CỬA"), blocking=False) == [
        "Có vẻ bài này đã có: “Lễ hội Hoà Bình mở cửa” (đã đăng)."
    ]


def test_story_that_stands_already_is_told_by_its_text_under_another_title():
    build.article(title="Chuyện đò ngang", body=f"<p>{LONG}</p>")
    copied = draft(title="Ký ức bến sông", body=f"<p>Mở đầu khác đi một chút.</p><p>{LONG}</p>")
    own = draft(title="Ký ức bến đò", body="<p>" + "Chuyện này không giống chuyện kia chút nào. " * 9 + "</p>")

    assert sentences(copied, blocking=False) == ["Có vẻ bài này đã có: “Chuyện đò ngang” (đã đăng)."]
    assert sentences(own, blocking=False) == []


def test_what_was_withdrawn_on_a_legal_ground_stays_away_under_a_title_of_every_day():
    unlawful = build.article(title="Thời tiết hôm nay", hours_ago=9)
    secretary = build.member("Thư ký tòa soạn")
    publishing.withdraw(article=unlawful, by=secretary, reason="Yêu cầu của cơ quan.", on_legal_ground=True)
    for number in range(6):
        build.article(title="Thời tiết hôm nay", body=f"<p>Nắng {number} giờ.</p>")

    again = build.article(title="Thời tiết hôm nay", status=Status.SUBMITTED, published_at=None)

    assert [problem.blocking for problem in problems(again)][:2] == [True, False]


def test_what_was_withdrawn_on_a_legal_ground_is_not_posted_again_under_any_title():
    secretary = build.member("Thư ký tòa soạn")
    story = build.article(title="Chuyện đò ngang", body=f"<p>{LONG}</p>")
    publishing.withdraw(article=story, by=secretary, reason="Yêu cầu của cơ quan.", on_legal_ground=True)
    again = draft(title="Ký ức bến sông", body=f"<p>{LONG}</p>")

    with pytest.raises(publishing.Refused, match="gỡ theo căn cứ pháp lý"):
        publishing.publish(article=again, by=secretary)


def test_child_is_shown_with_the_consent_of_its_parents_only():
    picture = build.picture(title="Lớp học", credit_kind="byline", shows_child=True)
    story = draft(lead_picture=picture, comments_open=False)
    without = sentences(story, blocking=True)
    Picture.objects.update(child_consent="Mẹ cháu, chị Lan, đồng ý ngày 2/7/2026.")
    story = Article.objects.get()

    assert without == ["Ảnh “Lớp học” có trẻ em dưới 16 tuổi nhưng chưa ghi sự đồng ý của cha mẹ hoặc người giám hộ."]
    assert problems(story) == []


def test_comments_below_a_story_with_a_child_are_asked_about():
    build_with = {"credit_kind": "byline", "shows_child": True, "child_consent": "Mẹ cháu đồng ý."}
    story = draft(lead_picture=build.picture(title="Lớp học", **build_with))

    assert told(story) == [("comments_open", False)]


def test_picture_without_words_for_the_blind_holds_a_story_back():
    story = draft(lead_picture=build.picture(title="Bến đò", alt="", credit_kind="archive"))

    assert sentences(story, blocking=True) == ["Ảnh “Bến đò” chưa có mô tả cho người khiếm thị."]


def test_planned_time_that_has_passed_holds_a_story_back_until_it_is_published_now():
    secretary = build.member("Thư ký tòa soạn")
    story = draft()
    story.published_at = timezone.now() - timedelta(hours=1)
    story.save()

    assert told(story) == [("published_at", True)]
    with pytest.raises(publishing.Refused, match="Giờ đăng đã qua"):
        publishing.publish(article=story, by=secretary, at=story.published_at)
    assert publishing.publish(article=story, by=secretary).is_visible


def test_caption_that_stands_twice_and_subheading_without_heading_are_told():
    picture = build.picture(credit_kind="byline")
    figure = f'<figure><img data-picture="{picture.pk}"><figcaption>Bến đò cũ lúc bình minh</figcaption></figure>'
    story = draft(body=f"{figure}<p>Bến đò cũ lúc bình minh.</p><h3>Ký ức</h3><p>Chuyện xưa.</p>")

    assert sentences(story, blocking=False) == [
        "Chú thích lặp lại: Bến đò cũ lúc bình minh",
        "Tít phụ đứng trước tít xen: Ký ức",
    ]


def test_address_that_would_change_is_told_before_the_change():
    story = build.article(section=build.section("Kinh tế"))
    moved = overlaid(story, content_of(story) | {"section": build.section("Văn hóa").pk})

    assert sentences(moved, blocking=False) == [
        "Địa chỉ bài sẽ đổi từ /kinh-te/… sang /van-hoa/…; địa chỉ cũ tự chuyển sang địa chỉ mới."
    ]


def test_archive_does_not_bring_back_what_was_withdrawn_on_a_legal_ground():
    story = build.article(title="Chuyện đò ngang", body=f"<p>{LONG}</p>")
    secretary = build.member("Thư ký tòa soạn")
    publishing.withdraw(article=story, by=secretary, reason="Yêu cầu của cơ quan.", on_legal_ground=True)
    again = draft(title="Ký ức bến sông", body=f"<p>{LONG}</p>")

    with pytest.raises(publishing.Refused, match="gỡ theo căn cứ pháp lý"):
        publishing.publish_archive(article=again, at=timezone.now())
