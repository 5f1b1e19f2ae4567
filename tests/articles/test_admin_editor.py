"""The editor in a real browser: what it opens it gives back, and its policy stays where it is needed."""

from pathlib import Path

import ckeditor
import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from articles.forms import REMOVED_PLUGINS, editor_config
from articles.html import clean_body
from articles.models import Article, Status
from tests import build

BODY = clean_body(
    '<p>Mở đầu, có <strong>chữ đậm</strong> và <a href="/chinh-tri/">liên kết</a>.</p>'
    "<figure><figcaption>Bến đò lúc sáng sớm. <small>Trường Khanh</small></figcaption></figure>"
    "<h2>Một con số</h2>"
    '<blockquote class="pull-quote"><p>Nước lên thì thuyền lên.</p><p class="speaker">Ông Sìn</p></blockquote>'
    '<div class="info-box"><h3>Lịch tàu</h3><ul><li>Sáng</li><li>Chiều</li></ul></div>'
    "<table><caption>Giá cam</caption><thead><tr><th>Loại</th><th>Giá</th></tr></thead>"
    "<tbody><tr><td>Một</td><td>20.000</td></tr></tbody></table>"
    '<figure><img alt="Đò" data-picture="7" height="800" src="/media/7-0123456789ab/full-1200.webp" width="1200">'
    "<figcaption>Chuyến cuối. <small>Hà My</small></figcaption></figure>"
)


def squeezed(html: str) -> str:
    """HTML without the blanks between tags, which the editor lays out anew."""
    return "".join(line.strip() for line in html.replace(" </figcaption>", "</figcaption>").splitlines())


@pytest.fixture
def desk(visit, transactional_db):
    """`desk(path)`: a page of the desk, signed in as an administrator by the form."""
    User.objects.create_superuser("admin", full_name="Lê An", password="mat-khau-thu")

    def open_page(path, **options):
        page = visit(f"{reverse('admin:login')}?next={path}", **options)
        page.fill("#id_username", "admin")
        page.fill("#id_password", "mat-khau-thu")
        page.click("#login-form button")
        page.wait_for_load_state()
        return page

    return open_page


def test_body_comes_back_from_the_editor_as_it_went_in(desk):
    story = build.article(status=Status.DRAFT, published_at=None, body=BODY)
    page = desk(reverse("admin:articles_article_change", args=[story.pk]))
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("h2").click()
    page.keyboard.type("! ")
    page.click('input[name="_continue"]')
    page.wait_for_load_state()
    after = Article.objects.get(pk=story.pk).body
    assert squeezed(after.replace("! ", "")) == squeezed(BODY)


def test_editor_strips_what_the_cleaner_would_strip(desk):
    page = desk(reverse("admin:articles_article_add"))
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    given = page.evaluate(
        """hostile => new Promise(done => {
        const editor = CKEDITOR.instances.id_body;
        editor.setData(hostile, { callback: () => done(editor.getData()) }); })""",
        '<p style="color:red" onclick="x()">Chữ<script>1</script></p>',
    )
    assert clean_body(given) == "<p>Chữ</p>"
    assert "script" not in given
    assert "onclick" not in given


def test_configuration_is_no_wider_than_the_cleaner():
    config = editor_config()
    assert isinstance(config["allowedContent"], str)
    assert config["fullPage"] is False
    assert {"image", "flash", "uploadimage", "codesnippet", "scayt"} <= set(REMOVED_PLUGINS.split(","))
    assert not [key for key in config if key.startswith("filebrowser") or key == "uploadUrl"]


def test_only_the_widget_is_installed():
    assert "ckeditor" in settings.INSTALLED_APPS
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS


def test_editor_ships_no_samples():
    shipped = Path(ckeditor.__file__).parent / "static" / "ckeditor" / "ckeditor"
    assert not (shipped / "samples").exists()


@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/", "/admin/articles/picture/add/"])
def test_desk_keeps_the_strict_policy(desk, path):
    build.article()
    page = desk(path)
    assert page.locator("h1").count() == 1


def test_counts_follow_the_typing(desk):
    build.house_style()
    page = desk(reverse("admin:articles_article_add"))
    page.fill("#id_title", "Bến đò cũ")
    page.fill("#id_lead", "Ba chữ thôi")
    assert page.inner_text("#id_title_count") == "9/110 ký tự"
    assert page.inner_text("#id_lead_count") == "11 ký tự · 3/60 chữ"


def test_story_is_written_and_saved_without_script(desk):
    build.house_style()
    page = desk(reverse("admin:articles_article_add"), script=False)
    page.fill("#id_title", "Bến đò cũ")
    page.fill("#id_body", "<p>Đoạn đầu.</p>")
    page.click('[name="_save"]')
    page.wait_for_load_state()
    assert Article.objects.get().body == "<p>Đoạn đầu.</p>"
