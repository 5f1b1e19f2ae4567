"""Versions at the desk: saved from the form, compared, named, restored, taken out as a file; two people at once."""

import json
from datetime import date

import pytest
from django.urls import reverse

from articles.models import Article, Correction, Status

from .. import build
from .test_admin_article import change, kept, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = build.member("Biên tập viên", full_name="Lê Thu Hà")
    client.force_login(person)
    return person


def submitted(**fields) -> Article:
    return build.article(status=Status.SUBMITTED, published_at=None, **fields)


def at(name: str, *args) -> str:
    return reverse(f"admin:articles_article_{name}", args=args)


def test_form_shows_what_the_desk_works_on_and_the_page_what_was_released(client, editor):
    story = build.article()
    photographer = build.author("Trường Khanh")
    more = {"credits-TOTAL_FORMS": "2", "credits-1-author": photographer.pk, "credits-1-photo": "on"}
    more["credits-1-order"] = "1"
    client.post(change(story), typed(title="Tít mới", tags=[build.tag("đò ngang").pk], **kept(story) | more))

    form = client.get(change(story)).text
    assert [word in form for word in ("Tít mới", "đò ngang", "Trường Khanh", "Bạn đang làm trên bản")] == [True] * 4
    assert form.count('name="credits-1-photo" id="id_credits-1-photo" checked') == 1
    page = client.get(story.get_absolute_url()).text
    assert [word in page for word in ("Tít mới", "đò ngang", "Trường Khanh")] == [False] * 3


def test_second_of_two_saves_chooses_part_by_part_and_loses_nothing(client, editor):
    story = submitted()
    colleague = build.member("Biên tập viên", full_name="Đỗ Văn Ngữ")
    client.force_login(colleague)
    client.post(change(story), typed(title="Tít của Ngữ", lead="Sa pô của Ngữ.", based_on="0", **kept(story)))
    client.force_login(editor)
    mine = typed(title="Tít của Hà", kicker="Phóng sự", based_on="1", _publish="1", **kept(story))

    page = client.post(change(story), mine)

    assert page.status_code == 409
    assert "Đỗ Văn Ngữ đã lưu một bản khác lúc" in page.text
    parts = {part["name"]: part["takes_theirs"] for part in page.context["parts"]}
    assert parts == {"title": False, "kicker": False, "lead": False}
    assert Article.objects.get().title == "Tít của Ngữ"
    answer = dict(page.context["typed"]) | {"based_on": page.context["latest"].number, "_continue": "1"}
    client.post(change(story), answer | {"take-title": "mine", "take-kicker": "mine", "take-lead": "theirs"})
    saved = Article.objects.get()
    assert (saved.title, saved.kicker, saved.lead, saved.status) == (
        "Tít của Hà",
        "Phóng sự",
        "Sa pô của Ngữ.",
        Status.SUBMITTED,
    )
    assert [version.by for version in saved.revisions.all()] == [editor, colleague, None]


def test_part_that_only_the_other_changed_is_theirs_unless_chosen_otherwise(client, editor):
    story = submitted()
    as_it_was = typed(lead=story.lead, body=story.body, **kept(story))
    client.post(change(story), as_it_was | {"lead": "Sa pô mới.", "based_on": "0"})

    page = client.post(change(story), as_it_was | {"title": "Tít mới", "based_on": "1"})

    parts = {part["name"]: part["takes_theirs"] for part in page.context["parts"]}
    assert parts == {"title": False, "lead": True}


def test_act_from_a_stale_page_saves_nothing_over_and_is_refused(client):
    secretary = build.member("Thư ký tòa soạn")
    client.force_login(secretary)
    story = submitted()
    seen = client.get(change(story)).context["seen"]
    stale = typed(lead=story.lead, body=story.body, based_on="0", seen=seen, _publish="1", **kept(story))
    client.post(change(story), typed(lead=story.lead, body=story.body, _pass_on="1", **kept(story)))

    page = client.post(change(story), stale, follow=True)

    assert Article.objects.get().status == Status.EDITED
    assert "Bài đã thay đổi từ lúc bạn mở trang" in page.text


def test_versions_are_listed_compared_and_restored(client, editor):
    story = submitted()
    client.post(change(story), typed(title="Tít mới", lead=story.lead, body=story.body, **kept(story)))

    page = client.get(at("versions", story.pk)).text
    assert "Từ phiên bản 1 đến phiên bản 2" in page
    assert "<ins>" in page
    client.post(at("restore", story.pk, 1), {"based_on": "2"})
    assert Article.objects.get().title == "Bến đò cũ bên sông"
    assert "Hai phiên bản giống nhau." in client.get(at("versions", story.pk), {"tu": "1", "den": "3"}).text


