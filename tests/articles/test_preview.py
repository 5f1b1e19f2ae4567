"""A story before it is out: looked at from the form, and by outsiders who were given a secret link."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles import previewing, publishing, revising
from articles.models import Article, Credit, Origin, PreviewLink, Revision, Status
from blocks.models import Kind, Place
from tests import build

from ..desk_editor import open_editor
from .test_admin_article import change, typed

pytestmark = pytest.mark.django_db

NEW = reverse("admin:articles_article_preview_new")
WORDS_OF_STAFF = ("/admin/", "Bàn biên tập", "Lê Thu Hà", "csrfmiddlewaretoken", "sessionid")


@pytest.fixture
def editor(client):
    person = build.member("Biên tập viên", full_name="Lê Thu Hà")
    client.force_login(person)
    return person


def draft(**fields) -> Article:
    return build.article(**{"status": Status.SUBMITTED, "published_at": None, **fields})


def at(name: str, *args) -> str:
    return reverse(f"admin:articles_article_{name}", args=args)


def framed(response) -> str:
    """The page in the frame of a preview."""
    found = re.search(r'srcdoc="([^"]*)"', response.text)
    return unescape(found[1]) if found else ""


def main(html: str) -> str:
    """What a page shows between its head and its foot."""
    return re.search(r"<main.*</main>", html, re.DOTALL)[0]


def linked(story: Article, *, days: int = 3, by=None) -> str:
    """The address of a new link to a story."""
    made = previewing.make_link(article=story, by=by or build.member(), for_whom="luật sư Nguyễn Văn A", days=days)
    return f"/xem-truoc/{made[1]}/"


def stored() -> tuple:
    rows = list(Article.objects.values()), list(Revision.objects.values()), list(Credit.objects.values())
    return *rows, list(Article.tags.through.objects.values())


# --- From the form


def test_typed_text_is_shown_in_the_readers_page_and_stored_nowhere(client, editor):
    story = draft()
    photographer = build.author("Trường Khanh")
    before = stored()

    page = client.post(
        at("preview", story.pk),
        typed(photographer, title="Tít chưa lưu", body="<p>Thân bài chưa lưu.</p>", tags=[build.tag("đò ngang").pk]),
    )

    html = framed(page)
    assert [word in html for word in ("Tít chưa lưu", "Thân bài chưa lưu.", "Trường Khanh", "đò ngang")] == [True] * 4
    assert '<meta name="robots" content="noindex">' in html
    assert stored() == before
    assert Article.objects.get().events.count() == 0


def test_story_that_was_never_saved_is_previewed_with_its_blocks_and_stays_unsaved(client, editor):
    build.house_style(prefix_form="{code} -")
    named = build.article(title="Bài liên quan đã chọn")
    build.block(kind=Kind.SAME_TAGS, place=Place.BELOW, heading="Tin liên quan")

    page = client.post(NEW, typed(title="Bài mới tinh", related=[named.pk], prints_prefix="on"))

    html = framed(page)
    assert [word in html for word in ("Bài mới tinh", "BBN -", "Tin liên quan", named.title)] == [True] * 4
    assert Article.objects.count() == 1


@pytest.mark.parametrize("is_out", [False, True], ids=["not yet out", "with changes"])
def test_preview_is_the_page_that_readers_get_afterwards(client, is_out):
    client.force_login(User.objects.create_superuser("anh", full_name="Trần Mai Lĩnh"))
    other = build.article(title="Bài khác", tags=[build.tag("đò ngang")])
    build.block(kind=Kind.SAME_TAGS, place=Place.BELOW, heading="Tin liên quan")
    build.block(kind=Kind.NEWEST, place=Place.BESIDE, heading="Mới nhất")
    picture = build.picture(credit_kind="archive")
    story = build.article() if is_out else draft()
    sent = typed(
        build.author("Trường Khanh"),
        title="Tít mới",
        body=f'<p>Đoạn một.</p><figure><img data-picture="{picture.pk}"></figure>',
        lead_picture=picture.pk,
        tags=[build.tag("đò ngang").pk],
        related=[other.pk],
    )

    preview = framed(client.post(at("preview", story.pk), sent))
    client.post(change(story), sent | {"_release" if is_out else "_publish": "1"})

    story.refresh_from_db()
    assert (story.title, story.is_visible) == ("Tít mới", True)
    # Only what readers read is counted.
    assert "/doc/" not in preview
    counted = re.compile(r' data-reading="/doc/\d+/"|<noscript><img src="/doc/\d+\.gif"[^>]*></noscript>')
    assert main(preview) == main(counted.sub("", client.get(story.get_absolute_url()).text))


def test_errors_of_the_form_are_told_in_the_window(client, editor):
    story = draft()

    page = client.post(at("preview", story.pk), typed(title="", expires_at_0="31/02/2026", expires_at_1="08:00"))

    assert (framed(page), page.status_code) == ("", 200)
    assert "Tít: Ô này bắt buộc phải điền." in page.text
    assert "Ngày không hợp lệ." in page.text


def test_preview_runs_under_the_readers_policy_and_is_kept_nowhere(client, editor):
    page = client.post(at("preview", draft().pk), typed())

    policy = page["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "connect-src 'none'" in policy
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert 'sandbox="allow-same-origin allow-scripts allow-popups"' in page.text


def test_preview_is_for_those_who_may_edit_the_story(client):
    story = draft()
    client.force_login(build.member("Phóng viên"))
    assert client.post(at("preview", story.pk), typed()).status_code == 403
    assert client.get(at("preview_links", story.pk)).status_code == 403
    client.force_login(build.member("Kiểm duyệt bình luận"))
    assert client.post(NEW, typed()).status_code == 403
    client.force_login(build.member("Biên tập viên"))
    assert client.get(at("preview", story.pk)).url == change(story)
    client.logout()
    assert client.post(at("preview", story.pk), typed()).status_code == 302


# --- Secret links


def test_outsider_reads_the_version_that_the_link_was_made_for(client):
    story = draft(title="Bản gửi luật sư", lead_picture=build.picture(credit_kind="archive"))
    address = linked(story)
    latest = revising.latest_of(story)
    content = latest.content | {"title": "Bản viết thêm"}
    revising.save(article=story, content=content, by=None, based_on=latest.number)

    page = client.get(address)

    assert page.status_code == 200
    assert "Bản gửi luật sư" in page.text
    assert "Bản viết thêm" not in page.text
    assert "Bản xem trước, chưa đăng." in page.text
    shown = re.search(r'<figure class="lead-figure">.*? src="([^"]+)"', page.text, re.DOTALL)[1]
    assert client.get(shown).status_code == 200


def test_page_of_a_link_knows_no_visitor_and_is_kept_by_nobody(client, editor):
    address = linked(draft(created_by=editor), by=editor)

    for_staff, page = client.get(address), client.get(address)

    assert for_staff.content == page.content
    headers = {name: page[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy", "X-Frame-Options")}
    assert headers == {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    }
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "form-action 'none'" in page["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert page.cookies == {}
    assert "cookie" not in page.get("Vary", "").lower()
    assert [word for word in WORDS_OF_STAFF if word in page.text] == []


@pytest.mark.parametrize("end", ["unknown", "foreign", "revoked", "expired", "withdrawn"])
def test_link_that_is_none_or_has_ended_shows_nothing(client, end):
    story = build.article(title="Bí mật", lead="Sapo kín", body="<p>Ruột kín</p>")
    address, link = linked(story, days=1), PreviewLink.objects.get()
    if end == "unknown":
        address = "/xem-truoc/khong-co/"
    elif end == "foreign":
        address = f"/xem-truoc/{link.digest}/"
    elif end == "revoked":
        previewing.revoke_link(link=link, by=build.member())
    elif end == "expired":
        PreviewLink.objects.update(expires_at=timezone.now())
    else:
        chief = build.member("Thư ký tòa soạn")
        publishing.withdraw(article=story, by=chief, reason="Nhầm.")
        publishing.put_back(article=story, by=chief, reason="Không nhầm.")
        Article.objects.update(status=Status.DRAFT)

    page = client.get(address)

    assert page.status_code == (404 if end in ("unknown", "foreign") else 410)
    assert "Không có bản xem trước này" in page.text
    assert [word for word in ("Bí mật", "Sapo kín", "Ruột kín", "bi-mat") if word in page.text] == []
    assert page["Cache-Control"] == "no-store"


def test_link_is_made_shown_once_and_revoked(client, editor):
    story = draft()

    page = client.post(at("preview_links", story.pk), {"for_whom": "  bà Vũ Thị Bê ", "days": "7"})

    address = page.context["address"]
    link = PreviewLink.objects.get()
    assert (link.for_whom, link.made_by, (link.expires_at - link.made_at).days) == ("bà Vũ Thị Bê", editor, 7)
    assert client.get(address).status_code == 200
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in str(list(PreviewLink.objects.values()))
    listed = client.get(at("preview_links", story.pk)).text
    assert "bà Vũ Thị Bê" in listed
    assert token not in listed
    revoke = at("revoke_link", story.pk, link.pk)
    assert client.get(revoke).status_code == 405
    client.post(revoke)
    assert client.get(address).status_code == 410
    assert "Lê Thu Hà thu hồi lúc" in client.get(at("preview_links", story.pk)).text


@pytest.mark.parametrize("sent", [{"for_whom": "", "days": "3"}, {"for_whom": "luật sư", "days": "365"}, {}])
def test_link_without_a_note_or_for_another_time_is_not_made(client, editor, sent):
    page = client.post(at("preview_links", draft().pk), sent)

    assert page.status_code == 200
    assert 'class="errorlist"' in page.text
    assert not PreviewLink.objects.exists()


def test_link_of_another_story_is_not_revoked(client, editor):
    address, mine = linked(draft()), draft(title="Bài khác")

    assert client.post(at("revoke_link", mine.pk, PreviewLink.objects.get().pk)).status_code == 404
    assert client.get(address).status_code == 200


def test_version_that_was_shown_to_an_outsider_stays(client):
    story = draft()
    first = revising.latest_of(story)
    saved = first.content | {"title": "Tự lưu"}
    revising.save(article=story, content=saved, by=None, based_on=first.number, origin=Origin.AUTOSAVED)
    linked(story)
    later = saved | {"title": "Tự lưu lần nữa"}
    revising.save(article=story, content=later, by=None, based_on=2, origin=Origin.AUTOSAVED)
    Revision.objects.update(at=timezone.now() - timedelta(days=9))

    revising.thin_out()

    assert list(story.revisions.values_list("number", flat=True)) == [3, 2, 1]


def test_links_that_ended_long_ago_are_forgotten():
    story = draft()
    linked(story)
    linked(story)
    last = PreviewLink.objects.first()
    PreviewLink.objects.filter(pk=last.pk).update(expires_at=timezone.now() - previewing.KEPT_FOR)

    call_command("tick", verbosity=0)

    assert list(PreviewLink.objects.values_list("pk", flat=True)) == [last.pk - 1]


# --- In a browser


@pytest.mark.browser
def test_typed_text_is_seen_at_both_widths_before_it_is_saved(visit):
    story = draft(lead_picture=build.picture(credit_kind="archive"))
    editor = open_editor(visit, story)
    editor.page.fill("#id_title", "Gõ mà chưa lưu")
    editor.paste_over("<p>Thân bài mới gõ.</p>")

    with editor.page.expect_popup() as opened:
        editor.page.get_by_role("button", name="Xem trước", exact=True).click()
    preview = opened.value
    frame = preview.frame_locator("iframe")

    assert frame.get_by_role("heading", level=1).inner_text() == "Gõ mà chưa lưu"
    assert frame.get_by_text("Thân bài mới gõ.").is_visible()
    widths = {}
    for name, label in (("desk", "Máy tính (1280)"), ("phone", "Điện thoại (360)")):
        preview.get_by_label(label).check()
        widths[name] = frame.locator("body").evaluate("() => innerWidth")
    assert widths == {"desk": 1280, "phone": 360}
    assert Article.objects.get().title != "Gõ mà chưa lưu"
