"""Text from other programs, through the editor in a real browser, and through the cleaner alone."""

import re

import pytest

from articles.html import clean_body
from articles.models import Article
from tests.desk_editor import PASTED, draft, open_editor, squeezed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROGRAMS = ["word", "docs", "libreoffice", "web"]
NOT_OURS = re.compile(
    r"style=|class=|id=|<span|<font|<div|<o:|<st1|mso|Mso|<!|<b>|<i>|<h1|<h4|<img|<svg|<button|<script|onclick|"
    r"onerror|file:|data:|google|javascript|width=|chữ ẩn|Thích"
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_text_from_another_program_comes_out_clean(visit, program):
    editor = open_editor(visit)

    pasted = squeezed(editor.paste_over((PASTED / f"{program}.html").read_text()))

    assert NOT_OURS.findall(pasted) == []
    for kept in (
        "<h2>Phù Hạ vào vụ cam</h2>",
        "<p><strong>Phù Hạ</strong> có <em>hơn 120</em> héc-ta cam, diện tích 15 m<sup>2</sup> một gốc.</p>",
        "Ba việc trước mùa</h",
        "<li>Phân chuồng hoai</li></ul></li><li>Dựng <u>hàng rào</u></li></ul>",
        "<ol><li>Tháng Mười</li>",
        "<td>Cam sành</td><td>20.000 đồng</td>",
        '<p>Xem thêm ở <a href="https://binhnguyen.example/cam">trang của xã</a>.</p>',
    ):
        assert kept in pasted
    assert editor.news == "1 ảnh không được đưa vào bài; hãy tải ảnh lên kho ảnh."
    assert clean_body(pasted) == pasted


def test_what_was_pasted_is_what_is_saved(visit):
    story = draft()
    editor = open_editor(visit, story)

    pasted = editor.paste_over((PASTED / "word.html").read_text())
    editor.save()

    assert squeezed(Article.objects.get(pk=story.pk).body) == squeezed(pasted)


# What is pasted -> what the text then is.
BITS = {
    "<div>Một</div><div><b>Hai</b></div>": "<p>Một</p><p><strong>Hai</strong></p>",
    "Một<br><br>Hai<br>Ba": "<p>Một</p><p>Hai<br />Ba</p>",
    "<p>Một<br><br>Hai</p>": "<p>Một</p><p>Hai</p>",
    "<h1><b>Tít</b></h1><h5>Nhỏ</h5>": "<h2>Tít</h2><h3>Nhỏ</h3>",
    '<p><a href="/chinh-tri/">Mục</a> <a href="#top">lên</a></p>': '<p><a href="/chinh-tri/">Mục</a> lên</p>',
    "<p>Chữ <del>bỏ</del> <ins>thêm</ins></p>": "<p>Chữ <s>bỏ</s> <u>thêm</u></p>",
    "<section><article>Một</article><pre>Hai</pre></section>": "<p>Một</p><p>Hai</p>",
    "<p>Chữ</p><template><p>x</p></template><noscript><p>y</p></noscript>": "<p>Chữ</p>",
    '<p data-cke-filter="off" data-widget="image" onclick="x()">Chữ</p>': "<p>Chữ</p>",
}


def test_bits_of_pages(visit):
    editor = open_editor(visit)

    assert {pasted: squeezed(editor.paste_over(pasted)) for pasted in BITS} == BITS


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,iVBORw0KGgo=", "blob:http://x/1", "file:///C:/a.png", "/a.png"]
)
def test_picture_inside_pasted_text_never_stays(visit, source):
    editor = open_editor(visit)

    pasted = editor.paste_over(f'<p>Chữ <img src="{source}" data-picture="1"></p>')

    assert squeezed(pasted) == "<p>Chữ</p>"
    assert editor.news == "1 ảnh không được đưa vào bài; hãy tải ảnh lên kho ảnh."


def test_figure_copied_within_the_editor_keeps_its_credit(visit):
    body = (
        '<p>Một</p><figure class="align-right"><img data-picture="7" alt="Đò">'
        "<figcaption>Đò. <small>Hà My</small></figcaption></figure><p>Hai</p>"
    )
    editor = open_editor(visit, draft(body))

    editor.text.locator("figure img").click()
    editor.page.keyboard.press("Control+x")
    editor.until(lambda: "figure" not in editor.data)
    editor.click_into("Hai")
    editor.page.keyboard.press("End")
    editor.page.keyboard.press("Control+v")
    editor.until(lambda: "figure" in editor.data)

    assert squeezed(clean_body(editor.data)) == squeezed(
        '<p>Một</p><p>Hai</p><figure class="align-right"><img alt="Đò" data-picture="7">'
        "<figcaption>Đò. <small>Hà My</small></figcaption></figure>"
    )
