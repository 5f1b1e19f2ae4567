"""The discussion as it stands under a story, in the words of the story's house style."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from comments import posting
from comments.models import Comment, Status
from comments.templatetags import comments as tags
from tests import build

pytestmark = pytest.mark.django_db

SECTION = Template('{% load comments %}{% discussion_of article as discussion %}{% include "comments/section.html" %}')


def section_of(article) -> str:
    return SECTION.render(Context({"article": article, "publication": article.publication})).strip()


def words_of(html: str) -> list[str]:
    """What a reader sees of it, piece by piece."""
    return [piece.strip() for piece in unescape(re.sub(r"<[^>]*>", "\n", html)).split("\n") if piece.strip()]


def story_in(**style):
    return build.article(house_style=build.house_style(name="2021", **style))


def test_labels_stand_exactly_as_the_house_style_gives_them():
    style = {
        "comment_heading": "Bình luận",
        "comment_empty_text": "Hiện tại chưa có bình luận",
        "comment_form_heading": "Viết bình luận",
        "comment_name_label": "Họ tên:",
        "comment_email_label": "Email:",
    }
    words = words_of(section_of(story_in(**style)))
    assert [word for word in words if word in style.values()] == list(style.values())


def test_labels_that_are_empty_leave_nothing_behind():
    html = section_of(story_in(comment_heading="", comment_form_heading="", comment_empty_text=""))
    assert "<h2" not in html
    assert "<h3" not in html
    assert "aria-labelledby" not in html
    assert re.search(r'<section[^>]* aria-label="[^"]+"', html)
    assert re.search(r'<form[^>]* aria-label="[^"]+"', html)


def test_style_without_comments_prints_nothing_and_asks_nothing(django_assert_num_queries):
    story = story_in(shows_comments=False)
    with django_assert_num_queries(0):
        assert section_of(story) == ""


@pytest.mark.parametrize("number", [0, 1, 30])
def test_discussion_costs_one_query(number, django_assert_num_queries):
    story = build.article()
    for n in range(number):
        build.comment(story, status=Status.APPROVED, text=f"Ý kiến số {n}")
    with django_assert_num_queries(1):
        section_of(story)


def test_closed_story_keeps_heading_and_comments_and_says_that_it_is_closed():
    story = build.article(comments_open=False)
    build.comment(story, status=Status.APPROVED, text="Lời từ trước.")
    html = section_of(story)
    assert "Ý kiến bạn đọc (1)" in html
    assert "Lời từ trước." in html
    assert "<form" not in html
    assert html.count('class="discussion-closed"') == 1


def test_closed_story_without_comments_prints_heading_and_one_sentence():
    words = words_of(section_of(build.article(comments_open=False)))
    assert words[0] == "Ý kiến bạn đọc"
    assert len(words) == 2


def test_story_closed_by_age_shows_no_form(settings):
    long_ago = timezone.now() - timedelta(days=settings.COMMENTS_CLOSE_AFTER_DAYS, seconds=1)
    assert "<form" not in section_of(build.article(published_at=long_ago, created_at=long_ago))


def test_latest_comment_stands_first_and_a_long_list_is_cut_with_a_link(monkeypatch):
    monkeypatch.setattr(tags, "SHOWN", 2)
    story = build.article()
    for minutes, text in ((3, "Thứ nhất"), (1, "Thứ ba"), (2, "Thứ hai")):
        sent = timezone.now() - timedelta(minutes=minutes)
        build.comment(story, status=Status.APPROVED, text=text, created_at=sent)
    html = section_of(story)
    second = Comment.objects.get(text="Thứ hai")
    assert [word for word in words_of(html) if word.startswith("Thứ ")][:2] == ["Thứ ba", "Thứ hai"]
    assert "Thứ nhất" not in html
    assert f'href="/binh-luan/{story.pk}/?truoc={second.pk}"' in html
    assert "(3)" in html


def test_time_of_a_comment_is_that_of_ha_noi():
    story = build.article()
    build.comment(story, status=Status.APPROVED, created_at=datetime.fromisoformat("2026-11-20T03:42Z"))
    assert '<time datetime="2026-11-20T10:42+07:00">20/11/2026, 10:42</time>' in section_of(story)


def test_consent_is_unticked_and_its_words_belong_to_their_version():
    with translation.override(None):
        html = section_of(build.article())
    words = " ".join(words_of(re.search(r'<div class="consent.*?</label>', html, re.DOTALL).group()))
    assert not re.search(r"<input[^>]*checked", html)
    # Another wording is another consent: change both lines together.
    assert words == "I agree that Báo Bình Nguyên uses my name and e-mail address to print this comment."
    assert posting.CONSENT_VERSION == "2026-11"


def test_stamp_and_trap_are_hidden_from_eyes_and_from_the_tab_key():
    html = section_of(build.article())
    assert re.search(r'<input type="hidden" name="stamp" value="[^"]+">', html)
    trap = re.search(r'<p class="comment-trap"[^>]*>.*?</p>', html, re.DOTALL).group()
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert 'aria-hidden="true"' in trap
