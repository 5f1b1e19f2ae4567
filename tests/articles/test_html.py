"""What stays of a body, what goes, and that neither the editor nor time is given more than that."""

import re
import resource
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import (
    ALLOWED,
    EDITOR_ONLY,
    clean_body,
    editor_rules,
    keep_together,
    link_address,
    plain_text,
    print_credit,
)
from articles.renditions import reader_html

SHREDS = [
    *("<p>", "</p>", "<h2>", "</h2>", "&nbsp;", "Ð", "<figure>", "<figcaption>", "<small>", "x", " ", '"', "<", ">"),
    *("&", "<br>", "<b", '<a href="/x">', "</a>", '<td a=">">', "<table>", "\u0301", "a", "<!--", "-->", "&lt;"),
    *(
        "<li>",
        "<ul>",
        "</li>",
        "<tr>",
        "</table>",
        "<caption>",
        "<strong>",
        "</strong>",
        "<div>",
        '<img data-picture="7">',
    ),
    *("</figure>", "<svg>", "</svg>", "<script>", "</script", "\n", "'", "=", "<iframe ", 'class="info-box"', "\u200b"),
]
# Tags as a person or a program writes them: ours, their look-alikes, and what has no place in a story.
NAMES = [
    *ALLOWED,
    "b",
    "i",
    "h1",
    "h5",
    "section",
    "span",
    "font",
    "tfoot",
    "dl",
    "center",
    "o:p",
    "svg",
    "math",
    "form",
]
ATTRIBUTES = [
    *('href="/x/"', "href='https://kia.example/?a=1&amp;b=2'", 'href="javascript:x"', "data-picture=7", 'alt="a > b"'),
    *(
        'class="info-box gallery"',
        "class=MsoNormal",
        'colspan="3"',
        'src="https://player.vimeo.com/video/1"',
        "style='x'",
    ),
    *('title="Ông &lt;b&gt;"', "onclick=x()", 'id="main"'),
]


@st.composite
def elements(draw, children):
    """One element with attributes, now and then without its end."""
    name = draw(st.sampled_from(NAMES))
    attributes = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=3))
    inside = "".join(draw(st.lists(children, max_size=4)))
    end = draw(st.sampled_from([f"</{name}>", f"</{name.upper()} >", f"</{name}>", "", "</p>"]))
    return f"<{' '.join([name, *attributes])}>{inside}{end}"


TEXTS = st.sampled_from(
    ["Chợ ", "phiên", " ", "\n", "&nbsp;", "5 &lt; 7", "Ðà\u0301", "<!-- x -->", "a\u200bb", "&copy"]
)
TREES = st.recursive(TEXTS, elements, max_leaves=25)


def tags_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """The start tags of cleaned HTML, each with its attributes."""
    return [
        (name, dict(re.findall(r' ([a-z-]+)="([^"<>]*)"', attributes)))
        for name, attributes in re.findall(r"<([a-z0-9]+)([^<>]*)>", html)
    ]


def assert_allowed(html: str) -> None:
    for name, attributes in tags_of(html):
        names, classes = ALLOWED[name]
        assert set(attributes) <= names | ({"class"} if classes else set())
        assert set(attributes.get("class", "").split()) <= classes


@settings(deadline=None)
@given(body=st.lists(st.sampled_from(SHREDS)).map("".join))
def test_shreds_settle_at_once_and_into_what_is_allowed(body):
    once = clean_body(body)

    assert clean_body(once) == once
    assert_allowed(once)


@settings(deadline=None)
@given(body=st.lists(TREES, max_size=4).map("".join))
def test_trees_settle_at_once_and_into_what_is_allowed(body):
    once = clean_body(body)

    assert clean_body(once) == once
    assert_allowed(once)


WORDS = st.sampled_from(["một", "hai", "ba", "bốn"])
HOLDING_TEXT = [name for name in NAMES if name not in ("iframe", "svg", "math")]


@settings(deadline=None)
@given(words=st.lists(WORDS, min_size=1), names=st.lists(st.sampled_from(HOLDING_TEXT), min_size=1, max_size=4))
def test_no_word_is_lost_between_tags_of_any_kind(words, names):
    body = "".join(f"<{names[number % len(names)]}>{word} " for number, word in enumerate(words))

    assert sorted(plain_text(clean_body(body)).split()) == sorted(words)


