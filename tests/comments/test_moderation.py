import pytest

from comments import moderation
from comments.models import Comment, ModerationAction, Status
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return build.user("comments.moderate_comment")


def act(name, comment, by):
    if name == "approve":
        return moderation.approve(comment=comment, by=by)
    return {"reject": moderation.reject, "hide": moderation.hide}[name](comment=comment, by=by, reason="Quảng cáo")


ALLOWED = {
    ("approve", Status.HELD): Status.APPROVED,
    ("approve", Status.REJECTED): Status.APPROVED,
    ("approve", Status.HIDDEN): Status.APPROVED,
    ("reject", Status.HELD): Status.REJECTED,
    ("hide", Status.APPROVED): Status.HIDDEN,
}


@pytest.mark.parametrize("name", ["approve", "reject", "hide"])
@pytest.mark.parametrize("before", Status)
def test_act_moves_only_where_it_may(name, before, moderator):
    comment = build.comment(status=before)
    if after := ALLOWED.get((name, before)):
        assert act(name, comment, moderator).status == after
        logged = ModerationAction.objects.get()
        assert (logged.act, logged.by, logged.before) == (name, moderator, before)
        assert logged.reason == ("" if name == "approve" else "Quảng cáo")
    else:
        with pytest.raises(moderation.Refused) as refused:
            act(name, comment, moderator)
        assert refused.value.sentence.endswith(".")
        assert not ModerationAction.objects.exists()
    comment.refresh_from_db()
    assert comment.status == (after or before)


@pytest.mark.parametrize("name", ["approve", "reject", "hide"])
def test_act_without_the_right_is_refused(name):
    comment = build.comment(status=Status.APPROVED if name == "hide" else Status.HELD)
    with pytest.raises(moderation.Refused):
        act(name, comment, build.user(username="phongvien"))
    assert not ModerationAction.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_refusal_wants_a_reason_that_fits_the_log(reason, moderator):
    with pytest.raises(moderation.Refused):
        moderation.reject(comment=build.comment(), by=moderator, reason=reason)
    with pytest.raises(moderation.Refused):
        moderation.hide(comment=build.comment(status=Status.APPROVED), by=moderator, reason=reason)


def test_state_is_read_from_the_row_and_not_from_what_the_moderator_saw(moderator):
    comment = build.comment()
    seen_earlier = Comment.objects.get(pk=comment.pk)
    moderation.reject(comment=comment, by=moderator, reason="Quảng cáo")
    with pytest.raises(moderation.Refused):
        moderation.reject(comment=seen_earlier, by=moderator, reason="Quảng cáo")


def test_text_is_never_changed_by_an_act(moderator):
    comment = build.comment(text="Nguyên văn của bạn đọc.")
    comment.text, comment.name = "Lời khác", "Người khác"
    moderation.approve(comment=comment, by=moderator)
    stored = Comment.objects.get()
    assert (stored.text, stored.name) == ("Nguyên văn của bạn đọc.", "Đỗ Văn Ngữ")
