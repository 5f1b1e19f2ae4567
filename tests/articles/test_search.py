"""Words are found with and without marks, whole, and shown as the writer spelt them."""

import unicodedata

import pytest

from articles.models import Article
from articles.search import QUERY_LIMIT, WORDS_LIMIT, find, marked, snippet, syllables

from .. import build


def found(query: str) -> set[str]:
    return set(find(query, Article.objects.published()).values_list("title", flat=True))


@pytest.fixture
def archive(db):
    build.article(title="Xây dựng Đảng ở Na Phèo", lead="", body="<p>Chi bộ họp.</p>")
    build.article(title="Anh nông dân Kỳ Anh", lead="", body="<p>Ruộng bậc thang.</p>")
    build.article(title="Học tập Chỉ thị 05-CT/TW", lead="Kết luận 13-KL/TU.", body="<p>Đề án 04-ĐA/TU.</p>")
    build.article(title="Hòa Bình đón khách", lead="", body="<p>Kỹ sư thủy lợi.</p>")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Xây dựng Đảng", "Xây dựng Đảng ở Na Phèo"),
        ("xay dung dang", "Xây dựng Đảng ở Na Phèo"),
        ("XAY DUNG ĐANG", "Xây dựng Đảng ở Na Phèo"),
        ("dang xay dung", "Xây dựng Đảng ở Na Phèo"),
        (unicodedata.normalize("NFD", "xây dựng đảng"), "Xây dựng Đảng ở Na Phèo"),
        ("xây dựng \u00d0ảng", "Xây dựng Đảng ở Na Phèo"),
        ("xây\u200b dựng\u00a0đảng", "Xây dựng Đảng ở Na Phèo"),
        ("ruong bac thang", "Anh nông dân Kỳ Anh"),
        ("ki anh", "Anh nông dân Kỳ Anh"),
        ("hoà bình", "Hòa Bình đón khách"),
        ("kĩ sư thuỷ lợi", "Hòa Bình đón khách"),
        ("05-CT/TW", "Học tập Chỉ thị 05-CT/TW"),
        ("05 ct tw", "Học tập Chỉ thị 05-CT/TW"),
        ("13-kl/tu", "Học tập Chỉ thị 05-CT/TW"),
        ("04-ĐA/TU", "Học tập Chỉ thị 05-CT/TW"),
        ("“na phèo”, (đảng)!", "Xây dựng Đảng ở Na Phèo"),
    ],
)
def test_story_is_found_however_its_words_are_typed(archive, query, title):
    assert found(query) == {title}


@pytest.mark.parametrize("query", ["nh", "dun", "hoa binhh", "05-CT/TU-TW2", "5-CT", "xay dung cau", "n"])
def test_part_of_a_syllable_and_a_missing_word_find_nothing(archive, query):
    assert found(query) == set()


def test_an_does_not_find_anh(db):
    build.article(title="An toàn mùa lũ", lead="", body="<p>Nước lên.</p>", by=None)
    build.article(title="Anh về", lead="", body="<p>Chiều nay.</p>", by=None)

    assert found("an") == {"An toàn mùa lũ"}
    assert found("anh") == {"Anh về"}


@pytest.mark.parametrize("query", ["", "   ", "*", "%", "_", "?!…", "😀", "\x00", "\u0301"])
def test_query_without_a_letter_finds_nothing(archive, query):
    assert syllables(query) == []
    assert found(query) == set()


def test_every_searched_part_of_a_story_is_found(db):
    article = build.article(
        title="Bến đò",
        kicker="Phóng sự",
        lead="Chuyến cuối.",
        body="<p>Người <strong>lái</strong> đò.</p>",
        by="Hoàng Mai",
        series=build.series("Giữ rừng"),
        tags=[build.tag("nông thôn mới")],
    )

    for query in ("bến đò", "phóng sự", "chuyến cuối", "người lái đò", "hoàng mai", "giữ rừng", "nông thôn mới"):
        assert find(query, Article.objects.all()).get() == article


@pytest.mark.parametrize("query", ["strong", "figure", "data", "p"])
def test_markup_of_a_body_is_not_searched(db, query):
    build.article(body='<p>Người <strong>lái</strong> đò.</p><figure><img data-picture="1" alt="x"></figure>')

    assert found(query) == set()


def test_query_is_cut_to_its_first_letters():
    query = "ba " * 100 + "bon"

    assert len(query) > QUERY_LIMIT
    assert syllables(query) == ["ba"]
    assert len(" ".join(syllables("x" * 5000))) <= QUERY_LIMIT


def test_only_the_first_different_syllables_are_asked_for():
    assert syllables(" ".join(f"a{number}" for number in range(40))) == [f"a{number}" for number in range(WORDS_LIMIT)]
    assert syllables("đò Đò dò do") == ["do"]


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Xây dựng Đảng", "xay dung", "<mark>Xây dựng</mark> Đảng"),
        ("Xây dựng Đảng", "đảng", "Xây dựng <mark>Đảng</mark>"),
        ("Kỳ Anh và anh", "anh", "Kỳ <mark>Anh</mark> và <mark>anh</mark>"),
        ("Chỉ thị 05-CT/TW mới", "05-ct/tw", "Chỉ thị <mark>05-CT/TW</mark> mới"),
        ("Ngô & <b>khoai</b>", "khoai", "Ngô &amp; &lt;b&gt;<mark>khoai</mark>&lt;/b&gt;"),
        ("Ngô & <b>khoai</b>", "b", "Ngô &amp; &lt;<mark>b</mark>&gt;khoai&lt;/<mark>b</mark>&gt;"),
        ("amp & lt", "amp lt", "<mark>amp</mark> &amp; <mark>lt</mark>"),
        ("Bến {đò} %s", "do", "Bến {<mark>đò</mark>} %s"),
        ("Hòa Bình", "hoà", "<mark>Hòa</mark> Bình"),
        ("Bến đò", "", "Bến đò"),
        ("", "đò", ""),
    ],
)
def test_words_of_a_query_are_marked_as_the_writer_spelt_them(text, query, shown):
    assert marked(text, query) == shown


LONG = " ".join(f"từ{number}" for number in range(100))


def test_snippet_of_a_short_text_is_all_of_it():
    assert snippet("Người lái đò & <em>con</em> đò", "đò") == (
        "Người lái <mark>đò</mark> &amp; &lt;em&gt;con&lt;/em&gt; <mark>đò</mark>"
    )


def test_snippet_of_a_long_text_stands_around_the_word():
    shown = snippet(LONG, "tu50")

    assert shown.startswith("…từ38 ")
    assert shown.endswith(" từ73…")
    assert shown.count("<mark>từ50</mark>") == 1


def test_snippet_without_the_word_is_the_beginning():
    assert snippet(LONG, "khongco").startswith("từ0 từ1 ")
    assert snippet(LONG, "tu99").endswith("<mark>từ99</mark>")
