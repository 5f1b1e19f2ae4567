"""The handbook says what the code does, and every picture that it names is there."""

import re

from newsroom.groups import GROUPS
from newsroom.handbook import PAGE, rights_table, written


def test_table_of_rights_in_the_handbook_is_what_the_code_has():
    page = PAGE.read_text()

    assert page == written(page), "run `manage.py handbook`"


def test_table_tells_each_act_for_each_group():
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in rights_table().split("\n")]
    by_act = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[2:]}

    assert rows[0] == ["Việc", "Khi bài", *GROUPS, "Với bài của chính mình"]
    assert by_act["Gửi biên tập"]["Phóng viên"] == "bài của mình"
    assert by_act["Đăng ngay"]["Khi bài"] == "bản nháp, chờ biên tập, chờ duyệt, đã hẹn giờ"
    assert (by_act["Đăng ngay"]["Biên tập viên"], by_act["Đăng ngay"]["Thư ký tòa soạn"]) == ("–", "được")
    assert by_act["Đăng ngay"]["Với bài của chính mình"] == "cần đồng nghiệp"


def test_every_picture_of_the_handbook_is_there():
    named = re.findall(r"\]\((img/[^)]+)\)", PAGE.read_text())

    assert named
    assert [name for name in named if not (PAGE.parent / name).is_file()] == []
