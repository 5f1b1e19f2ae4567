"""Any string is a question; marks in the answer fall on what was asked."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.search import QUERY_LIMIT, WORDS_LIMIT, best, find, marked, read, snippet, syllables
from articles.search.marking import best_snippet

from .. import build

AWKWARD = [
    "", " ", '"', '""', "'", "*", "a*", "NEAR", "NEAR(a b)", "a AND b", "OR", "NOT x", "title:bến", "{title} : a", "^a",
    "\x00", "a\x00b", "-", "--", "()", "(((", "; DROP TABLE x", "%", "%s", "\\", "😀", "😀 bến", "½", "e\u0306", "¶",
    "“bến", "bến”", '"bến', "a" * 4000, "bến " * 800, "…!?", "ﬁ", "\ud800", "|", "=", "a|b", "{}", "<b>", "%(x)s",
]  # fmt: skip


@given(st.text(max_size=400))
def test_any_text_makes_a_question_within_its_limits(text):
    question = read(text)

    assert len(question.phrase.folded) <= WORDS_LIMIT
    assert all(len(term.folded) == len(term.strict) > 0 for term in question.terms)
    assert all(key.isalnum() and key.lower() == key for key in syllables(text))


@given(st.text(max_size=80), st.text(max_size=80))
def test_marks_add_nothing_and_lose_nothing(text, query):
    plain = marked(text, query).replace("<mark>", "").replace("</mark>", "")

    assert plain == marked(text, "")


@pytest.mark.django_db
@pytest.mark.parametrize("query", AWKWARD)
def test_any_query_is_answered(client, query):
    build.article()

    assert client.get("/tim-kiem/", {"q": query.encode("utf-8", "replace")}).status_code in (200, 414)
    assert client.get("/tim-kiem/", {"q": query[:900].encode("utf-8", "replace"), "sap_xep": "moi"}).status_code == 200
    best(read(query), Article.objects.published())
    list(find(query, Article.objects.published()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["chuyen_muc", "tac_gia", "the", "an_pham", "tu", "den", "sap_xep", "trang"])
@pytest.mark.parametrize("value", ["\x00", "x", "-1", "99999999999999999999", "01/01/0001", "31/12/9999", "😀"])
def test_any_filter_is_answered(client, name, value):
    build.article(title="Bến đò")

    for order in ("khop", "moi"):
        address = {"q": "bến", "sap_xep": order, name: value}
        assert client.get("/tim-kiem/", address).status_code == 200


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("bến vân", [("ben",), ("van",)]),
        ('"bến vân" hà', [("ben", "van"), ("ha",)]),
        ("“bến vân”", [("ben", "van")]),
        ("số 05-CT/TW", [("so",), ("05", "ct", "tw")]),
        ("Kon-Tum", [("kon",), ("tum",)]),
        ("bến Bến bến", [("ben",)]),
    ],
)
def test_query_is_taken_apart(query, terms):
    assert [term.folded for term in read(query).terms] == terms


def test_query_is_cut():
    assert QUERY_LIMIT == 200
    assert len(read("một hai ba bốn " * 20).phrase.folded) <= WORDS_LIMIT


def test_phrase_is_marked_whole_and_nowhere_else():
    text = "Bến cũ, cầu Bến Vân và vân đá"

    assert marked(text, '"ben van"') == "Bến cũ, cầu <mark>Bến Vân</mark> và vân đá"


def test_snippet_is_cut_around_the_words_in_their_true_spelling():
    text = "mở đầu " * 40 + "đến Đảng bộ xã " + "kết thúc " * 40

    assert "<mark>Đảng bộ</mark>" in snippet(text, "dang bo")
    assert snippet(text, "dang bo").startswith("…")
    assert best_snippet(["Không có gì.", "Về Đảng bộ."], "dang bo") == "Về <mark>Đảng bộ</mark>."


@pytest.mark.django_db
def test_results_are_counted_by_section_and_year(client):
    build.article(title="Bến đò", section=build.section("Kinh tế"), published_at=datetime(2024, 7, 2, tzinfo=UTC))
    build.article(title="Bến xe", section=build.section("Xã hội"))

    html = client.get("/tim-kiem/", {"q": "bến"}).content.decode()

    assert re.search(r'chuyen_muc=kinh-te"[^>]*>Kinh tế <span>1</span>', html)
    assert re.search(r'tu=01%2F01%2F2024&amp;den=31%2F12%2F2024"[^>]*>2024 <span>1</span>', html)
