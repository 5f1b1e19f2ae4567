"""Nobody meets a word of English: pages of our own at the desk, signing in, refusals, and everything readers see.

The tables of the desk have a module of their own, test_no_english_tables.py.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core import validators
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from accounts.rights import right_name
from articles import previewing
from articles.error_pages import write_error_pages
from articles.models import Article, Picture, SavedFilter, Status
from comments.models import Status as CommentStatus
from tests import build
from tests.paper import comment, hidden_stories, paper
from tests.test_public_pages import ANSWERS
from tests.vietnamese import foreign_in, foreign_words
from tests.walk import ADMINS, KINDS, PASSWORD, Walk, of, something_in_every_table
from tests.web_forms import as_typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> dict[str, int]:
    return something_in_every_table()


@pytest.fixture
def walk(rows) -> Walk:
    return Walk(User.objects.get(is_superuser=True))


# --- The rule itself


@pytest.mark.parametrize(
    "text",
    [
        "Please correct the error below.",
        "Quan hệ: User_groups object (7)",
        "Đã sửa Domain name và Display name.",
        "Select all",
        "3 hours ago",
        "Vi phạm ràng buộc “focal_point_in_picture”.",
        "True",
        "Sat",
        "not",
    ],
)
def test_english_is_found_among_vietnamese(text):
    assert foreign_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bến đò cũ bên sông, không có trong danh sách.",
        "Con trâu đi trước cái cày theo sau, nghe anh Hai kể chuyện xưa.",
        "Hãy ghi địa chỉ: ten@thu.vn, /thoi-su/bac-ninh-dat-quoc-lo-12.html hay https://binhnguyen.example/rss/",
        "lễ khánh thành trạm bơm Khuỷu Tang, quyển sổ, hoen gỉ, xoong nồi, khoeo chân",
        "Đã xóa %(count)d mục của {name}",
        "RSS, HTML và JSON",
    ],
)
def test_vietnamese_is_left_in_peace(text):
    assert foreign_words(text) == []


def test_everything_that_a_page_shows_is_read():
    page = """<title>Welcome</title><style>a { color: red }</style><p>Xin chào</p><img alt="Search" src="a.svg">
    <input type="submit" value="Save"><input type="text" value="typed by somebody" placeholder="Name here">
    <a href="/admin/" title="Go back" aria-label="Close">quay lại</a><script>var words = "none";</script>
    <textarea>typed, too</textarea>"""

    assert foreign_in(page) == ["Welcome", "Search", "Save", "Name here", "Close", "Go back"]


# --- Pages of our own at the desk


NAMED = ("author", "tag", "series", "section")
# What is asked for further below with what is typed into it, or shows nothing: it leads to the page of a row.
ASKED_BELOW = {"login", "logout", "comments_comment_act", "comments_comment_bulk", "view_on_site"}
ASKED_BELOW |= {"articles_picture_upload", "articles_picture_details"}
ASKED_BELOW |= {"articles_article_restore", "articles_article_name_version"}
ASKED_BELOW |= {"articles_article_save_filter", "articles_article_drop_filter"}
ASKED_BELOW |= {"articles_plan_begin"}
# A file for machines.
ASKED_BELOW |= {"articles_article_export", "story_record"}
# They speak to a script alone, and what they say is held by tests/articles/test_typing.py.
ASKED_BELOW |= {f"articles_article_{name}" for name in ("autosave", "autosave_new", "presence", "presence_new")}
ASKED_BELOW |= {"articles_article_preview", "articles_article_preview_new", "articles_article_revoke_link"}


def own_pages(rows: dict[str, int]) -> dict[str, str]:
    """name of a view of the desk, of one that no table has of itself -> an address to ask for."""

    def at(name, *args, query=""):
        return reverse(f"admin:{name}", args=args) + query

    block = rows["blocks_block"]
    return {
        "index": at("index"),
        "own_settings": at("own_settings"),
        "app_list": at("app_list", "accounts"),
        "autocomplete": at("autocomplete", query="?app_label=articles&model_name=article&field_name=tags"),
        "jsi18n": at("jsi18n"),
        "password_change": at("password_change"),
        "password_change_done": at("password_change_done"),
        "auth_user_password_change": at("auth_user_password_change", rows["accounts_user"]),
        **{
            f"articles_article_{page}": at(f"articles_article_{page}", rows["articles_article"])
            for page in ("withdraw", "put_back", "versions", "look", "checks")
        },
        "articles_article_signed_in": at("articles_article_signed_in"),
        "articles_article_preview_links": at("articles_article_preview_links", rows["articles_article"]),
        "articles_tag_merge": at("articles_tag_merge", rows["articles_tag"], query="?name=khong+co"),
        "articles_picture_library": at("articles_picture_library", query="?q=bến"),
        "articles_picture_upload_page": at("articles_picture_upload_page"),
        "articles_picture_thumbnail": at("articles_picture_thumbnail", rows["articles_picture"]),
        **{f"articles_{one}_slug": at(f"articles_{one}_slug", query="?name=Bến+đò") for one in NAMED},
        "comments_comment_person": at("comments_comment_person"),
        "blocks_block_front": at("blocks_block_front"),
        "blocks_block_front_at": at("blocks_block_front_at", query="?at_0=31/02/2026&at_1=khong"),
        "blocks_block_preview": at("blocks_block_preview", block),
        "blocks_block_frame": at("blocks_block_frame", block, query="?alone=1"),
        "blocks_block_frame_new": at("blocks_block_frame_new"),
    }


def test_pages_of_our_own(walk, rows):
    for address in own_pages(rows).values():
        answer = walk.client.get(address)
        assert answer.status_code == (302 if "thumbnail" in address else 404 if address.endswith("frame/") else 200)
        walk.read(f"GET {address}", answer)

    assert walk.found == {}


def test_every_view_of_the_desk_is_walked_through(rows):
    tables = {f"{table}_{kind}" for table in ADMINS for kind in KINDS}

    assert views("admin") - tables - own_pages(rows).keys() - ASKED_BELOW == set()


def views(part: str = "") -> set[str]:
    """The names of the views of the desk, or with "" of all others."""
    found = set()
    for pattern in get_resolver().url_patterns:
        below = getattr(pattern, "url_patterns", [pattern])
        if (getattr(pattern, "namespace", None) == "admin") == (part == "admin"):
            found |= names(below)
    return found


def names(patterns) -> set[str]:
    below = [names(pattern.url_patterns) for pattern in patterns if hasattr(pattern, "url_patterns")]
    return set().union({pattern.name for pattern in patterns if getattr(pattern, "name", None)}, *below)


def test_front_door_with_work_on_it(walk):
    now = timezone.localtime()
    boss = User.objects.get(is_superuser=True)
    build.article(status=Status.DRAFT, published_at=None, created_by=boss, title="Bến đò của tôi")
    build.article(status=Status.SUBMITTED, published_at=None, title="Bến đò mới nộp")
    for hours in range(6):
        build.article(title=f"Bến đò hẹn giờ {hours}", published_at=now + timedelta(minutes=hours + 1))

    walk.get(reverse("admin:index"))

    assert walk.found == {}


def test_answers_to_scripts(walk, rows):
    words = [("article", "related"), ("article", "tags"), ("article", "lead_picture"), ("credit", "author")]
    for model, field in words:
        asked = {"app_label": "articles", "model_name": model, "field_name": field}
        found = walk.client.get(reverse("admin:autocomplete"), asked).json()["results"]
        assert found
        assert [row["text"] for row in found if foreign_words(row["text"])] == []


def test_answers_of_the_library(walk, rows):
    """What scripts show when a picture is chosen or taken in; the library shows it as it comes."""
    library, upload = reverse("admin:articles_picture_library"), reverse("admin:articles_picture_upload")
    Picture.objects.update(use_until="2020-01-31", alt="", credit_author=None, credit_kind="", shows_child=True)
    for query in ("", "?q=khong+co", "?so=1,2,khong", "?sau=khong"):
        walk.get(library + query, 400 if "sau" in query else 200)
    own = Picture.objects.get(pk=rows["articles_picture"]).original.read()
    files = [("a.txt", b"ghi"), ("a.jpg", b""), ("a.jpg", own), ("b.jpg", own + b" "), ("ạ" * 300 + ".jpg", own)]
    for name, data in files:
        walk.post(upload, {"file": SimpleUploadedFile(name, data)})
    walk.post(upload)
    walk.post(library)
    many, details = reverse("admin:articles_picture_upload_page"), reverse("admin:articles_picture_details")
    walk.post(many, {"send": "1"})
    walk.post(many, {"send": "1", "file": [SimpleUploadedFile(name, data) for name, data in files]})
    for typed in ({}, {"credit_kind": "khong", "use_until": "31/02/2026"}):
        for address in (many, details):
            sent = {f"{rows['articles_picture']}-{name}": value for name, value in typed.items()}
            walk.post(address, {"picture": rows["articles_picture"], **sent})
    for other in (Walk(), Walk(build.user(username="ha"))):
        other.get(library, 403)
        other.post(upload)
        walk.found |= other.found

    assert walk.found == {}


def test_buttons_of_a_story(walk, rows):
    """Publishing with and without everything in place, schedules of every kind, an update, a withdrawal."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    ahead = {"published_at_0": f"{tomorrow:%d/%m/%Y}", "published_at_1": "07:30"}
    bare = build.article(status=Status.DRAFT, published_at=None, section=None, lead="", by=None)
    whole = build.article(status=Status.DRAFT, published_at=None)
    for story in (bare, whole):
        address = of("articles_article", "change", story.pk)
        for button in ({"_schedule": "1"}, {"_schedule": "1", **PAST}, {"_schedule": "1", **ahead}):
            walk.press(address, button)
        for button in ({"_schedule": "1", **ahead, "published_at_1": "09:00"}, {"_unschedule": "1"}, {"_publish": "1"}):
            walk.press(address, button)
        walk.press(address, {"_continue": "1", "marks_update": "on"})
    withdraw = reverse("admin:articles_article_withdraw", args=[whole.pk])
    for typed in ({}, {"reason": "ạ" * 5000}, {"reason": "Sai sự thật.", "on_legal_ground": "on"}):
        walk.post(withdraw, typed)
    walk.post(withdraw, {"reason": "Lần nữa."})
    walk.get(of("articles_article", "change", whole.pk))

    assert walk.found == {}
    assert Article.objects.get(pk=whole.pk).status == Status.WITHDRAWN


