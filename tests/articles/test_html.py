import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.html import ALLOWED, clean_body, editor_rules, plain_text, print_credit
from articles.renditions import reader_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="//foreign.example/x">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<iframe src="https://foreign.example/"></iframe>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p style="position:fixed" onclick="alert(1)">x</p>',
    '<img src="https://foreign.example/pixel.gif">',
    '<img src="/media/../../etc/passwd">',
    "<style>body{display:none}</style>",
    '<form action="/admin/"><input name=x></form>',
]

SHREDS = [
    *("<p>", "</p>", "<h2>", "</h2>", "&nbsp;", "Ð", "<figure>", "<figcaption>", "<small>", "x", " ", '"', "<", ">"),
    *("&", "<br>", "<b", '<a href="/x">', "</a>", '<td a=">">', "<table>", "\u0301", "a", "<!--", "-->", "&lt;"),
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_body_leaves_nothing_that_runs_or_calls(body):
    cleaned = clean_body(body)

    for sign in ("script", "onerror", "onclick", "style", "foreign.example", "<form", "<svg", "passwd", "<iframe"):
        assert sign not in cleaned


@given(body=st.lists(st.sampled_from(SHREDS)).map("".join))
def test_cleaning_twice_gives_what_cleaning_once_gives(body):
    once = clean_body(body)

    assert clean_body(once) == once


def test_text_is_cleaned_and_markup_is_not():
    body = '<p>TCCSÐ&nbsp; huyện <strong>Ðà</strong> <em>Lạt</em></p><p>&nbsp;</p><p><a href="/chu-de/a--b/">x</a></p>'

    assert clean_body(body) == '<p>TCCSĐ huyện <strong>Đà</strong> <em>Lạt</em></p><p><a href="/chu-de/a--b/">x</a></p>'


def test_addresses_in_attributes_stay_letter_by_letter_and_entities_in_text_are_read():
    href = unicodedata.normalize("NFD", "/tim-kiem/?q=Huế Ð\u200b")
    body = f'<p><a href="{href}">{href}</a>&nbsp;&nbsp;&#272;&shy;à &amp;amp; &lt;b&gt;\ud800</p>'

    assert clean_body(body) == f'<p><a href="{href}">/tim-kiem/?q=Huế Đ</a> Đà &amp;amp; &lt;b&gt;</p>'


def test_named_styles_and_figures_stay():
    body = (
        '<blockquote class="pull-quote"><p>Lời hay.</p><p class="speaker">Bà Mai</p></blockquote>'
        '<div class="info-box"><h3>Con số</h3><ul><li>12 bản</li></ul></div>'
        '<figure class="align-right"><img data-picture="7" src="/media/7-0a/full.jpg" alt="Bến đò">'
        "<figcaption>Bến đò. <small>Hoàng Mai</small></figcaption></figure>"
    )

    assert plain_text(clean_body(body)) == plain_text(body)
    for kept in ("pull-quote", "speaker", "info-box", "align-right", 'data-picture="7"', "<small>"):
        assert kept in clean_body(body)


def test_unknown_class_goes():
    assert clean_body('<p class="MsoNormal">x</p>') in ("<p>x</p>", '<p class="">x</p>')


def test_editor_offers_what_the_cleaner_keeps():
    offered = {rule.split("[")[0].split("(")[0] for rule in editor_rules().split("; ")}

    assert offered == set(ALLOWED)


@pytest.mark.parametrize(
    ("credit", "printed"),
    [
        ("Trường Khanh", "Ảnh: Trường Khanh."),
        ("Ảnh tư liệu", "Ảnh tư liệu"),
        ("P.V.", "Ảnh: P.V."),
        ("", ""),
    ],
)
def test_credit_prints_a_name_or_a_kind(credit, printed):
    assert print_credit(credit) == printed


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        ("<figcaption>Bến đò. <small>Hoàng Mai</small></figcaption>", "Bến đò. Ảnh: Hoàng Mai."),
        ("<figcaption><small>Ảnh tư liệu</small></figcaption>", "Ảnh tư liệu"),
        ("<figcaption>Bến đò.</figcaption>", "Bến đò."),
    ],
)
def test_figure_without_a_file_prints_caption_and_credit(inside, printed):
    assert plain_text(reader_html(f"<figure>{inside}</figure>", {})) == printed


def test_foreign_link_carries_rel_and_own_link_does_not():
    body = '<p><a href="https://foreign.example/">x</a> <a href="/chu-de/che/">y</a></p>'

    assert reader_html(body, {}) == (
        '<p><a href="https://foreign.example/" rel="noopener nofollow">x</a> <a href="/chu-de/che/">y</a></p>'
    )


def test_wide_table_scrolls_inside_itself_and_says_what_it_is():
    html = reader_html("<table><caption>Giá &amp; sản lượng</caption><tbody><tr><td>1</td></tr></tbody></table>", {})

    assert html.startswith('<div class="table-scroll" role="region" tabindex="0" aria-label="Giá &amp; sản lượng">')


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "٣", "-1", "²"])
def test_picture_with_a_number_that_no_picture_has_loses_the_number(number):
    assert "data-picture" not in clean_body(f'<p><img src="/media/a.jpg" data-picture="{number}"></p>')
