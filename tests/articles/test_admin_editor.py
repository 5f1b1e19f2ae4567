"""The editor in a real browser: what it opens it gives back, and the conditions under which the house uses it.

docs/decisions/0001-editor.md lists them; each has its test here.
"""

import re
from pathlib import Path

import ckeditor
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.flatpages.models import FlatPage
from django.urls import reverse

from accounts.models import User
from articles.admin.editor import REMOVED_PLUGINS, BodyEditor, editor_config
from articles.html import ALLOWED, clean_body, editor_rules
from articles.models import Article
from tests import build
from tests.desk_editor import draft, open_editor, signed_in, squeezed
from tests.paper import paper

pytestmark = pytest.mark.django_db(transaction=True)

# Everything that a stored body may hold.
EVERYTHING = clean_body(
    "<p>Mở đầu, có <strong>chữ đậm</strong>, <em>nghiêng</em>, <u>gạch chân</u>, <s>gạch bỏ</s>, H<sub>2</sub>O, "
    'm<sup>2</sup> và <a href="/chinh-tri/">liên kết</a>,<br>xuống dòng.</p>'
    "<figure><figcaption>Bến đò lúc sáng sớm. <small>Trường Khanh</small></figcaption></figure>"
    "<h2>Một con số</h2><h3>Nhỏ hơn</h3>"
    '<figure><img alt="Đò &amp; bến" data-picture="7">'
    "<figcaption>Chuyến <em>cuối</em> &amp; chuyến đầu. <small>Hà My &amp; Sìn</small></figcaption></figure>"
    '<figure class="align-left"><img alt="" data-picture="8"><figcaption>Chỉ chú thích.</figcaption></figure>'
    '<figure class="align-right"><img alt="Chợ" data-picture="9">'
    "<figcaption><small>Ảnh tư liệu</small></figcaption></figure>"
    '<figure><img alt="Cầu" data-picture="10"></figure>'
    '<figure class="gallery"><img alt="Một" data-picture="7"><img alt="Hai" data-picture="8">'
    '<img alt="Ba" data-picture="9">'
    '<figcaption>Ba cảnh <a href="/chu-de/cho-phien/">chợ phiên</a>. <small>Hà My</small></figcaption></figure>'
    '<figure><iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90" title="Thông xe"></iframe>'
    "<figcaption>Lễ thông xe.</figcaption></figure>"
    '<figure><iframe src="https://player.vimeo.com/video/76979871" title="Cầu"></iframe></figure>'
    '<blockquote class="pull-quote"><p>Nước lên thì thuyền lên.</p><p class="speaker">Ông Sìn</p></blockquote>'
    "<blockquote><p>Một đoạn trích.</p></blockquote>"
    '<div class="info-box"><h3>Lịch tàu</h3><ul><li>Sáng<ol><li>Sáu giờ</li></ol></li><li>Chiều</li></ul></div>'
    "<table><caption>Giá cam</caption><thead><tr><th>Loại</th><th>Giá</th></tr></thead>"
    '<tbody><tr><td colspan="2">Một</td></tr><tr><td>Hai</td><td>20.000</td></tr></tbody></table>'
    '<p class="source">Nguồn: xã.</p><hr><p>Hết.</p>'
)

IN_BROWSER = pytest.mark.browser


# What every editor of this house goes without (docs/decisions/0001-editor.md): what talks to others, what opens a way
# for files and frames past the library, what makes markup that the cleaner drops.
NEVER = (
    "image flash iframe forms smiley scayt wsc exportpdf about save newpage preview print templates pagebreak div "
    "codesnippet codesnippetgeshi uploadimage filebrowser"
)


# --- What goes in comes out


@IN_BROWSER
def test_body_comes_back_from_the_editor_as_it_went_in(visit):
    story = draft(EVERYTHING)
    editor = open_editor(visit, story)
    editor.text.locator("h2").click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type("!")
    editor.save()
    first = Article.objects.get(pk=story.pk).body
    editor.save()

    assert squeezed(first.replace("!", "")) == squeezed(EVERYTHING)
    assert Article.objects.get(pk=story.pk).body == first


@IN_BROWSER
def test_body_comes_back_from_the_view_of_its_html(visit):
    editor = open_editor(visit, draft(EVERYTHING))
    before = editor.data

    for _twice in range(2):
        editor.press("source")
        editor.page.wait_for_timeout(100)

    assert editor.data == before