def test_previews_of_a_story_and_links_to_it(walk, rows):
    story = build.article(status=Status.DRAFT, published_at=None)
    links = reverse("admin:articles_article_preview_links", args=[story.pk])
    form = as_typed(walk.get(of("articles_article", "change", story.pk)))
    for address in (reverse("admin:articles_article_preview", args=[story.pk]), reverse(f"{_ARTICLE}_preview_new")):
        for typed in ({}, {"title": "", "expires_at_0": "31/02/2026"}, {"lead_picture": "999999"}):
            walk.post(address, form | typed, 200)
    for typed in ({}, {"for_whom": "ạ" * 300, "days": "900"}, {"for_whom": "luật sư", "days": "3"}):
        walk.post(links, typed, 200)
    revoke = reverse(f"{_ARTICLE}_revoke_link", args=[story.pk, story.preview_links.get().pk])
    for _press in ("first", "again"):
        walk.post(revoke)
    tomorrow = timezone.localtime() + timedelta(days=1)
    for day in (f"{tomorrow:%d/%m/%Y}", "01/01/2020"):
        walk.get(reverse("admin:blocks_block_front_at") + f"?at_0={day}&at_1=07:30")

    assert walk.found == {}


def test_acts_on_many_stories_and_kept_lists(walk, rows):
    stories = of("articles_article", "changelist")
    chosen = [build.article(status=Status.EDITED, published_at=None, body=body).pk for body in ("", "<p>Đò về.</p>")]
    chosen += [rows["articles_article"], 9999]
    for act in ("", "submit", "pass_on", "publish", "send_back", "withdraw"):
        walk.post(stories, {"action": act, "_selected_action": chosen})
        walk.post(stories, {"action": act, "_selected_action": chosen, "confirmed": "1"})
        walk.post(stories, {"action": act, "_selected_action": chosen, "confirmed": "1", "reason": "Sai sự thật."})
    walk.post(stories, {"action": "publish", "_selected_action": range(60)})
    save = reverse("admin:articles_article_save_filter")
    for typed in ({}, {"name": "Đò"}, *({"name": f"Đò {number}", "query": "q=đò"} for number in range(14))):
        walk.post(save, typed)
    walk.get(f"{stories}?viec=cho-toi&q=đò")
    walk.post(reverse("admin:articles_article_drop_filter", args=[SavedFilter.objects.first().pk]))

    assert walk.found == {}


