"""After a change of what a body may hold, one command brings all stories to it."""

import json

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles import publishing
from articles.html import ALLOWED
from articles.models import Article, Status
from newsroom.deriving import derive_batch
from newsroom.importing import Outcome, import_files
from tests import build
from tests.articles.test_importing import document
from tests.racing import meanwhile

pytestmark = pytest.mark.django_db

SPOKEN = '<p class="speaker">Ông Đỗ Văn Ngữ:</p>'


def derived(capsys) -> str:
    call_command("derive_stories")
    return capsys.readouterr().out.strip()


def test_class_that_is_allowed_no_more_is_gone_from_all_stories_after_one_command(capsys, monkeypatch):
    stories = [build.article(body=SPOKEN), build.article(body=SPOKEN, status=Status.DRAFT, published_at=None)]
    plain = build.article()
    assert derived(capsys) == "Đã dựng lại 3 bài, trong đó 0 bài thay đổi."

    monkeypatch.setitem(ALLOWED, "p", (set(), {"source"}))
    assert derived(capsys) == "Đã dựng lại 3 bài, trong đó 2 bài thay đổi."

    for story in Article.objects.filter(pk__in=[story.pk for story in stories]):
        assert (story.body, story.body_html) == ("<p>Ông Đỗ Văn Ngữ:</p>",) * 2
        assert story.updated_at == next(one.updated_at for one in stories if one.pk == story.pk)
    assert Article.objects.get(pk=plain.pk).body_html == plain.body_html
    assert derived(capsys) == "Đã dựng lại 3 bài, trong đó 0 bài thay đổi."


def test_link_in_a_story_from_before_the_table_is_noted(capsys):
    target = build.article()
    story = build.article(body=f'<p><a href="{target.get_absolute_url()}">x</a></p>')
    story.links.all().delete()

    derived(capsys)

    assert list(story.links.values_list("target", flat=True)) == [target.pk]


def test_withdrawn_story_is_cleaned_too_and_its_pictures_stay_away(capsys, admin_user):
    picture = build.picture(credit_kind="archive")
    body = f'<figure><img alt="" data-picture="{picture.pk}"></figure><p>Chữ.</p>'
    story = build.article(body=body, lead_picture=picture)
    publishing.withdraw(article=story, by=admin_user, reason="Sai tên xã")
    Article.objects.filter(pk=story.pk).update(body=body + "<script>x()</script>")

    assert derived(capsys) == "Đã dựng lại 1 bài, trong đó 1 bài thay đổi."

    story.refresh_from_db()
    picture.refresh_from_db()
    assert (story.status, story.body, picture.renditions) == (Status.WITHDRAWN, body, {})
    assert "<img" not in story.body_html


def test_imported_story_that_nobody_has_touched_is_still_brought_up_to_date(capsys, monkeypatch, tmp_path):
    page = tmp_path / "trang.json"
    page.write_text(json.dumps(document()))
    assert [result.outcome for result in import_files([page])] == [Outcome.CREATED]
    assert "<h3>" in Article.objects.get().body

    monkeypatch.delitem(ALLOWED, "h3")
    derived(capsys)
    assert "<h3>" not in Article.objects.get().body

    page.write_text(json.dumps(document(lead="Cả thôn họp bốn buổi.")))
    assert [result.outcome for result in import_files([page])] == [Outcome.UPDATED]


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_what_an_editor_saves_meanwhile_is_never_written_over():
        story = build.article()
        with transaction.atomic():
            Article.objects.filter(pk=story.pk).update(body="<p>Vừa sửa.</p>")
            thread, outcomes = meanwhile(lambda: derive_batch([story.pk]))
            thread.join(1)
            assert outcomes == []
        thread.join(10)

        story.refresh_from_db()
        assert (outcomes, story.body, story.body_html) == ([1], "<p>Vừa sửa.</p>", "<p>Vừa sửa.</p>")
