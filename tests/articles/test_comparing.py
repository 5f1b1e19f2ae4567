"""What differs between two versions, in words."""

from time import perf_counter

import pytest

from articles.comparing import differences, marked, shown
from articles.contents import content_of

from .. import build

pytestmark = pytest.mark.django_db


def compared(body: str, other: str) -> str:
    content = content_of(build.article(body=body))
    return "".join(difference.marked for difference in differences(content, content | {"body": other}))


def test_words_that_changed_are_marked_in_true_spelling():
    told = compared("<p>Lễ hội Hoa Ban mở ở Điện Biên.</p>", "<p>Lễ hội Hoa Đào mở ở Điện Biên.</p>")

    assert told == "<p>Lễ hội Hoa <del>Ban</del><ins>Đào</ins> mở ở Điện Biên.</p>"


def test_paragraphs_that_came_and_went_are_whole_and_equal_ones_counted():
    told = compared("<p>Một.</p><p>Hai ba bốn.</p><p>Năm.</p>", "<p>Một.</p><h2>Chương khác hẳn</h2><p>Năm.</p>")

    assert told == (
        '<p class="unchanged">… 1 đoạn không đổi</p><p><del>Hai ba bốn.</del></p>'
        '<p><ins>Tít xen: Chương khác hẳn</ins></p><p class="unchanged">… 1 đoạn không đổi</p>'
    )


def test_change_of_form_alone_is_told():
    assert "Chỉ thay đổi hình thức" in compared("<p>Một hai.</p>", "<p><strong>Một</strong> hai.</p>")


def test_pictures_and_names_are_told_by_name_and_markup_is_text():
    picture = build.picture(title="Cầu <b>mới</b>")
    told = compared("<p>Một.</p>", f'<p>Một.</p><figure><img data-picture="{picture.pk}"></figure>')

    assert "<ins>[Ảnh: Cầu &lt;b&gt;mới&lt;/b&gt;]</ins>" in told


def test_each_part_is_told_under_its_name():
    story = build.article()
    content = content_of(story)
    tag, section = build.tag("bến đò"), build.section("Kinh tế")
    other = content | {"tags": [tag.pk], "section": section.pk, "comments_open": False}

    told = {difference.label: difference.marked for difference in differences(content, other)}

    assert told == {
        "chuyên mục": "<p><del>Thời sự</del></p><p><ins>Kinh tế</ins></p>",
        "thẻ": "<p><ins>bến đò</ins></p>",
        "nhận ý kiến bạn đọc": "<p><del>có</del></p><p><ins>không</ins></p>",
    }
    assert shown("credits", content) == "Hoàng Mai (bài)"


def test_long_text_is_compared_in_no_time():
    body = "".join(f"<p>Đoạn số {n}: {'chữ ' * 60}</p>" for n in range(200))

    assert "Đoạn số <del>7</del><ins>9000</ins>" in compared(body, body.replace("Đoạn số 7:", "Đoạn số 9000:"))


def test_texts_of_endless_lines_and_of_endless_paragraphs_are_compared_in_a_moment():
    words = [f"chữ{number}" for number in range(40_000)]
    others = [word if number % 3 else "khác" for number, word in enumerate(words)]
    started = perf_counter()

    long_line = marked([" ".join(words)], [" ".join(others)])
    many_lines = marked([f"một hai ba {n}" * 20 for n in range(800)], [f"năm sáu bảy {n}" * 20 for n in range(800)])

    # Either took minutes; a second is far from what a slow machine needs.
    assert perf_counter() - started < 10
    assert ("<del>chữ0 chữ1" in long_line, many_lines.count("<del>"), many_lines.count("<ins>")) == (True, 800, 800)