_ARTICLE = "admin:articles_article"
PAST = {"published_at_0": "01/01/2020", "published_at_1": "07:30"}


def test_plan_is_begun(walk, rows):
    begin = reverse("admin:articles_plan_begin", args=[rows["articles_plan"]])
    for _press in ("first", "again"):
        walk.post(begin)
    walk.get(reverse("admin:index"))

    assert walk.found == {}


def test_picture_that_is_none(walk, rows):
    address, story = of("articles_picture", "add"), of("articles_article", "change", rows["articles_article"])
    for name, data in (("a.txt", b"ghi"), ("a.jpg", b""), ("a.jpg", b"khong phai"), ("ạ" * 300 + ".jpg", b"x")):
        walk.post(address, {"original": SimpleUploadedFile(name, data), "title": "Bến đò", "alt": "Bến đò"})
    walk.press(story, {"lead_picture": "999999", "tags": "999999"})

    assert walk.found == {}


def test_merging_of_tags(walk, rows):
    build.tag("bến đò")
    address = reverse("admin:articles_tag_merge", args=[rows["articles_tag"]])
    for name in ("", "khong co", "nông thôn mới", "bến đò"):
        walk.get(f"{address}?name={name}")
    walk.post(address, {"name": "bến đò"})

    assert walk.found == {}


