import json

import pytest
from django.utils import timezone

from articles.dates import DateForm
from articles.importing.fields import SourceError
from articles.importing.source import SIZE_LIMIT, read_page, split_prefix


def document(**changes) -> dict:
    """A page of a paper that prints everything; `changes` replace its fields, None as null."""
    return {
        "source": "kho-cu",
        "source_id": "1",
        "paper": {"name": "Báo Thượng Ngàn", "code": "BTN", "style": "2020"},
        "section": "Xã hội",
        "series": "Giữ nước cho những thôn cao",
        "title": "Khi người dân tự định giá nước",
        "date_line": "Thứ Năm, 10/09/2020, 14:35 (GMT+7)",
        "published_at": "2020-09-10T14:35:00+07:00",
        "date_precision": "minute",
        "lead_prefix": "BTN -",
        "lead": "Cả thôn họp ba buổi.",
        "body": [
            {"type": "heading", "level": 3, "text": "Sổ nước"},
            {"type": "paragraph", "text": "Hộ có người già yếu được giảm một nửa."},
            {"type": "figure", "caption": "Vệ sinh bể lọc.", "credit": "Kim Thoa"},
        ],
        "byline_text": "Bài, ảnh: Kim Thoa",
        "credits": [{"name": "Kim Thoa", "roles": ["text", "photo"]}],
        "tags": ["nước sạch"],
        "share": True,
        "share_label": "Chia sẻ bài viết",
        "comments": {"heading": "Ý kiến", "form": True, "form_heading": "Viết", "fields": ["Tên:"], "empty_text": "…"},
        "blocks": [{"heading": None, "items": [{"title": "Cá tầm về suối", "teaser": "Năm hộ dân…"}]}],
        "known_faults": [],
        "site_clock": "Thứ hai, 17/06/2024, 09:05 [GMT+7]",
    } | changes


def read(**changes):
    return read_page(json.dumps(document(**changes)).encode())


def field_refused(**changes) -> str:
    """The field that is named when a document with these changes is refused; a reason always stands with it."""
    with pytest.raises(SourceError) as refusal:
        read(**changes)
    assert refusal.value.reason.endswith(".")
    return refusal.value.field


def changed(path: str, value) -> dict:
    """The change that puts a value at a place such as body[1].text."""
    whole, last = document(), path.replace("[", ".").replace("]", "").split(".")
    place = whole
    for step in last[:-1]:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last[-1]) if isinstance(place, list) else last[-1]] = value
    return {path.split(".")[0].split("[")[0]: whole[path.split(".")[0].split("[")[0]]}


def test_page_with_all_fields_is_read_without_complaint():
    page = read()
    assert (page.title, page.paper.code, page.date_form) == (
        "Khi người dân tự định giá nước",
        "BTN",
        DateForm.WEEKDAY_ZONE,
    )
    assert [(part.kind, part.level, part.text, part.credit) for part in page.body] == [
        ("heading", 3, "Sổ nước", ""),
        ("paragraph", 2, "Hộ có người già yếu được giảm một nửa.", ""),
        ("figure", 2, "Vệ sinh bể lọc.", "Kim Thoa"),
    ]
    assert (page.comments.name_label, page.comments.email_label) == ("Tên:", "")
    assert page.notes == []


def test_smallest_page_is_read():
    small = {"source": "s", "source_id": "1", "paper": {"name": "Báo Hạ Lũng"}, "section": "Văn hóa", "title": "Chợ"}
    page = read_page(json.dumps(small | {"body": [{"type": "paragraph", "text": "Họp."}]}).encode("utf-8-sig"))
    assert (page.published_at, page.date_precision, page.comments, page.blocks) == (None, "unknown", None, [])


@pytest.mark.parametrize("field", ["source", "source_id", "paper", "section", "title", "body"])
@pytest.mark.parametrize("how", ["missing", "null", "blank"])
def test_needed_field_without_a_value_is_named(field, how):
    whole = document()
    whole[field] = None if how == "null" else ([] if field == "body" else {} if field == "paper" else " \u200b ")
    if how == "missing":
        del whole[field]
    with pytest.raises(SourceError) as refusal:
        read_page(json.dumps(whole).encode())
    assert refusal.value.field == ("paper.name" if (field, how) == ("paper", "blank") else field)


