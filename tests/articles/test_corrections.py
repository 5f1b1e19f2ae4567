"""Corrections: asked for, announced once, on the story and in a place of their own, and kept when the story goes."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from articles import publishing
from articles.models import Act, Correction, SectionEditor
from articles.publishing import Refused

from .. import build

pytestmark = pytest.mark.django_db


def correction(article=None, **fields) -> Correction:
    fields = {
        "wrong": "Xã đã chi 30 tỷ đồng.",
        "right": "Xã đã chi 3 tỷ đồng.",
        "apology": "Báo xin lỗi bạn đọc và Ủy ban nhân dân xã.",
    } | fields
    return Correction.objects.create(article=article or build.article(), **fields)


@pytest.fixture
def secretary(client):
    person = build.member("Thư ký tòa soạn")
    client.force_login(person)
    return person


def test_correction_stands_on_the_story_and_among_the_corrections(client, secretary):
    story = build.article(tags=[build.tag()])
    found = correction(story)
    before = [client.get(address).text for address in (story.get_absolute_url(), "/cai-chinh/")]

    publishing.correct(correction=found, by=secretary)

    client.logout()
    page, own = (client.get(address).text for address in (story.get_absolute_url(), "/cai-chinh/"))
    assert ["3 tỷ đồng" in text for text in before] == [False, False]
    assert (
        page.index("Cải chính và xin lỗi") < page.index("Nay sửa lại: Xã đã chi 3 tỷ đồng.") < page.index("story-body")
    )
    assert f'href="/cai-chinh/#cai-chinh-{found.pk}"' in page
    assert f'id="cai-chinh-{found.pk}"' in own
    assert f'href="{story.get_absolute_url()}"' in own
    assert "Cập nhật lúc" in page
    assert story.events.first().act == Act.CORRECT


def test_correction_is_printed_with_the_story(client, secretary):
    story = build.article()
    publishing.correct(correction=correction(story), by=secretary)

    assert "Nay sửa lại: Xã đã chi 3 tỷ đồng." in client.get(story.get_print_url()).text


def test_correction_of_a_withdrawn_story_stands_without_its_title(client, secretary):
    story = build.article(title="Chi sai ba mươi tỷ")
    publishing.correct(correction=correction(story), by=secretary)
    publishing.withdraw(article=story, by=secretary, reason="Sai sự thật.", on_legal_ground=True)

    own = client.get("/cai-chinh/").text

    assert "Xã đã chi 3 tỷ đồng." in own
    assert "Bài đã được gỡ." in own
    assert "Chi sai ba mươi tỷ" not in own


def test_correction_is_announced_once(secretary):
    found = correction()
    publishing.correct(correction=found, by=secretary)

    with pytest.raises(Refused, match="đã đăng rồi"):
        publishing.correct(correction=found, by=secretary)


def test_what_readers_never_saw_is_not_corrected(secretary):
    draft = build.article(status="draft", published_at=None)

    with pytest.raises(Refused, match="bạn đọc đã thấy"):
        publishing.correct(correction=correction(draft), by=secretary)


def test_correction_without_apology_is_refused_by_the_database():
    with pytest.raises(IntegrityError):
        correction(apology="")


def typed(story, **fields) -> dict:
    return {
        "article": story.pk,
        "kind": "correction",
        "wrong": "30 tỷ",
        "right": "3 tỷ",
        "apology": "Báo xin lỗi.",
        "legal_basis": "",
        "document_number": "",
        "received_on": "02/07/2026",
        "due_on": "07/07/2026",
    } | fields


def test_editor_enters_a_correction_and_a_secretary_announces_it(client, secretary):
    story = build.article()
    client.force_login(build.member("Biên tập viên"))
    add = reverse("admin:articles_correction_add")
    assert 'name="_announce"' not in client.get(add, {"article": story.pk}).text
    client.post(add, typed(story))
    found = Correction.objects.get()
    assert (found.is_announced, f"{found.due_on:%d/%m}") == (False, "07/07")

    client.force_login(secretary)
    change = reverse("admin:articles_correction_change", args=[found.pk])
    answer = client.post(change, typed(story, _announce="1"), follow=True)

    assert Correction.objects.get().is_announced
    assert f"/cai-chinh/#cai-chinh-{found.pk}" in answer.text
    assert client.post(change, typed(story, right="4 tỷ")).status_code == 403
    assert Correction.objects.get().right == "3 tỷ"


def test_editor_of_one_section_writes_no_correction_for_another(client):
    law, economy = build.section("Pháp luật"), build.section("Kinh tế")
    editor = build.member("Biên tập viên")
    SectionEditor.objects.create(user=editor, section=economy)
    client.force_login(editor)
    story = build.article(section=law)
    begun = correction(story)

    refused = client.post(reverse("admin:articles_correction_add"), typed(story))
    changed = client.post(reverse("admin:articles_correction_change", args=[begun.pk]), typed(story, right="4 tỷ"))

    assert "không phụ trách" in refused.text
    assert (changed.status_code, list(Correction.objects.values_list("right", flat=True))) == (403, [begun.right])
    assert "Cải chính…" not in client.get(reverse("admin:articles_article_change", args=[story.pk])).text


def test_form_tells_in_words_what_is_missing(client, secretary):
    story = build.article()
    page = client.post(reverse("admin:articles_correction_add"), typed(story, apology="", due_on="01/07/2026"))

    assert "Cải chính phải kèm lời xin lỗi." in page.text
    assert "Hạn đăng không thể trước ngày nhận." in page.text
    assert not Correction.objects.exists()