def test_acts_of_moderators(walk, rows):
    held = rows["comments_comment"]
    act = reverse("admin:comments_comment_act", args=[held])
    for data in (
        {},
        {"act": "reject", "seen": "held"},
        {"act": "approve", "seen": "held"},
        {"act": "hide", "seen": "held"},
    ):
        walk.post(act, data)
    walk.post(act, {"act": "hide", "seen": "approved", "reason": "law", "alone": "1"})
    bulk = reverse("admin:comments_comment_bulk")
    for data in ({}, {"chosen": held}, {"chosen": held, "reason": "law"}):
        walk.post(bulk, {"act": "reject", "seen": "held", **data})
    assert (walk.client.get(act).status_code, walk.client.get(act).content) == (405, b"")

    assert walk.found == {}


def test_data_of_a_sender(walk, rows):
    address = reverse("admin:comments_comment_person")
    known = {"email": "ngu@thu.example"}
    for data in ({}, {"email": "khong"}, {"email": "ai@thu.example"}, known, {**known, "act": "ask"}):
        walk.post(address, {"act": "find", **data})
    walk.post(address, {**known, "act": "erase"})
    walk.post(address, {**known, "act": "erase", "reason": "Theo yêu cầu."})
    walk.get(of("comments_comment", "change", rows["comments_comment"]))

    assert walk.found == {}


# --- Signing in and out, passwords


def test_signing_in_and_out():
    staff = {"is_staff": True, "full_name": "Lê Hoa"}
    User.objects.create_user("hoa", password=PASSWORD, **staff)
    User.objects.create_user("bo", password=PASSWORD, **staff | {"is_active": False})
    User.objects.create_user("lan", password=PASSWORD)
    walk, door = Walk(), reverse("admin:login")

    walk.get(reverse("admin:index"))
    for username, password in (("", ""), ("hoa", "sai"), ("bo", PASSWORD), ("lan", PASSWORD), ("hoa", PASSWORD)):
        walk.press(door, {"username": username, "password": password})
    walk.get(reverse("admin:index"))
    walk.post(reverse("admin:logout"))
    for _attempt in range(10):
        locked = walk.client.post(door, {"username": "hoa", "password": "sai"})
    walk.read("locked", locked, 429)
    walk.client.force_login(User.objects.get(username="lan"))
    walk.get(reverse("admin:index"))

    assert walk.found == {}


