"""Slips that a rule can see, and texts in which it must see none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.proofreading import repeated, slips
from newsroom.demo.stories import all_stories
from tests import source_pages


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ('Triển lãm "Nét nổi bật mở cửa', "quotation", '"Nét nổi bật'),
        ("Ông nói: “Được rồi.", "quotation", "“Được rồi."),
        ("giỏi lý luận, chuyên môn”.", "quotation", "lý luận, chuyên môn”."),
        ("nhân điển hình tiến tiến của xã", "twice", "nhân điển hình tiến tiến"),
        ("Các các xã đã họp", "twice", "Các các"),
        ("nâng cao  năng lực", "blanks", "cao năng"),
        ("họp ở \u00d0ồng Tháp", "look_alike", "\u00d0ồng"),
    ],
)
def test_slip_is_seen_with_its_words(text, kind, words):
    assert slips([text]) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Bà con luôn luôn nhớ, ngày ngày ra đồng, người người thi đua.",
        "Người lái đò ở lại bến Bến Vân.",
        'Ông bảo: "Được", rồi đi. Bà nói “vâng” và «xong».',
        "Màn hình 32\" bán chạy nhất, lúc 13:58'.",
        "“Anh nói ‘thôi’ rồi”, chị kể.",
        "Đồng Tháp đón lũ, giá 1.234.567 đồng; 15 15 là tỷ số hai hiệp.",
        "",
    ],
)
def test_clean_text_brings_none(text):
    assert slips([text]) == []


def test_quotation_of_several_paragraphs_opens_in_each_and_closes_in_the_last():
    assert slips(["Ông viết: “Một.", "“Hai.", "“Ba.”"]) == []
    assert [slip.kind for slip in slips(["Ông viết: “Một.", "“Hai.", "Ba."])] == ["quotation"]


def test_caption_told_twice_is_found_in_any_spelling():
    assert repeated(["Lễ hội hoà bình ở xã", "Khác", "Lễ hội hòa bình, ở xã.", "ngắn", "ngắn"]) == [
        "Lễ hội hoà bình ở xã"
    ]


def test_stories_of_the_demo_have_no_slips():
    texts = [
        [story["title"], story["lead"], *(block["text"] for block in story["body"] if block["type"] == "paragraph")]
        for story in all_stories()
    ]
    assert [slip for paragraphs in texts for slip in slips(paragraphs)] == []


def test_faults_listed_of_the_source_pages_are_seen_and_no_others():
    seen = {}
    for path in sorted(source_pages.GIVEN.glob("*.json")):
        page = json.loads(path.read_text())
        texts = [page["title"], page["lead"] or "", *(part.get("text") or part["caption"] for part in page["body"])]
        seen[path.stem] = sorted(slip.kind for slip in slips(texts))

    if seen:
        assert seen == {
            "a-vinh-phuc": ["quotation"],
            "b-ha-giang": ["blanks", "twice"],
            "c-dong-khoi": [],
            "d-tam-dao": ["look_alike"],
            "e-lai-chau": ["quotation"],
        }


@given(st.lists(st.text()))
def test_no_text_breaks_the_rules(paragraphs):
    assert all(slip.words for slip in slips(paragraphs))
    assert set(repeated(paragraphs)) <= set(paragraphs)