def test_text_is_cleaned_and_markup_is_not():
    body = '<p>TCCSÐ&nbsp; huyện <strong>Ðà</strong> <em>Lạt</em></p><p>&nbsp;</p><p><a href="/chu-de/a--b/">x</a></p>'

    assert clean_body(body) == '<p>TCCSĐ huyện <strong>Đà</strong> <em>Lạt</em></p><p><a href="/chu-de/a--b/">x</a></p>'


def test_addresses_in_attributes_stay_letter_by_letter_and_entities_in_text_are_read():
    href = unicodedata.normalize("NFD", "/tim-kiem/?q=Huế Ð\u200b")
    body = f'<p><a href="{href}">{href}</a>&nbsp;&nbsp;&#272;&shy;à &amp;amp; &lt;b&gt;\ud800</p>'

    assert clean_body(body) == f'<p><a href="{href}">/tim-kiem/?q=Huế Đ</a> Đà &amp;amp; &lt;b&gt;</p>'


def test_named_styles_and_figures_stay_as_they_are():
    body = (
        '<blockquote class="pull-quote"><p>Lời hay.</p><p class="speaker">Bà Mai</p></blockquote>'
        '<div class="info-box"><h3>Con số</h3><ul><li>12 bản</li></ul></div>'
        '<figure class="align-right"><img alt="Bến đò" data-picture="7">'
        "<figcaption>Bến đò. <small>Hoàng Mai</small></figcaption></figure>"
        '<figure><iframe src="https://player.vimeo.com/video/7" title="Chợ"></iframe></figure>'
        "<table><caption>Giá</caption><thead><tr><th>Loại</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"
    )

    assert clean_body(body) == body


@pytest.mark.parametrize(
    ("body", "cleaned"),
    [
        ('<p class="MsoNormal">x</p>', "<p>x</p>"),
        ('<p class="source x" id="main" name="y" style="color:red">x</p>', '<p class="source">x</p>'),
        ("<b>đậm</b> và <i>nghiêng</i>", "<p><strong>đậm</strong> và <em>nghiêng</em></p>"),
        ("<h1>To</h1><h4>Nhỏ</h4>", "<h2>To</h2><h3>Nhỏ</h3>"),
        ("<div>Một</div><div>Hai</div>", "<p>Một</p><p>Hai</p>"),
        ("<section><p>Một</p>Hai</section>", "<p>Một</p><p>Hai</p>"),
        ("Chữ trần<p>x", "<p>Chữ trần</p><p>x</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><td>a<td>b", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<strong>a<p>b</p></strong>", "<p><strong>a</strong></p><p>b</p>"),
        ("5 < 7 và a <b", "<p>5 &lt; 7 và a &lt;b</p>"),
        ("<p>AT&T &amp; &copy; &copy=</p>", "<p>AT&amp;T &amp; © &amp;copy=</p>"),
        ("<figure><figure><figcaption>x</figcaption></figure></figure>", "<figure><figcaption>x</figcaption></figure>"),
        (
            "<table><tr><td><table><tr><td>x</table></table>",
            "<table><tbody><tr><td></td></tr><tr><td>x</td></tr></tbody></table>",
        ),
    ],
)
def test_markup_of_others_becomes_ours(body, cleaned):
    assert clean_body(body) == cleaned


@pytest.mark.parametrize(
    "empty",
    [
        *("<p></p>", "<p>&nbsp;</p>", "<p> <br> </p>", "<p><strong> </strong></p>", "<h2></h2>", "<ul><li></li></ul>"),
        *(
            "<p>\u200b</p>",
            '<p><a href="/x/"></a></p>',
            "<iframe></iframe>",
            '<iframe src="https://kia.example/"></iframe>',
        ),
        *("<figure></figure>", "<figure><figcaption></figcaption></figure>", "<blockquote><p></p></blockquote>"),
        *("<div><div><p></p></div></div>", "<table></table>", "<table><tr></tr></table>", "<p></p>" * 3, "<img>"),
        *('<div class="info-box"></div>', '<figure><img src="/media/a.jpg"></figure>', "<!-- x -->", "<svg>x</svg>"),
    ],
)
def test_shell_that_holds_nothing_goes(empty):
    assert clean_body(empty) == ""
    assert clean_body(f"<p>a</p>{empty}<p>b</p>") == "<p>a</p><p>b</p>"


def test_blank_in_an_empty_mark_goes_on_parting_words():
    assert clean_body("<p>một<strong> </strong>hai</p>") == "<p>một hai</p>"


@pytest.mark.parametrize(
    ("body", "cleaned"),
    [
        (
            '<p>a<img data-picture="7" src="/x.jpg" alt="Đò">b</p>',
            ("<p>a</p>", '<img alt="Đò" data-picture="7">', "<p>b</p>"),
        ),
        (
            '<p><iframe src="https://player.vimeo.com/video/7?autoplay=1" onload="x()"></iframe></p>',
            ("", '<iframe src="https://player.vimeo.com/video/7"></iframe>', ""),
        ),
    ],
)
def test_picture_or_video_outside_a_figure_gets_one(body, cleaned):
    before, media, after = cleaned

    assert clean_body(body) == f"{before}<figure>{media}</figure>{after}"


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "٣", "-1", "²", ""])
def test_picture_with_a_number_that_no_picture_has_goes(number):
    assert clean_body(f'<p>a</p><p><img src="/media/a.jpg" data-picture="{number}"></p>') == "<p>a</p>"