def test_passwords(walk, rows):
    boss = User.objects.get(is_superuser=True)
    boss.set_password(PASSWORD)
    boss.save()
    walk.client.force_login(boss)
    chosen = ("", "123", "12345678", "password", "lehoa123", "mot-ca-khac")
    for new in chosen:
        walk.post(reverse("admin:password_change"), passwords("new_password", new, old_password="sai"))
        person = {"username": "lehoa", "full_name": "Lê Hoa"}
        walk.press(of("accounts_user", "add"), person | passwords("password", new))
    walk.post(reverse("admin:password_change"), passwords("new_password", "mot-ca-khac", old_password=PASSWORD))
    address = reverse("admin:auth_user_password_change", args=[rows["accounts_user"]])
    for new in chosen:
        walk.post(address, {"usable_password": "true", **passwords("password", new)})
    walk.post(address, {"usable_password": "false"})
    walk.get(address)
    walk.get(of("accounts_user", "change", rows["accounts_user"]))
    walk.get(of("accounts_user", "history", rows["accounts_user"]))

    assert walk.found == {}
    assert User.objects.filter(username="lehoa").exists()


def passwords(name: str, new: str, **others) -> dict[str, str]:
    """A new password, typed twice; the first of all, which is empty, is typed differently."""
    return {f"{name}1": new, f"{name}2": new or "khac", **others}


def test_refusals():
    nobody, guest = Walk(build.user(username="ha")), Walk()
    nobody.get(of("articles_tag", "changelist"), 403)
    nobody.get("/admin/khong-co/", 404)
    guest.get("/admin/khong-co/", 200)
    strict = Client(enforce_csrf_checks=True)
    guest.read("forged", strict.post(reverse("admin:login"), {"username": "a", "password": "b"}), 403)
    boss = Walk(User.objects.create_superuser("hoa"))
    for table in ADMINS:
        boss.get(of(table, "change", 999999), 404 if table == "comments_comment" else 200)

    assert (nobody.found, guest.found, boss.found) == ({}, {}, {})


# --- Readers


# Programs ask for these: a word, or addresses alone.
FOR_PROGRAMS = {"alive", "ready", "reading", "reading_dot", "sitemap", "sitemap_index", "sitemap_news", "story_sitemap"}


def test_pages_of_readers():
    made, walk = paper(2), Walk()
    hidden = hidden_stories(made)
    story = made.story.get_absolute_url()
    comment(made.story, status=CommentStatus.APPROVED, text="Tôi đồng ý.")
    asked = [address.replace("khongcogi", "khong+co") for address in made.addresses().values()]
    asked += [f"/tim-kiem/?{query}" for query in ASKED]
    asked += [
        "/rss/tin-moi.xml",
        f"/rss/{made.section.slug}.xml",
        "/atom/tin-moi.xml",
        f"/atom/{made.section.slug}.xml",
    ]
    asked += ["/robots.txt", f"/binh-luan/{made.story.pk}/?ma=sai", f"{made.section.get_absolute_url()}?truoc=1-1"]
    draft = build.article(title="Bến đò sắp ra", status=Status.DRAFT, published_at=None)
    _link, token = previewing.make_link(article=draft, by=build.user(), for_whom="luật sư", days=3)
    asked.append(f"/xem-truoc/{token}/")
    seen = set()
    for address in asked:
        answer = walk.client.get(address)
        seen.add(answer.resolver_match.url_name)
        walk.read(address, answer, 200)
    for address, status in (
        ("/khong-co/", 404),
        ("/xem-truoc/khong-co/", 404),
        (hidden["withdrawn"].get_absolute_url(), 410),
        ("/?" + "a" * 4001, 414),
    ):
        walk.read(address, walk.client.get(address), status)
    walk.read("redirect", walk.client.get(story.replace(made.story.slug, "khac")), 301)

    assert walk.found == {}
    assert views() - FOR_PROGRAMS - seen == set()


