"""What stands between a story and its readers, in sentences for the editor."""

import pytest

from articles.models import Article, Status
from articles.readiness import LEAD_WORDS_LIMIT, TITLE_LIMIT, problems, ready

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


def test_list_of_ready_stories_agrees_with_what_each_is_told():
    stories = [
        draft(),
        draft(section=None),
        draft(body=""),
        draft(body="<p> \u00a0 </p>"),
        draft(body="<p></p>"),
        draft(by=None),
        draft(by=None, typed_byline="P.V"),
        draft(lead=""),
        draft(lead_picture=build.picture()),
        draft(lead_picture=build.picture(credit_kind="archive")),
    ]

    held_back = {story.pk for story in stories if any(problem.blocking for problem in problems(story))}

    assert set(ready(Article.objects.all())) == {story for story in stories if story.pk not in held_back}
