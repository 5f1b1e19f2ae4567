"""Who may do what in which state, act by act: the table of the house, and what every refusal says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, revising
from articles.admin.article_acts import buttons
from articles.contents import content_of
from articles.models import Act, Article, Origin, SectionEditor, Status
from articles.publishing import Refused
from articles.rights import RULES, refusal

from .. import build

pytestmark = pytest.mark.django_db

REPORTER, EDITOR, SECRETARY = "Phóng viên", "Biên tập viên", "Thư ký tòa soạn"
GROUPS = (REPORTER, EDITOR, SECRETARY, "Kiểm duyệt bình luận", "Quản trị")
STAGES = ("draft", "submitted", "edited", "scheduled", "published", "expired", "withdrawn")

# (act, stage) -> groups that may do it to a colleague's story. What is not here is refused to everybody.
ALLOWED = {
    (Act.SUBMIT, "draft"): {EDITOR, SECRETARY},
    (Act.SEND_BACK, "submitted"): {EDITOR, SECRETARY},
    (Act.SEND_BACK, "edited"): {EDITOR, SECRETARY},
    (Act.PASS_ON, "submitted"): {EDITOR, SECRETARY},
    (Act.PUBLISH, "draft"): {SECRETARY},
    (Act.PUBLISH, "submitted"): {SECRETARY},
    (Act.PUBLISH, "edited"): {SECRETARY},
    (Act.PUBLISH, "scheduled"): {SECRETARY},
    (Act.SCHEDULE, "draft"): {SECRETARY},
    (Act.SCHEDULE, "submitted"): {SECRETARY},
    (Act.SCHEDULE, "edited"): {SECRETARY},
    (Act.SCHEDULE, "scheduled"): {SECRETARY},
    (Act.UNSCHEDULE, "scheduled"): {SECRETARY},
    (Act.RELEASE, "scheduled"): {SECRETARY},
    (Act.RELEASE, "published"): {SECRETARY},
    (Act.RELEASE, "expired"): {SECRETARY},
    (Act.REVISE, "published"): {EDITOR, SECRETARY},
    (Act.CORRECT, "published"): {SECRETARY},
    (Act.CORRECT, "expired"): {SECRETARY},
    (Act.CORRECT, "withdrawn"): {SECRETARY},
    (Act.WITHDRAW, "published"): {SECRETARY},
    (Act.WITHDRAW, "expired"): {SECRETARY},
    (Act.PUT_BACK, "withdrawn"): {SECRETARY},
}
# The same to a story that is one's own.
ALLOWED_TO_OWN = {
    key: groups | {REPORTER} if key[0] == Act.SUBMIT else groups
    for key, groups in ALLOWED.items()
    if key[0] not in (Act.PASS_ON, Act.PUBLISH, Act.SCHEDULE)
}


def story_at(stage: str, **fields) -> Article:
    now = timezone.now()
    times = {
        "draft": {"status": Status.DRAFT, "published_at": None},
        "submitted": {"status": Status.SUBMITTED, "published_at": None},
        "edited": {"status": Status.EDITED, "published_at": None},
        "scheduled": {"published_at": now + timedelta(hours=2)},
        "published": {},
        "expired": {"expires_at": now - timedelta(minutes=5)},
        "withdrawn": {"status": Status.WITHDRAWN},
    }
    return build.article(**times[stage], **fields)


def may(group: str, act: Act, stage: str, *, own: bool) -> bool:
    person = build.member(group)
    return not refusal(act, person, story_at(stage, created_by=person if own else None))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("act", RULES)
def test_act_is_done_by_whom_the_table_names_and_by_nobody_else(act, stage):
    allowed = {group for group in GROUPS if may(group, act, stage, own=False)}
    allowed_to_own = {group for group in GROUPS if may(group, act, stage, own=True)}

    assert allowed == ALLOWED.get((act, stage), set())
    assert allowed_to_own == ALLOWED_TO_OWN.get((act, stage), set())


@pytest.mark.parametrize("act", RULES)
def test_refusal_says_whether_state_right_or_second_person_is_missing(act):
    rule, secretary = RULES[act], build.member(SECRETARY)
    possible = [stage for stage in STAGES if (act, stage) in ALLOWED]

    for stage in possible:
        assert refusal(act, build.member("Kiểm duyệt bình luận"), story_at(stage)) == rule.no_right
        if rule.needs_other and act != Act.RELEASE:
            assert "tự duyệt" in refusal(act, secretary, story_at(stage, created_by=secretary))
    for stage in set(STAGES) - {*possible}:
        assert refusal(act, secretary, story_at(stage)) not in ("", rule.no_right)


def test_buttons_and_acts_agree_on_what_may_be_done(client):
    """Whatever is refused stands in no bar, whatever stands in a bar is done."""
    secretary = build.member(SECRETARY)
    client.force_login(secretary)
    for stage in ("draft", "submitted", "edited", "scheduled", "published"):
        page = client.get(f"/admin/articles/article/{story_at(stage).pk}/change/").text
        for name, act in (("_publish", Act.PUBLISH), ("_pass_on", Act.PASS_ON), ("_unschedule", Act.UNSCHEDULE)):
            assert (f'name="{name}"' in page) == (SECRETARY in ALLOWED.get((act, stage), set())), (stage, name)


@pytest.mark.parametrize(("stage", "main"), [("edited", "_publish"), ("scheduled", "_schedule"), ("published", "")])
def test_main_button_never_publishes_before_the_time_that_is_set(stage, main):
    bar = buttons(build.member(SECRETARY), story_at(stage))

    assert "".join(button.name for button in bar if button.is_main) == main


def test_story_goes_from_desk_to_desk_and_comes_back_with_a_reason():
    writer, editor, secretary = (build.member(group) for group in (REPORTER, EDITOR, SECRETARY))
    story = story_at("draft", created_by=writer)

    publishing.submit(article=story, by=writer)
    publishing.send_back(article=story, by=editor, reason="Thiếu số liệu của xã.")
    publishing.submit(article=story, by=writer)
    publishing.pass_on(article=story, by=editor)
    publishing.publish(article=story, by=secretary)

    steps = [(event.act, event.before, event.after, event.note) for event in reversed(story.events.all())]
    assert steps == [
        ("submit", "draft", "submitted", ""),
        ("send_back", "submitted", "draft", "Thiếu số liệu của xã."),
        ("submit", "draft", "submitted", ""),
        ("pass_on", "submitted", "edited", ""),
        ("publish", "edited", "published", ""),
    ]


def test_story_without_text_or_section_is_not_handed_in():
    writer = build.member(REPORTER)
    story = story_at("draft", created_by=writer, body="", section=None)

    with pytest.raises(Refused) as refused:
        publishing.submit(article=story, by=writer)

    assert refused.value.sentences == ["Bài chưa có chuyên mục.", "Nội dung bài còn trống."]


def test_sending_back_asks_for_a_reason():
    with pytest.raises(Refused, match="người viết"):
        publishing.send_back(article=story_at("submitted"), by=build.member(EDITOR), reason=" \u200b ")


def test_editor_of_one_section_touches_no_other():
    economy, law = build.section("Kinh tế"), build.section("Pháp luật")
    editor = build.member(EDITOR)
    SectionEditor.objects.create(user=editor, section=economy)

    publishing.pass_on(article=story_at("submitted", section=economy), by=editor)
    with pytest.raises(Refused, match="không phụ trách"):
        publishing.pass_on(article=story_at("submitted", section=law), by=editor)


def test_second_press_is_told_who_was_first():
    first, second = build.member(SECRETARY, full_name="Trần Mai Lĩnh"), build.member(SECRETARY)
    story = story_at("edited")
    publishing.publish(article=story, by=first)

    with pytest.raises(Refused, match=r"Bài đã được đăng.*Trần Mai Lĩnh: đã đăng"):
        publishing.publish(article=story, by=second)


def test_act_on_a_stale_page_is_refused_and_told_what_came_between():
    editor, secretary = build.member(EDITOR, full_name="Lê Thu Hà"), build.member(SECRETARY)
    story = story_at("edited")
    seen = publishing.seen_as(story)
    revising.save(article=story, content=content_of(story) | {"lead": "Sa pô mới."}, by=editor, based_on=0)

    with pytest.raises(Refused, match=r"Bài đã thay đổi.*Lê Thu Hà: đã lưu"):
        publishing.publish(article=story, by=secretary, seen=seen)

    assert Article.objects.get().status == Status.EDITED


def test_changes_of_ones_own_are_released_by_a_colleague():
    one, other = build.member(SECRETARY), build.member(SECRETARY)
    story = publishing.publish(article=story_at("edited"), by=other)
    content = content_of(story) | {"title": "Bến đò mới bên sông"}
    revising.save(article=story, content=content, by=one, based_on=story.latest_revision)

    with pytest.raises(Refused, match="tự duyệt"):
        publishing.release(article=story, by=one)
    before = Article.objects.get().title
    publishing.release(article=story, by=other)

    assert (before, Article.objects.get().title) == ("Bến đò cũ bên sông", "Bến đò mới bên sông")


def test_right_to_publish_alone_is_a_right_like_others():
    alone = build.user("articles.publish_article", "articles.publish_own_article", username="truc")

    assert publishing.publish(article=story_at("draft", created_by=alone), by=alone).is_visible


def test_story_withdrawn_by_mistake_comes_back_and_one_on_a_legal_ground_never():
    secretary = build.member(SECRETARY)
    mistaken, unlawful = story_at("published"), story_at("published", title="Một bài khác hẳn")
    publishing.withdraw(article=mistaken, by=secretary, reason="Nhầm bài.")
    publishing.withdraw(article=unlawful, by=secretary, reason="Yêu cầu của cơ quan.", on_legal_ground=True)

    publishing.put_back(article=mistaken, by=secretary, reason="Đã đối chiếu.")
    with pytest.raises(Refused, match="căn cứ pháp lý"):
        publishing.put_back(article=unlawful, by=secretary, reason="Muốn đăng lại.")

    assert list(Article.objects.published()) == [mistaken]


def test_address_of_a_story_follows_its_title_until_readers_know_it():
    secretary = build.member(SECRETARY)
    story = story_at("edited")
    revising.save(article=story, content=content_of(story) | {"title": "Đò ngang"}, by=secretary, based_on=0)
    publishing.publish(article=story, by=build.member(SECRETARY))
    story.refresh_from_db()
    known = story.slug
    content = content_of(story) | {"title": "Đò dọc"}
    revising.save(article=story, content=content, by=secretary, based_on=story.latest_revision)
    publishing.release(article=story, by=build.member(SECRETARY))
    story.refresh_from_db()

    assert (known, story.title, story.slug) == ("do-ngang", "Đò dọc", "do-ngang")


def test_editor_of_one_section_brings_nothing_out_in_another():
    """The last text may have moved the story, and nobody has pressed a button on that yet."""
    secretary, other = build.member(SECRETARY), build.section("Pháp luật")
    SectionEditor.objects.create(user=secretary, section=build.section("Kinh tế"))
    waiting = story_at("edited", section=build.section("Kinh tế"))
    out = story_at("published", section=build.section("Kinh tế"), title="Một bài khác hẳn")
    for story in (waiting, out):
        content = content_of(story) | {"section": other.pk}
        revising.save(article=story, content=content, by=None, based_on=0, origin=Origin.AUTOSAVED)

    with pytest.raises(Refused, match="không phụ trách"):
        publishing.publish(article=waiting, by=secretary)
    with pytest.raises(Refused, match="không phụ trách"):
        publishing.release(article=out, by=secretary)

    assert not Article.objects.filter(section=other).exists()
