"""The endpoint and its page as a reader meets them: what is sent, what comes back, what is kept."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from articles import edition
from articles.models import Status as ArticleStatus
from comments import gates, stamps
from comments.models import Comment, Status
from tests import build

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"text": "Xã tôi cũng thiếu nước.", "name": "Đỗ Văn Ngữ", "email": "Ngu@Thu.vn", "consent": "on"}


@pytest.fixture
def story():
    return build.article()


def address(story):
    return f"/binh-luan/{story.pk}/"


def send(client, story, headers=OURS, **fields):
    """Sends a complete form; a field given as None is left out."""
    typed = {"stamp": stamps.make(story.pk)} | TYPED | fields
    typed = {name: value for name, value in typed.items() if value is not None}
    return client.post(address(story), typed, headers=headers)


def page_of(response):
    return unescape(response.content.decode())


def is_kept(response):
    html = page_of(response)
    return all(value in html for value in (TYPED["text"], TYPED["name"], TYPED["email"]))


def is_uncached(response):
    return "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def old_stamp(story):
    day = timezone.localdate() - timedelta(days=stamps.GOOD_FOR_DAYS + 1)
    return signing.Signer(salt="comments.stamp").sign(f"{story.pk}.{day.isoformat()}")


# --- The way in -------------------------------------------------------------------------------------------------------


def test_sent_comment_is_held_and_answered_with_a_receipt(client, story):
    response = send(client, story)
    stored = Comment.objects.get()
    assert response.status_code == 303
    assert response["Location"].startswith(f"{address(story)}?ma=")
    assert response["Location"].endswith("#thong-bao")
    assert is_uncached(response)
    assert (stored.status, stored.text, stored.name, stored.email) == (
        Status.HELD,
        TYPED["text"],
        TYPED["name"],
        "ngu@thu.vn",
    )
    assert stored.address == "127.0.0.0/24"


def test_receipt_is_announced_numbered_and_uncached(client, story):
    receipt = client.get(send(client, story)["Location"])
    html = page_of(receipt)
    notice = re.search(r'<div[^>]*id="thong-bao"[^>]*>', html).group()
    assert receipt.status_code == 200
    assert 'role="status"' in notice
    assert 'tabindex="-1"' in notice
    assert f"BD-{timezone.localdate():%y}-{Comment.objects.get().pk}" in html
    assert is_uncached(receipt)
    assert receipt.cookies == {}
    assert TYPED["text"] not in html
    assert "ngu@thu.vn" not in html
    assert "<form" not in html.split("<main", 1)[1].split("</main>")[0]


def test_forged_receipt_shows_the_plain_page(client, story):
    html = page_of(client.get(address(story) + "?ma=1:abc:def"))
    assert 'id="thong-bao"' not in html
    assert "BD-" not in html


def test_form_sent_twice_is_received_once(client, story):
    first, second = send(client, story), send(client, story)
    assert (first.status_code, second.status_code) == (303, 303)
    assert Comment.objects.count() == 1


def test_filled_trap_is_held_for_the_moderator_and_answered_as_always(client, story):
    assert send(client, story, website="http://quangcao.example").status_code == 303
    stored = Comment.objects.get()
    assert stored.status == Status.HELD
    assert stored.suspicion


def test_form_of_the_page_itself_can_be_sent(client, story):
    html = client.get(address(story)).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', html).group(1)
    assert send(client, story, stamp=stamp).status_code == 303


# --- Mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": None}, ["text"]),
        ({"text": "   \n "}, ["text"]),
        ({"text": "\u200b\u200d\u2060\ufeff"}, ["text"]),
        ({"text": "\u3164\u2800\u0301"}, ["text"]),
        ({"text": "\x00"}, ["text"]),
        ({"text": "ấ" * 2001}, ["text"]),
        ({"text": "lời dài " * 12_800}, ["text"]),
        ({"name": ""}, ["name"]),
        ({"name": "\u200b"}, ["name"]),
        ({"name": "N" * 81}, ["name"]),
        ({"email": ""}, ["email"]),
        ({"email": "dovanngu"}, ["email"]),
        ({"email": "dovanngu@"}, ["email"]),
        ({"email": "đỗ ngữ@thu.vn"}, ["email"]),
        ({"email": "ngu@thu.vn\nBcc: ai@thu.vn"}, ["email"]),
        ({"email": "n" * 250 + "@thu.vn"}, ["email"]),
        ({"consent": None}, ["consent"]),
        ({"email": "dovanngu@", "consent": None}, ["email", "consent"]),
    ],
)
def test_mistake_is_said_in_words_beside_the_field_and_on_top(client, story, fields, wrong):
    response = send(client, story, **fields)
    html = page_of(response)
    assert response.status_code == 422
    assert is_uncached(response)
    assert response.cookies == {}
    assert re.findall(r'<a href="#binh-luan-(\w+)">', html) == wrong
    for name in wrong:
        field = re.search(rf'<(?:input|textarea)[^>]* id="binh-luan-{name}"[^>]*>', html).group()
        assert 'aria-invalid="true"' in field
        assert f"binh-luan-{name}_error" in re.search(r'aria-describedby="([^"]*)"', field).group(1).split()
        assert re.search(rf'id="binh-luan-{name}_error">\s*\S+', html)
    assert 'role="alert"' in html
    assert story.title in html
    assert not Comment.objects.exists()


def test_all_that_was_typed_is_kept_but_never_the_consent(client, story):
    response = send(client, story, email="dovanngu@")
    html = page_of(response)
    assert TYPED["text"] in html
    assert 'value="Đỗ Văn Ngữ"' in html
    assert 'value="dovanngu@"' in html
    assert not re.search(r'<input[^>]*type="checkbox"[^>]*checked', html)


def test_hundred_kilobytes_come_back_whole(client, story):
    long = "Một câu dài. " * 8000
    assert len(long.encode()) > 100_000
    assert long in page_of(send(client, story, text=long))


def test_mended_form_can_be_sent_from_the_page_of_mistakes(client, story):
    html = send(client, story, consent=None).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', html).group(1)
    assert send(client, story, stamp=stamp).status_code == 303


def test_longest_text_is_counted_after_cleaning(client, story):
    decomposed = "a\u0302\u0301" * 2000
    assert send(client, story, text=decomposed).status_code == 303
    assert Comment.objects.get().text == "ấ" * 2000


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Lửa\x00 rừng", "Lửa rừng"),
        ("Hay quá 👍", "Hay quá 👍"),
        ("👍", "👍"),
        ("Lửa \u202egnừr", "Lửa gnừr"),
        ("Dòng một\r\nDòng hai", "Dòng một\nDòng hai"),
        ("TCCS\u00d0", "TCCSĐ"),
    ],
)
def test_odd_letters_are_stored_clean(client, story, typed, stored):
    assert send(client, story, text=typed).status_code == 303
    assert Comment.objects.get().text == stored


@pytest.mark.parametrize("charset", ["utf-8", "raw_unicode_escape"])
def test_half_letters_are_answered_in_words(client, story, charset):
    body = b"text=L%ED%A0%80+%5Cud800&name=N&email=x&stamp=" + stamps.make(story.pk).encode()
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.post(address(story), body, content_type=kind, headers=OURS)
    assert response.status_code in (400, 422)
    assert 'id="thong-bao"' in response.content.decode()


def test_half_letters_in_a_multipart_form_are_answered_in_words(client, story):
    body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nL\\ud800a\r\n--b--\r\n'
    kind = "multipart/form-data; boundary=b; charset=raw_unicode_escape"
    response = client.post(address(story), body, content_type=kind, headers=OURS)
    assert response.status_code in (400, 422)
    assert 'id="thong-bao"' in response.content.decode()


def test_several_hundred_kilobytes_are_read_and_more_than_django_takes_is_answered_in_words(client, story):
    assert send(client, story, text="lửa " * 100_000).status_code == 422
    kind = "application/x-www-form-urlencoded"
    response = client.post(address(story), b"text=" + b"a" * 10_100_000, content_type=kind, headers=OURS)
    assert response.status_code == 413
    assert 'id="thong-bao"' in response.content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"broken", "multipart/form-data"),
        (b"broken", "multipart/form-data; boundary=\xc3\xa9"),
        (b"&".join(b"f%d=1" % n for n in range(1500)), "application/x-www-form-urlencoded"),
        (b"text=a", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)
def test_body_that_is_no_form_is_answered_in_words(client, story, body, kind):
    response = client.post(address(story), body, content_type=kind, headers=OURS)
    assert response.status_code == 400
    assert 'id="thong-bao"' in response.content.decode()


def test_json_is_no_form_and_leads_to_a_page(client, story):
    response = client.post(address(story), b'{"text": "a"}', content_type="application/json", headers=OURS)
    assert response.status_code == 400
    assert not Comment.objects.exists()


def test_file_in_the_form_is_passed_over(client, story, tmp_path):
    upload = tmp_path / "a.txt"
    upload.write_bytes(b"x" * 3_000_000)
    with upload.open("rb") as file:
        assert send(client, story, anh=file).status_code == 303


def test_markup_is_stored_as_text_and_shown_escaped_with_its_line_breaks(client, story):
    send(client, story, text="<script>alert(1)</script>\n<b>đậm</b> & thường")
    stored = Comment.objects.get()
    assert stored.text == "<script>alert(1)</script>\n<b>đậm</b> & thường"
    Comment.objects.update(status=Status.APPROVED)
    html = client.get(address(story)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b&gt;đậm&lt;/b&gt; &amp; thường" in html
    assert "<script>alert" not in html


def test_limit_is_answered_with_the_text_kept(client, story):
    for number in range(gates.PER_EMAIL):
        build.comment(story, email="ngu@thu.vn", text=f"Ý kiến số {number}")
    response = send(client, story)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert is_kept(response)
    assert is_uncached(response)
    assert Comment.objects.count() == gates.PER_EMAIL


# --- Who sends --------------------------------------------------------------------------------------------------------

CROSS = {"Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize(
    ("headers", "stamp", "status"),
    [
        (CROSS, stamps.make, 403),
        ({"Origin": "https://khac.example"}, stamps.make, 403),
        ({"Referer": "https://khac.example/a"}, stamps.make, 403),
        (CROSS, lambda pk: "forged", 403),
        (OURS, lambda pk: "forged", 400),
        (OURS, lambda pk: None, 400),
        (OURS, lambda pk: stamps.make(pk + 1), 400),
        ({}, stamps.make, 200),
        ({"Origin": "null"}, stamps.make, 200),
    ],
)
def test_doubt_leads_to_the_confirm_page_with_all_kept(client, story, headers, stamp, status):
    response = send(client, story, headers=headers, stamp=stamp(story.pk))
    html = page_of(response)
    assert response.status_code == status
    assert is_kept(response)
    assert is_uncached(response)
    assert "csrfmiddlewaretoken" in html
    assert "csrftoken" in response.cookies
    assert not re.search(r'<input[^>]*type="checkbox"[^>]*checked', html)
    assert "aria-invalid" not in html
    assert not Comment.objects.exists()


def test_old_stamp_leads_to_the_confirm_page(client, story):
    response = send(client, story, stamp=old_stamp(story))
    assert response.status_code == 200
    assert is_kept(response)
    assert "csrfmiddlewaretoken" in page_of(response)


def confirmed(client, story, page, headers=None, **fields):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode()).group(1)
    return send(client, story, headers=headers, confirmed="1", **({"csrfmiddlewaretoken": token} | fields))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_confirm_page_takes_the_comment_of_a_browser_that_says_nothing(story, scheme, headers):
    client = Client(enforce_csrf_checks=True, **{"wsgi.url_scheme": scheme})
    page = send(client, story, headers=headers)
    response = confirmed(client, story, page, headers=headers, stamp=None)
    assert response.status_code == 303
    assert Comment.objects.get().text == TYPED["text"]


def test_confirm_page_takes_a_comment_whose_stamp_was_old(story):
    client = Client(enforce_csrf_checks=True)
    page = send(client, story, stamp=old_stamp(story))
    assert confirmed(client, story, page, headers=OURS, stamp="forged").status_code == 303


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {"csrfmiddlewaretoken": None}),
        ({}, {"csrfmiddlewaretoken": "a" * 64}),
        ({"Origin": "https://khac.example"}, {}),
    ],
)
def test_confirmation_that_fails_shows_the_confirm_page_again(story, headers, fields):
    client = Client(enforce_csrf_checks=True)
    page = send(client, story, headers={})
    response = confirmed(client, story, page, headers=headers, **fields)
    assert response.status_code == 403
    assert is_kept(response)
    assert "csrfmiddlewaretoken" in page_of(response)
    assert not Comment.objects.exists()


def test_confirmation_without_the_cookie_shows_the_confirm_page_again(story):
    page = send(Client(), story, headers={})
    response = confirmed(Client(enforce_csrf_checks=True), story, page)
    assert response.status_code == 403
    assert is_kept(response)
    assert not Comment.objects.exists()


def test_mistake_on_the_confirm_page_stays_on_it(story):
    client = Client(enforce_csrf_checks=True)
    page = send(client, story, headers={})
    response = confirmed(client, story, page, consent=None)
    assert response.status_code == 422
    assert confirmed(client, story, response).status_code == 303


# --- Which story ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": ArticleStatus.DRAFT}, 404),
        ({"published_at": timezone.now() + timedelta(days=1)}, 404),
        ({"status": ArticleStatus.WITHDRAWN}, 410),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, 410),
    ],
)
def test_story_that_readers_may_not_see_takes_no_comment_and_tells_nothing(client, fields, status):
    story = build.article(title="Bí mật trong ngăn kéo", **fields)
    for response in (send(client, story), client.get(address(story)), send(client, story, headers={})):
        assert response.status_code == status
        assert "Bí mật" not in page_of(response)
    assert not Comment.objects.exists()


def test_text_sent_to_a_story_that_is_gone_can_be_copied(client):
    response = send(client, build.article(status=ArticleStatus.WITHDRAWN))
    assert response.status_code == 410
    assert TYPED["text"] in page_of(response)
    assert is_uncached(response)


def test_text_sent_to_a_closed_story_can_be_copied(client):
    response = send(client, build.article(comments_open=False))
    assert response.status_code == 403
    assert TYPED["text"] in page_of(response)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 15, "9" * 40])
def test_unknown_story_is_not_found(client, pk):
    assert client.get(f"/binh-luan/{pk}/").status_code == 404
    assert client.post(f"/binh-luan/{pk}/", TYPED, headers=OURS).status_code == 404


def test_story_of_a_style_without_comments_has_no_such_page(client):
    story = build.article(house_style=build.house_style(name="1999", shows_comments=False))
    assert client.get(address(story)).status_code == 404
    assert send(client, story).status_code == 404


# --- The page ---------------------------------------------------------------------------------------------------------


def test_page_shows_story_comments_and_form_without_a_cookie(client, story):
    build.comment(story, status=Status.APPROVED, name="Vàng A Chỉnh")
    response = client.get(address(story))
    html = page_of(response)
    assert f'<a href="{story.get_absolute_url()}">{story.title}</a>' in html
    assert "Vàng A Chỉnh" in html
    assert "Ý kiến bạn đọc (1)" in html
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in html


def test_stories_share_the_form_of_their_house_style_and_never_a_stamp(client):
    edition.bump()
    older = build.house_style(name="1999", comment_name_label="Tên thật của bạn")
    stories = [build.article(title="Một"), build.article(title="Hai"), build.article(title="Ba", house_style=older)]
    pages = [page_of(client.get(story.get_absolute_url())) for story in stories]

    labels = [re.search(r'<label for="binh-luan-name">([^<]*)</label>', page)[1] for page in pages]
    assert labels == ["Họ tên", "Họ tên", "Tên thật của bạn"]
    sent = [re.search(r'name="stamp" value="([^"]*)"', page)[1] for page in pages]
    assert sent == [stamps.make(story.pk) for story in stories]


def test_form_after_mistakes_leaves_nothing_in_the_forms_of_others(client, story):
    edition.bump()
    before = page_of(client.get(address(story)))
    assert is_kept(send(client, story, consent=None))
    edition.bump_page(story.pk)
    assert page_of(client.get(address(story))) == before


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED, Status.HIDDEN])
def test_comment_that_was_not_let_through_appears_nowhere(client, story, status):
    hidden = build.comment(story, status=status, name="Người Giấu", text="Lời giấu.", email="giau@thu.vn")
    pages = [
        client.get(address(story)),
        client.get(send(client, story)["Location"]),
        send(client, story, consent=None),
        send(client, story, headers={}),
        client.get(story.get_absolute_url()),
    ]
    for response in pages:
        assert not re.search("Người Giấu|Lời giấu|giau@thu.vn", page_of(response))
    assert client.get(f"{address(story)}?truoc={hidden.pk}").status_code == 404


def test_address_and_network_of_a_sender_are_never_printed(client, story):
    build.comment(story, status=Status.APPROVED, email="kin@thu.vn", address="203.0.113.0/24")
    for response in (client.get(address(story)), send(client, story, consent=None)):
        assert not re.search(r"kin@thu\.vn|203\.0\.113", page_of(response))


def test_long_discussion_goes_on_by_keyset_and_shows_each_comment_once(client, story):
    now = timezone.now()
    for number in range(103):
        build.comment(
            story, status=Status.APPROVED, text=f"Ý kiến [{number}]", created_at=now - timedelta(minutes=number // 2)
        )
    assert "(103)" in page_of(client.get(address(story)))
    seen, following = [], address(story)
    while following:
        html = page_of(client.get(following))
        seen += [int(number) for number in re.findall(r"\[(\d+)\]", html)]
        more = re.search(r'href="([^"]*\?truoc=\d+)"', html)
        following = more and more.group(1)
    assert sorted(seen) == list(range(103))
    assert len(seen) == 103


@pytest.mark.parametrize("value", ["abc", "-1", "1.5", "٣", "9" * 30, "999999"])
def test_key_that_no_link_of_ours_holds_is_not_found(client, story, value):
    assert client.get(address(story), {"truoc": value}).status_code == 404


def test_other_methods_are_refused(client, story):
    assert client.put(address(story)).status_code == 405
    assert client.delete(address(story)).status_code == 405
