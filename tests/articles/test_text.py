import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import clean, fold, one_line, slugify, sort_key, sort_key_of_person, strict

# Any string that Python can hold, and strings thick with what Vietnamese is made of.
ANY = st.one_of(
    st.text(),
    st.text(alphabet="aăâeêioôơuưyđĐÐbhkqt òóỏõọàáảãạ\u0300\u0301\u0302\u0306\u031b\u0323\u200b\u00a0\u00ad\n-/&;#"),
    st.text(alphabet=st.characters()),
)


@pytest.mark.parametrize("function", [clean, one_line, strict, fold, slugify])
@given(text=ANY)
def test_result_is_left_alone_by_a_second_run(function, text):
    once = function(text)

    assert function(once) == once


@given(text=ANY)
def test_clean_leaves_nothing_invisible(text):
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n" for c in cleaned)
    assert not any(c in cleaned for c in "\u00d0\u00f0\u0189\u0256\u00a0")
    assert "  " not in cleaned


@given(text=ANY)
def test_slug_is_plain(text):
    assert set(slugify(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("TCCSÐ", "TCCSĐ"),
        ("nâng cao  năng lực", "nâng cao năng lực"),
        ("Huê\u0301", "Huế"),
        ("cấm\u200b\u00ad chợ", "cấm chợ"),
        ("một\u00a0hai", "một hai"),
        ("một\r\n\r\n\r\n\r\nhai", "một\n\nhai"),
        ("“Nét nổi bật", "“Nét nổi bật"),
        ("tiến tiến", "tiến tiến"),
        ("hoà", "hoà"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_clean_mends_what_cannot_be_seen_and_nothing_else(written, stored):
    assert clean(written) == stored


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("Ủy ban", "Uỷ ban"),
        ("tòa soạn", "toà soạn"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("tỷ", "tỉ"),
        ("quý", "quí"),
        ("Đà Lạt", "đà lạt"),
        ("Ðà Lạt", "Đà Lạt"),
        (unicodedata.normalize("NFD", "Đà Lạt"), "Đà Lạt"),
    ],
)
def test_spellings_of_one_word_share_their_key(one, other):
    assert strict(one) == strict(other)


@pytest.mark.parametrize(("one", "other"), [("thúy", "thúi"), ("dang", "đảng"), ("hoàn", "hòan"), ("ma", "mà")])
def test_different_words_keep_different_keys(one, other):
    assert strict(one) != strict(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Xây dựng Đảng", "xay dung dang"),
        ("Kỹ sư thuỷ lợi", "ki su thuy loi"),
        ("Đắk Lắk", "dak lak"),
        ("Ƀok Kông, Čư M'gar, Ĕa, Ŏ, Ŭ", "bok kong, cu m'gar, ea, o, u"),
        ("b\u0306 o\u0306", "b o"),
    ],
)
def test_fold_drops_every_mark(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đồng Tháp đón lũ", "dong-thap-don-lu"),
        ("Lễ kỷ niệm", "le-ky-niem"),
        ("Giá &quot;mận&quot; &amp; chè", "gia-man-che"),
        ("“Gỡ khó” chương trình", "go-kho-chuong-trinh"),
        ("…!?", ""),
        ("một " * 40, "-".join(["mot"] * 20)),
        ("x" * 100, "x" * 80),
    ],
)
def test_slug_of_a_title(title, slug):
    assert slugify(title) == slug


@pytest.mark.parametrize("letter", ["ƀ", "Ƀ", "č", "Č", "ĕ", "ŏ", "ŭ", "b\u0306", "ñ"])
def test_letters_of_the_highlands_survive_and_fold_to_their_base(letter):
    assert clean(letter) == unicodedata.normalize("NFC", letter)
    assert fold(letter) == unicodedata.normalize("NFD", letter)[0].lower().replace("ƀ", "b")


@pytest.mark.parametrize(
    "names",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mă", "mâ"],
        ["3 tháng", "An Giang", "Ăn", "Ấp Bắc", "Bắc Giang", "Da cam", "Đà Lạt", "Đảng", "Ê Đê", "Y tế"],
        ["ba lan", "bà lan", "bao", "bảo"],
        ["Cu", "Čư", "Ea", "Ĕa", "Oh", "Ŏh"],
    ],
)
def test_names_sort_as_in_a_vietnamese_dictionary(names):
    backwards = names[::-1]

    assert sorted(backwards, key=sort_key) == names
    assert sorted(backwards, key=lambda name: sort_key(unicodedata.normalize("NFD", name.upper()))) == names


def test_people_sort_by_their_given_name():
    names = ["Trần Văn An", "Bùi Hải", "Nguyễn Thị Hành", "Lê Hạnh", "Phạm Thị Hạnh", "Hoàng Mai", "P.V"]
    backwards = names[::-1]

    assert sorted(backwards, key=sort_key_of_person) == names


@pytest.mark.parametrize("key", [sort_key, sort_key_of_person])
@given(text=ANY)
def test_sort_key_is_digits_for_any_string_and_the_same_for_any_form_of_it(key, text):
    assert set(key(text)) <= set("0123456789")
    assert key(clean(text)) == key(text) == key(unicodedata.normalize("NFD", clean(text)))


@pytest.mark.parametrize(("old", "new"), [("Hòa Bình", "Hoà Bình"), ("thủy lợi", "thuỷ lợi"), ("khỏe", "khoẻ")])
def test_placing_of_the_tone_changes_nothing_in_the_order(old, new):
    assert sort_key(old) == sort_key(new)