ASKED = (
    "q=ben+do+so&sap_xep=moi-nhat",
    "q=ben+do&chuyen_muc=kinh-te&tac_gia=hoang-mai&the=nong-thon-moi",
    "q=ben+do&tu=31/02/2026&den=abc",
    "q=ben+do&chuyen_muc=khong&tac_gia=khong&the=khong&sap_xep=khong",
    "q=bén+đò",
    "q=%22ben+do",
    "q=*",
    "q=" + "á" * 600,
)


def test_pages_of_a_paper_without_stories():
    build.publication()
    section, walk = build.section(), Walk()
    lists = [section, build.tag(), build.series(), build.author()]
    for address in ["/", "/rss/", "/cai-chinh/", "/tim-kiem/?q=gi", "/rss/tin-moi.xml", "/atom/tin-moi.xml"]:
        walk.read(address, walk.client.get(address), 200)
    for row in lists:
        walk.read(str(row), walk.client.get(row.get_absolute_url()))

    assert walk.found == {}


def test_site_that_nobody_has_set_up():
    walk = Walk()
    for address in ("/", "/tim-kiem/", "/gioi-thieu/", "/khong-co/", "/admin/"):
        walk.read(address, walk.client.get(address, follow=True))

    assert walk.found == {}


@pytest.mark.parametrize("name", ANSWERS)
def test_answer_to_what_a_reader_sent_or_did_wrong(client, name):
    status, ask, _may_set_cookie = ANSWERS[name]

    answer = ask(client, paper())

    assert answer.status_code == status
    assert foreign_in(answer.content.decode()) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "text": "", "email": "", "consent": ""},
        {"name": "ạ" * 500, "text": "ạ" * 9000, "email": "khong"},
        {"text": "x"},
        {"text": "http://a.vn http://b.vn http://c.vn"},
        {"parent": "999999"},
        {"stamp": "sai"},
    ],
    ids=["nothing", "too much", "too little", "links", "no such comment", "no stamp"],
)
def test_comment_with_mistakes(client, typed):
    _status, ask, _may = ANSWERS["confirm"]
    made = paper()
    ask(client, made)
    sent = {"text": "Xã tôi cũng thiếu nước.", "name": "Đỗ Ngữ", "email": "ngu@thu.example", "consent": "on"}

    answer = client.post(f"/binh-luan/{made.story.pk}/", sent | typed, headers={"Sec-Fetch-Site": "same-origin"})

    assert foreign_in(answer.content.decode()) == []


def test_pages_that_stand_in_for_a_broken_site(settings):
    build.publication()
    write_error_pages()

    for page in Path(settings.ERROR_PAGES_ROOT).iterdir():
        assert foreign_in(page.read_text()) == []


# --- Words that stand behind the pages


def test_words_of_models():
    """Names of tables and columns, hints and choices, also of those that no page shows yet."""
    words = {}
    for model in apps.get_models():
        meta = model._meta
        words |= {f"{meta.label} one": meta.verbose_name, f"{meta.label} many": meta.verbose_name_plural}
        for field in meta.fields + meta.many_to_many:
            # A column that nobody has named is shown nowhere, or else the walk finds it.
            if isinstance(field.verbose_name, Promise):
                words[f"{field} name"], words[f"{field} hint"] = field.verbose_name, field.help_text
                words |= {f"{field} {value}": label for value, label in field.flatchoices}
    words |= {f"app {app.label}": app.verbose_name for app in apps.get_app_configs() if list(app.get_models())}
    words |= {f"right {right.codename}": right_name(right) for right in Permission.objects.all()}

    assert {where: str(text) for where, text in words.items() if foreign_words(str(text))} == {}


def kinds_of(base: type) -> set[type]:
    return {base}.union(*(kinds_of(one) for one in base.__subclasses__()))


def test_words_of_errors():
    words = {}
    for kind in kinds_of(forms.Field) | kinds_of(models.Field):
        words |= {f"{kind.__name__} {code}": text for code, text in getattr(kind, "default_error_messages", {}).items()}
    for name, kind in vars(validators).items():
        if isinstance(getattr(kind, "message", None), str | type(validators.EmailValidator.message)):
            words[name] = kind.message

    assert len(words) > 40
    assert {where: str(text) for where, text in words.items() if foreign_words(str(text))} == {}
