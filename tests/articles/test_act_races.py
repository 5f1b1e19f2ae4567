"""Two people act on one story at once: one wins, the other is told what happened. Needs a database with row locks."""

import pytest
from django.db import connection, transaction

from articles import listing, publishing, revising
from articles.contents import content_of
from articles.models import Article, ArticleEvent, ListKind, Revision, Status
from articles.publishing import Refused
from articles.revising import Outdated
from articles.shelves import newest_ids
from tests import build
from tests.racing import meanwhile

from .test_acts import EDITOR, SECRETARY, story_at

if connection.vendor == "postgresql":

    def while_held(first, second):
        """Does `first` and, before its transaction ends, begins `second` beside it; gives what came of the second."""
        with transaction.atomic():
            first()
            thread, outcomes = meanwhile(second)
            thread.join(0.5)
            assert outcomes == []
        thread.join(10)
        return outcomes[0]

    @pytest.fixture
    def people(transactional_db):
        return build.member(SECRETARY, full_name="Trần Mai Lĩnh"), build.member(SECRETARY, full_name="Lê Thu Hà")

    @pytest.mark.django_db(transaction=True)
    def test_story_published_twice_at_once_is_published_once(people):
        story = story_at("edited")
        both = [meanwhile(lambda by=person: publishing.publish(article=story, by=by)) for person in people]
        for thread, _outcomes in both:
            thread.join(10)

        outcomes = sorted((outcomes[0] for _thread, outcomes in both), key=lambda outcome: isinstance(outcome, Refused))
        event = ArticleEvent.objects.get()
        assert [type(outcome) for outcome in outcomes] == [Article, Refused]
        assert outcomes[1].sentences[0].startswith("Bài đã được đăng")
        assert str(event.by) in outcomes[1].sentences[1]

    @pytest.mark.django_db(transaction=True)
    def test_stories_of_one_list_that_come_out_at_once_are_all_counted(people):
        series = build.series()
        stories = [story_at("edited", title=f"Tin {number}", series=series) for number in range(5)]

        # One connection each, as many as the pool of this process has beside our own.
        all_at_once = [
            meanwhile(lambda story=story: publishing.publish(article=story, by=people[0])) for story in stories
        ]
        for thread, _outcomes in all_at_once:
            thread.join(20)

        assert [type(outcomes[0]) for _thread, outcomes in all_at_once] == [Article] * 5
        assert listing.count_of(ListKind.SERIES, [series.pk]) == {series.pk: 5}
        assert len(newest_ids(ListKind.SERIES, series.pk, count=9)) == 5

    @pytest.mark.django_db(transaction=True)
    def test_second_press_in_the_same_moment_is_told_who_was_first(people):
        story, (first, second) = story_at("edited"), people

        refused = while_held(
            lambda: publishing.publish(article=story, by=first), lambda: publishing.publish(article=story, by=second)
        )

        assert "Trần Mai Lĩnh: đã đăng" in str(refused)

    @pytest.mark.django_db(transaction=True)
    def test_two_saves_from_one_version_keep_the_first_and_hold_up_both_texts_to_the_second(people):
        story, (first, second) = story_at("submitted"), people
        base = content_of(story)

        outdated = while_held(
            lambda: revising.save(article=story, content=base | {"title": "Tít một"}, by=first, based_on=0),
            lambda: revising.save(article=story, content=base | {"title": "Tít hai"}, by=second, based_on=0),
        )

        assert isinstance(outdated, Outdated)
        assert (outdated.theirs["title"], outdated.mine["title"], outdated.latest.by) == ("Tít một", "Tít hai", first)
        assert Article.objects.get().title == "Tít một"
        assert [revision.number for revision in Revision.objects.all()] == [2, 1]

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("first_act", ["withdraw", "release"])
    def test_release_and_withdrawal_at_once_never_leave_a_withdrawn_story_with_readers(people, first_act):
        story, (one, other) = story_at("published"), people
        changed = content_of(story) | {"title": "Tít mới"}
        revising.save(article=story, content=changed, by=build.member(EDITOR), based_on=0)
        acts = {
            "release": lambda: publishing.release(article=story, by=one),
            "withdraw": lambda: publishing.withdraw(article=story, by=other, reason="Sai sự thật."),
        }

        outcome = while_held(acts.pop(first_act), *acts.values())

        assert Article.objects.get().status == Status.WITHDRAWN
        assert isinstance(outcome, Refused) == (first_act == "withdraw")
        assert Article.objects.get().title == ("Bến đò cũ bên sông" if first_act == "withdraw" else "Tít mới")

    @pytest.mark.django_db(transaction=True)
    def test_save_during_a_publication_becomes_changes_that_readers_do_not_see(people):
        story, (one, other) = story_at("edited"), people
        revising.record(story)
        content = content_of(story) | {"title": "Tít mới"}

        saved = while_held(
            lambda: publishing.publish(article=story, by=one),
            lambda: revising.save(article=story, content=content, by=other, based_on=1),
        )

        row = Article.objects.get()
        assert (saved.number, row.title, row.has_changes) == (2, "Bến đò cũ bên sông", True)