WRONG = {"text": 7, "flag": "yes", "list": "x", "object": ["x"]}


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        *((name, "text") for name in ("source", "source_id", "section", "series", "title", "date_line", "lead")),
        *((name, "text") for name in ("published_at", "lead_prefix", "byline_text", "share_label", "date_precision")),
        *((f"paper.{name}", "text") for name in ("name", "code", "style")),
        *((name, "list") for name in ("body", "credits", "tags", "blocks", "blocks[0].items", "credits[0].roles")),
        *((name, "object") for name in ("paper", "comments", "body[1]", "credits[0]", "blocks[0]")),
        ("blocks[0].items[0]", "object"),
        *((f"body[1].{name}", "text") for name in ("type", "text")),
        *((f"body[2].{name}", "text") for name in ("caption", "credit")),
        ("body[0].level", "flag"),
        *((name, "text") for name in ("credits[0].name", "tags[0]", "comments.fields[0]", "credits[0].roles[0]")),
        *((f"comments.{name}", "text") for name in ("heading", "form_heading", "empty_text")),
        *((name, "flag") for name in ("share", "comments.form")),
        ("comments.fields", "list"),
        *((f"blocks[0].items[0].{name}", "text") for name in ("title", "teaser", "lead_prefix")),
        ("blocks[0].heading", "text"),
    ],
)  # fmt: skip
def test_value_of_a_wrong_type_is_refused_with_its_place(path, wrong):
    assert field_refused(**changed(path, WRONG[wrong])) == path


@pytest.mark.parametrize("level", [1, 4, 2.0, True, "2"])
def test_heading_of_another_level_is_refused(level):
    assert field_refused(**changed("body[0].level", level)) == "body[0].level"


def test_part_of_an_unknown_kind_is_refused():
    assert field_refused(body=[{"type": "script", "text": "x"}]) == "body[0].type"
    assert field_refused(body=[{"text": "x"}]) == "body[0].type"


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("title", 300),
        ("section", 150),
        ("series", 150),
        ("source", 60),
        ("source_id", 200),
        ("paper.code", 12),
        ("paper.style", 40),
        ("lead_prefix", 30),
        ("byline_text", 300),
        ("tags[0]", 150),
        ("share_label", 60),
        ("comments.heading", 60),
        ("comments.empty_text", 120),
    ],
)
def test_text_that_fits_no_column_is_refused(path, limit):
    assert field_refused(**changed(path, "ấ" * (limit + 1))) == path
    read(**changed(path, "ấ" * limit))


def test_name_whose_key_fits_no_column_is_refused():
    assert field_refused(tags=["\ufdfa" * 100]) == "tags[0]"


@pytest.mark.parametrize(
    "time",
    ["10/09/2020", "2020-13-01T00:00:00+07:00", "2020-09-10T25:00:00+07:00", "hôm qua", "0001-01-01T00:00:00+07:00",
     "9999-12-31T23:59:59-12:00", "2020-02-30", "2099-01-01T00:00:00+07:00"],
)  # fmt: skip
def test_time_that_cannot_be_is_refused(time):
    assert field_refused(published_at=time, date_line=None) == "published_at"


def test_time_without_a_zone_is_that_of_ha_noi():
    page = read(published_at="2020-09-10T14:35:00")
    assert timezone.localtime(page.published_at).isoformat() == "2020-09-10T14:35:00+07:00"


@pytest.mark.parametrize(
    "line", ["10/09/2020, 14:35", "Thứ năm, 10/09/2020, 14:35 (GMT+7)", "Thứ Sáu, 10/09/2020, 14:35 (GMT+7)"]
)
def test_date_line_that_no_form_prints_is_refused(line):
    assert field_refused(date_line=line) == "date_line"