@IN_BROWSER
def test_editor_strips_what_the_cleaner_would_strip(visit):
    editor = open_editor(visit)
    given = editor.page.evaluate(
        """hostile => new Promise(done => {
        const editor = CKEDITOR.instances.id_body;
        editor.setData(hostile, { callback: () => done(editor.getData()) }); })""",
        '<p style="color:red" onclick="x()">Chữ<script>1</script></p>',
    )
    assert clean_body(given) == "<p>Chữ</p>"
    assert "script" not in given
    assert "onclick" not in given


@IN_BROWSER
def test_hostile_body_in_the_database_is_cleaned_before_the_editor_shows_it(visit):
    story = draft()
    Article.objects.filter(pk=story.pk).update(
        body='<p>Chữ</p><img src=x onerror="parent.stolen=1"><script>parent.stolen=1</script>'
        '<iframe srcdoc="<script>top.stolen=1</script>"></iframe>'
    )
    editor = open_editor(visit, story)

    assert editor.page.evaluate("window.stolen") is None
    assert editor.text.locator("p", has_text="Chữ").is_visible()
    assert "onerror" not in editor.page.content()


# --- The conditions


def test_only_the_widget_is_installed_and_its_reminder_alone_is_silenced():
    assert "ckeditor" in settings.INSTALLED_APPS
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS
    assert settings.SILENCED_SYSTEM_CHECKS == ["ckeditor.W001"]


def test_editor_ships_no_samples():
    shipped = Path(ckeditor.__file__).parent / "static" / "ckeditor" / "ckeditor"
    assert shipped.exists()
    assert [path for path in shipped.rglob("*") if "sample" in path.name.lower()] == []


def test_plugins_that_the_house_goes_without_are_removed_and_not_added_again():
    assert {*NEVER.split()} <= {*REMOVED_PLUGINS.split(",")}
    assert {*NEVER.split()} & {*editor_config()["extraPlugins"].split(",")} == set()


def test_configuration_is_no_wider_than_the_cleaner():
    config = editor_config()
    assert config["allowedContent"] == editor_rules()
    assert "extraAllowedContent" not in config
    assert config["clipboard_handleImages"] is config["pasteFromWord_inlineImages"] is False
    assert config["fullPage"] is False
    assert [key for key in config if key.startswith("filebrowser") or key == "uploadUrl"] == []


@IN_BROWSER
def test_running_editor_has_our_plugins_and_none_that_were_removed(visit):
    editor = open_editor(visit)
    loaded = set(editor.ask("Object.keys(editor.plugins)"))

    assert loaded & set(REMOVED_PLUGINS.split(",")) == set()
    assert {"image2", "deskpictures", "deskpaste", "pastefromword"} <= loaded


@IN_BROWSER
def test_running_editor_admits_nothing_that_the_cleaner_would_drop(visit):
    editor = open_editor(visit)
    tags = "script style object embed form input svg math span font h1 h4 b i section audio video base link meta"
    attributes = "style onclick id name srcset target srcdoc formaction"
    given = [f"<p>Chữ <{tag}>x</{tag}></p>" for tag in tags.split()]
    given += [f"<{tag} {name}='x'>x</{tag}>" for tag in sorted(ALLOWED) for name in attributes.split()]
    come_through = "editor.dataProcessor.toDataFormat(editor.dataProcessor.toHtml(html))"

    come_out = editor.ask(f"{given}.map((html) => {come_through})")

    unwanted = re.compile(rf"<(?:{'|'.join(tags.split())})\b|\s(?:{'|'.join(attributes.split())})=")
    assert [html for html in come_out if unwanted.search(html)] == []
    assert editor.ask("editor.filter.customConfig") is True
    assert editor.ask("[editor.config.fullPage, editor.config.versionCheck, editor.config.customConfig]") == [
        False,
        False,
        "",
    ]


@IN_BROWSER
def test_editor_speaks_vietnamese(visit):
    editor = open_editor(visit)

    assert editor.ask("editor.langCode") == "vi"
    titles = " · ".join(editor.page.locator(".cke_toolbar a[title]").evaluate_all("all => all.map((one) => one.title)"))
    assert re.findall(r"\b(?:Picture|Paste|Bold|Heading|Link|Table|Pull quote|Info box|Undo|Source)\b", titles) == []
    for name in ("Ảnh", "Video", "Hộp thông tin", "Trích nổi bật", "liên kết", "Bảng"):
        assert name in titles
    editor.text.locator("p").click()
    editor.page.locator(".cke_combo__format a.cke_combo_button").click()
    listed = editor.page.frame_locator("iframe.cke_panel_frame").locator(".cke_panel_listItem").all_inner_texts()
    assert [name.strip() for name in listed] == ["Đoạn văn", "Tít phụ", "Tít phụ nhỏ"]


