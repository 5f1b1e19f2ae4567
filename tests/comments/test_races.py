"""Two people at once. Needs a database with row locks: on SQLite writers stand in one line by themselves."""

import pytest
from django.db import connection, transaction

from articles import publishing
from articles.models import Article
from articles.reading import Gone
from comments import moderation, posting
from comments.models import Comment, ModerationAction, Status
from tests import build
from tests.racing import meanwhile

SENT = posting.Sent(name="Vàng A Chỉnh", email="chinh@thu.vn", text="Ở bản tôi cũng có lệ này.")


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_story_withdrawn_while_a_comment_is_on_its_way_takes_nothing():
        story, chief = build.article(), build.user("articles.withdraw_article")
        with transaction.atomic():
            publishing.withdraw(article=story, by=chief, reason="Sai sự thật")
            thread, outcomes = meanwhile(lambda: posting.receive(article_id=story.pk, sent=SENT))
            thread.join(0.5)
            assert outcomes == []
        thread.join(5)
        assert isinstance(outcomes[0], Gone)
        assert not Comment.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_button_pressed_twice_at_once_sends_one_comment():
        story = build.article()
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=story.pk)
            waiting = [meanwhile(lambda: posting.receive(article_id=story.pk, sent=SENT)) for _press in range(2)]
        for thread, _outcomes in waiting:
            thread.join(5)
        assert waiting[0][1] == waiting[1][1] == [Comment.objects.get()]

    @pytest.mark.django_db(transaction=True)
    def test_two_moderators_decide_once():
        comment, moderator = build.comment(), build.user("comments.moderate_comment")
        with transaction.atomic():
            moderation.approve(comment=comment, by=moderator)
            thread, outcomes = meanwhile(lambda: moderation.reject(comment=comment, by=moderator, reason="Quảng cáo"))
            thread.join(0.5)
            assert outcomes == []
        thread.join(5)
        comment.refresh_from_db()
        assert isinstance(outcomes[0], moderation.Refused)
        assert comment.status == Status.APPROVED
        assert ModerationAction.objects.count() == 1