def test_time_and_precision_must_agree():
    assert field_refused(published_at=None) == "published_at"
    assert field_refused(date_precision="unknown") == "date_precision"
    assert field_refused(date_precision="second") == "date_precision"
    assert field_refused(published_at=None, date_precision="unknown") == "date_line"


def test_unknown_keys_are_left_out_with_a_warning():
    page = read(views=12, comments={"heading": "Ý kiến", "form": True, "captcha": 1})
    assert [note.rsplit(" ", 1)[1] for note in page.notes] == ["comments.captcha.", "views."]


def test_key_that_stands_twice_is_refused():
    with pytest.raises(SourceError) as refusal:
        read_page(b'{"title": "A", "title": "B"}')
    assert refusal.value.field == "title"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'"title"',
        b"[]",
        b"null",
        '{"title": "Chợ"}'.encode("utf-16"),
        '{"title": "Chợ phiên"}'.encode("cp1258", "replace"),
        b'{"title": "a\x00b"}',
        b"[" * 200_000,
        b'{"title": ' + b"9" * 6000 + b"}",
        b"\x89PNG\r\n\x1a\n",
        b" " * 10_000_000,
    ],
    ids=["empty", "cut", "text", "list", "null", "utf16", "cp1258", "nul", "deep", "number", "picture", "10MB"],
)
def test_file_that_is_no_page_is_refused(data):
    with pytest.raises(SourceError) as refusal:
        read_page(data)
    assert refusal.value.reason.endswith(".")


def test_story_just_under_the_limit_of_size_is_read():
    sentence = "Nước về bản. "
    text = sentence * ((SIZE_LIMIT - 4000) // len(sentence.encode()))
    page = read_page(json.dumps(document(body=[{"type": "paragraph", "text": text}]), ensure_ascii=False).encode())
    assert page.body[0].text == text.strip()


def test_text_is_cleaned_on_its_way_in():
    page = read(
        title="QLNC\u00d0  ở\u00a0huyện\u0000",
        body=[{"type": "paragraph", "text": "tạo nên \u00a0thói\u200b quen \ud800"}],
    )
    assert (page.title, page.body[0].text) == ("QLNCĐ ở huyện", "tạo nên thói quen")


def test_faults_of_copied_pages_are_mended():
    figure = {"type": "figure", "caption": "Đọc sách.", "credit": None}
    texts = ["\u00a0", "Đọc sách.", ".", "Còn lại.", "Đọc sách."]
    body = [figure, *({"type": "paragraph", "text": text} for text in texts)]
    page = read(body=body, byline_text="Bài, ảnh: Kim ThoaTAG:")
    assert [(part.kind, part.text) for part in page.body] == [
        ("figure", "Đọc sách."),
        ("paragraph", "Còn lại."),
        ("paragraph", "Đọc sách."),
    ]
    assert page.byline == "Bài, ảnh: Kim Thoa"
    assert len(page.notes) == 3


@pytest.mark.parametrize(
    ("prefix", "lead", "split"),
    [
        ("BTN -", "Cả thôn họp.", ("BTN -", "Cả thôn họp.")),
        ("BTN -", "BTN - Cả thôn họp.", ("BTN -", "Cả thôn họp.")),
        ("", "(BTN) - Cả thôn họp.", ("(BTN) -", "Cả thôn họp.")),
        ("", "BTN - Cả thôn họp.", ("BTN -", "Cả thôn họp.")),
        ("", "Thôn cao - nơi họp.", ("", "Thôn cao - nơi họp.")),
        ("", "BTN -Cả thôn họp.", ("", "BTN -Cả thôn họp.")),
    ],
)
def test_prefix_is_split_off_the_lead_and_never_doubled(prefix, lead, split):
    assert split_prefix(prefix, lead, "BTN") == split


def test_prefix_without_a_lead_is_refused():
    assert field_refused(lead=None) == "lead_prefix"


def test_block_of_too_many_stories_is_refused():
    assert field_refused(blocks=[{"items": [{"title": f"Tin {n}"} for n in range(31)]}]) == "blocks[0].items"