def test_nonsense_in_the_address_of_a_comparison_is_passed_over(client, editor):
    story = submitted()
    for query in ({"tu": "x", "den": "-1"}, {"tu": "9" * 40}, {"tu": "²"}, {"den": "999"}):
        assert client.get(at("versions", story.pk), query).status_code == 200


@pytest.mark.parametrize("word", ["abc", "%00", "²", "9" * 40])
def test_history_of_no_story_is_unknown(client, editor, word):
    assert client.get(f"/admin/articles/article/{word}/history/").status_code == 404


def test_restoring_beside_a_newer_version_is_refused(client, editor):
    story = submitted()
    client.post(change(story), typed(title="Tít mới", **kept(story)))

    page = client.post(at("restore", story.pk, 1), {"based_on": "1"}, follow=True)

    assert "Vừa có một phiên bản khác" in page.text
    assert Article.objects.get().title == "Tít mới"


def test_version_gets_a_name_and_loses_it(client, editor):
    story = submitted()
    client.post(change(story), typed(title="Tít mới", **kept(story)))

    client.post(at("name_version", story.pk, 1), {"name": "  Trước khi   rút gọn "})
    named = story.revisions.get(number=1).name
    client.post(at("name_version", story.pk, 1), {"name": ""})

    assert (named, story.revisions.get(number=1).name) == ("Trước khi rút gọn", "")


def test_name_of_a_version_that_cleaning_makes_longer_is_cut(client, editor):
    story = submitted()
    client.post(change(story), typed(title="Tít mới", **kept(story)))

    answer = client.post(at("name_version", story.pk, 1), {"name": "\ufb2c" * 100})

    assert (answer.status_code, len(story.revisions.get(number=1).name)) == (302, 100)


def test_file_of_a_story_holds_every_version_and_the_log(client, editor):
    story = submitted(tags=[build.tag("bến đò")])
    client.post(change(story), typed(title="Tít mới", _pass_on="1", **kept(story)))

    response = client.get(at("export", story.pk))
    found = json.loads(response.content)

    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert [(version["number"], version["text"]["title"]) for version in found["versions"]] == [
        (1, "Bến đò cũ bên sông"),
        (2, "Tít mới"),
    ]
    assert [(event["act"], event["by"], event["version"]) for event in found["log"]] == [("pass_on", "Lê Thu Hà", 2)]


def test_file_of_a_story_holds_its_corrections_with_what_is_not_printed(client, editor):
    story = submitted()
    words = {"kind": "slip", "wrong": "Ba trăm hộ.", "right": "Ba mươi hộ.", "document_number": "12/CV-UBND"}
    Correction.objects.create(article=story, received_on=date(2026, 11, 2), created_by=editor, **words)

    (found,) = json.loads(client.get(at("export", story.pk)).content)["corrections"]

    assert {name: found[name] for name in words} == words
    assert (found["received_on"], found["by"], found["announced_at"]) == ("2026-11-02", "Lê Thu Hà", None)


def test_versions_of_others_are_looked_at_and_not_touched(client):
    story = submitted()
    client.force_login(build.member("Phóng viên"))
    assert client.get(at("versions", story.pk)).status_code == 200
    assert client.post(at("restore", story.pk, 1), {"based_on": "1"}).status_code in (403, 404)
    client.force_login(build.member("Kiểm duyệt bình luận"))
    assert client.get(at("versions", story.pk)).status_code == 403
    assert client.get(at("export", story.pk)).status_code == 403


@pytest.mark.parametrize("name", ["restore", "name_version"])
def test_act_on_a_version_is_done_by_post_alone(client, editor, name):
    story = submitted()
    client.post(change(story), typed(title="Tít mới", **kept(story)))

    assert client.get(at(name, story.pk, 1)).status_code == 405


def test_reason_of_a_return_stands_at_the_top_of_the_writers_form(client, editor):
    writer = build.member("Phóng viên")
    story = submitted(created_by=writer)
    sent = typed(lead=story.lead, body=story.body, send_back_reason="Thiếu số liệu của xã.", _send_back="1")
    client.post(change(story), sent | kept(story))

    client.force_login(writer)
    page = client.get(change(story)).text

    assert "Lê Thu Hà trả lại bài" in page
    assert "Thiếu số liệu của xã." in page