@pytest.mark.parametrize("span", ["0", "-1", "100", "9999999", "1e3", " 2"])
def test_cell_spans_no_more_than_a_table_has(span):
    body = f'<table><tbody><tr><td colspan="{span}" rowspan="2">x</td></tr></tbody></table>'

    assert clean_body(body) == '<table><tbody><tr><td rowspan="2">x</td></tr></tbody></table>'


@pytest.mark.parametrize(
    "address",
    [
        *("/chinh-tri/", "/tim-kiem/?q=a&b=c#x", "https://kia.example", "HTTPS://kia.example/ă", "http://[::1]/"),
        *("mailto:toasoan@bao.example", "tel:+84 219 123", "https://kia.example/a?b=c%20d&copy=1"),
    ],
)
def test_link_to_a_page_a_letter_or_a_call_stays(address):
    assert link_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:x()",
            "JaVaScRiPt:x()",
            " javascript:x()",
            "java\nscript:x()",
            "java\tscript:x()",
            "\x01javascript:x()",
        ),
        *(
            "vbscript:x",
            "data:text/html,x",
            "blob:x",
            "file:///etc/passwd",
            "feed:javascript:x",
            "view-source:x",
            "x:y",
        ),
        *(
            "//kia.example/",
            "/\\kia.example/",
            "\\\\kia.example",
            "/\t/kia.example",
            "https:/kia.example",
        ),
        *("https:kia.example", "https://", "https:///kia.example", "https:\\\\kia.example", "http://[", "http://[::1"),
        *(
            "",
            " ",
            "#",
            "#main",
            "?q=1",
            "trang.html",
            "../a",
            "java\u00adscript:x()",
            "ｊavascript:x()",
            "javascript&colon;x()",
        ),
    ],
)
def test_link_to_anything_else_is_text(address):
    assert link_address(address) == ""
    assert clean_body(f'<p><a href="{address}">chữ</a></p>') == "<p>chữ</p>"


def test_editor_offers_what_the_cleaner_keeps_and_what_it_needs_itself():
    offered = {}
    for rule in editor_rules().split("; "):
        tag, attributes, classes = re.fullmatch(r"(\w+)(?:\[([\w,-]+)\])?(?:\(([\w,-]+)\))?", rule).groups("")
        known = offered.setdefault(tag, (set(), set()))
        known[0].update(filter(None, attributes.split(",")))
        known[1].update(filter(None, classes.split(",")))

    for tag, (attributes, classes) in EDITOR_ONLY.items():
        offered[tag] = (offered[tag][0] - attributes, offered[tag][1] - classes)
    assert offered == ALLOWED