def test_only_the_forms_of_stories_and_pages_show_the_editor(rf):
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("admin", full_name="Lê An")
    shown = {
        model
        for model, desk in admin.site._registry.items()
        for field in desk.get_form(request, change=False).base_fields.values()
        if isinstance(field.widget, BodyEditor)
    }

    assert shown == {Article, FlatPage}


def test_only_the_views_with_the_editor_loosen_the_policy(client):
    made = paper()
    client.force_login(User.objects.create_superuser("admin", full_name="Lê An"))
    forms = {
        reverse("admin:articles_article_add"),
        reverse("admin:articles_article_change", args=[made.story.pk]),
        reverse("admin:flatpages_flatpage_add"),
        reverse("admin:flatpages_flatpage_change", args=[FlatPage.objects.first().pk]),
    }
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]
    others = [
        *lists,
        reverse("admin:index"),
        reverse("admin:articles_article_history", args=[made.story.pk]),
        reverse("admin:articles_article_withdraw", args=[made.story.pk]),
        reverse("admin:articles_picture_add"),
        reverse("admin:comments_comment_change", args=[made.story.comments.first().pk]),
        *made.addresses().values(),
    ]

    policies = {path: client.get(path).headers["Content-Security-Policy"] for path in [*forms, *others]}

    assert {path for path, policy in policies.items() if "unsafe-inline" in policy} == forms
    for path in forms:
        directives = dict(part.strip().split(" ", 1) for part in policies[path].split(";") if " " in part.strip())
        assert directives["script-src"] == "'self' 'unsafe-inline'"
        assert directives["style-src"] == "'self' 'unsafe-inline'"
        assert directives["frame-src"] == "'self'"
        assert directives["connect-src"] == "'self'"
    assert [path for path, policy in policies.items() if "nonce" in policy or "unsafe-eval" in policy] == []


def test_comment_is_never_shown_in_the_editor(client):
    comment = build.comment(build.article())
    client.force_login(User.objects.create_superuser("admin", full_name="Lê An"))

    for path in (
        reverse("admin:comments_comment_changelist"),
        reverse("admin:comments_comment_change", args=[comment.pk]),
    ):
        page = client.get(path).content.decode()
        assert comment.text in page
        assert "ckeditor" not in page


# --- Around it


@IN_BROWSER
@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/", "/admin/articles/picture/add/"])
def test_desk_keeps_the_strict_policy(visit, path):
    build.article()
    page = signed_in(visit, User.objects.create_superuser("admin", full_name="Lê An"), path)
    assert page.locator("h1").count() == 1


@IN_BROWSER
def test_counts_follow_the_typing(visit):
    editor = open_editor(visit, draft("<p>Một hai.</p><figure><figcaption>Ba <small>Bốn</small></figcaption></figure>"))
    page = editor.page
    page.fill("#id_title", "Bến đò cũ")
    page.fill("#id_lead", "Ba chữ thôi")

    assert page.inner_text("#id_title_count") == "9/110 ký tự"
    assert page.inner_text("#id_lead_count") == "11 ký tự · 3/60 chữ"
    assert page.inner_text("#id_body_count") == "4 chữ · 15 ký tự"
    editor.click_into("Một hai.")
    page.keyboard.press("End")
    page.keyboard.type(" Năm")
    editor.until(lambda: page.inner_text("#id_body_count") == "5 chữ · 19 ký tự")


@IN_BROWSER
def test_story_is_written_and_saved_without_script(visit):
    build.house_style()
    admin = User.objects.create_superuser("admin", full_name="Lê An")
    picture = build.picture()
    page = signed_in(visit, admin, reverse("admin:articles_article_add"), script=False)

    assert page.locator("noscript code", has_text='<img data-picture="7">').is_visible()
    page.fill("#id_title", "Bến đò cũ")
    page.fill("#id_body", f'<p>Đoạn đầu.</p><figure><img data-picture="{picture.pk}"></figure>')
    page.click('input[name="_continue"]')
    page.wait_for_load_state()

    body = f'<p>Đoạn đầu.</p><figure><img data-picture="{picture.pk}"></figure>'
    assert Article.objects.get().body == body
    assert page.input_value("#id_body") == body


@IN_BROWSER
def test_page_of_the_site_is_written_without_pictures(visit):
    admin = User.objects.create_superuser("admin", full_name="Lê An")
    page = signed_in(visit, admin, reverse("admin:flatpages_flatpage_change", args=[FlatPage.objects.first().pk]))
    page.locator(".cke_button__deskbox").wait_for()

    assert page.locator(".cke_button__deskpicture").count() == 0
    assert page.locator(".cke_button__deskvideo").count() == 0