EVERY_ATTRIBUTE = {
    **dict.fromkeys(set().union(*(names for names, _classes in ALLOWED.values())), "2"),
    **{"href": "/x/", "src": "https://player.vimeo.com/video/7", "scope": "col"},
    **{
        "id": "main",
        "name": "x",
        "style": "color:red",
        "onclick": "x()",
        "target": "_top",
        "rel": "opener",
        "dir": "rtl",
    },
    "class": " ".join({"image", "video"}.union(*(classes for _names, classes in ALLOWED.values()))),
}
# Where a tag may stand, and what it has to hold there.
AROUND = {
    "li": "<ul>{}</ul>",
    "figcaption": "<figure>{}</figure>",
    "tr": "<table>{}</table>",
    **dict.fromkeys(("thead", "tbody", "caption"), "<table>{}<tr><td>x</td></tr></table>"),
    **dict.fromkeys(("td", "th"), "<table><tr>{}</tr></table>"),
}
INSIDE = {
    **dict.fromkeys(("thead", "tbody", "table"), "<tr><th>x</th></tr>"),
    **{"tr": "<td>x</td>", "ul": "<li>x", "ol": "<li>x", "figure": "<figcaption>x</figcaption>"},
}


@pytest.mark.parametrize("tag", ALLOWED)
def test_cleaner_keeps_all_that_the_editor_offers_and_no_more(tag):
    attributes = " ".join(f'{name}="{value}"' for name, value in EVERY_ATTRIBUTE.items())
    element = f"<{tag} {attributes}>{INSIDE.get(tag, 'x')}</{tag}>"

    found = dict(reversed(tags_of(clean_body(AROUND.get(tag, "{}").format(element)))))

    names, classes = ALLOWED[tag]
    assert set(found[tag]) == names | ({"class"} if classes else set())
    assert set(found[tag].get("class", "").split()) == classes


# Each would keep a careless parser, or a careless pattern, busy for hours or take all memory.
ENDLESS = {
    "tags in tags": "<div class='info-box'>" * 10_000,
    "lists in lists": "<ul><li>" * 10_000,
    "marks left open": "".join(f"<b id={n}><p>" for n in range(8_000)),
    "links left open": "".join(f"<a href=/{n}/><p>x" for n in range(8_000)),
    "quotes left open": '<a href="' * 100_000,
    "quotes that shift": '<a x="y" z="' * 20_000 + '" <',
    "attributes": "<a " + " ".join(f"a{n}" for n in range(40_000)) + ">x</a>",
    "comments left open": "<!--" * 50_000,
    "scripts left open": "<script>" * 30_000,
    "scripts half closed": "<script></script " * 20_000,
    "drawings": "<svg><math>" * 20_000,
    "tables in tables": "<table><tr><td>" * 10_000,
    "text beside cells": "<table>" + "<b>a</b><tr>" * 8_000,
    "empty marks": "<p>" + "<b> </b>" * 20_000,
    "brackets": "<" * 100_000,
    "entities": "&" * 100_000 + "&#" + "9" * 50_000 + ";",
    "blanks": "<p" + " " * 200_000,
    "numbers": "<p>" + "1-A.2-B/" * 30_000 + "-</p>",
    "five megabytes": f"<p>{'Người lái đò cắm sào đã bốn mươi năm. ' * 40}</p>\n" * 3_300,
}
CLEAN_ALL = """
import django
django.setup()
from articles.html import clean_body, keep_together, plain_text
from tests.articles.test_html import ENDLESS
for name, body in ENDLESS.items():
    cleaned = keep_together(clean_body(body))
    print(name, len(plain_text(cleaned)) <= 8 * len(body))
"""


def test_endless_bodies_end_within_little_memory():
    """A quarter of a gigabyte for all of Python; a parser that is led astray takes ten times that for 100 KB."""
    room = 1_000_000_000
    done = subprocess.run(
        [sys.executable, "-c", CLEAN_ALL],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (room, room)),
    )

    assert done.stdout.splitlines() == [f"{name} True" for name in ENDLESS], done.stderr


def test_nesting_ends_and_text_does_not():
    cleaned = clean_body("<div class='info-box'>" * 10_000 + "chữ" + "</div>" * 10_000)

    assert plain_text(cleaned) == "chữ"
    assert cleaned.count("<div") <= 30


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


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Chỉ thị số 05-CT/TW, 12/2026/NĐ-CP.", ["05-CT/TW", "12/2026/NĐ-CP"]),
        ("nhiệm kỳ 2026 - 2031", ["2026 - 2031"]),
        ("1.234,5 km và 40 ha", ["1.234,5 km", "40 ha"]),
        ("02/07/2026, 7-10 ngày", []),
    ],
)
def test_what_belongs_together_stands_on_one_line(text, held):
    assert re.findall(r'<span class="unbroken">(.*?)</span>', keep_together(f"<p>{text}</p>")) == held
