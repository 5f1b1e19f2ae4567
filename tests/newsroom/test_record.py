"""The sealed record: all that is kept of a story in one file, for who answers to inspectors."""

import pytest
from django.urls import reverse

from articles import publishing
from comments.models import ModerationAction
from tests import build

pytestmark = pytest.mark.django_db


def test_record_of_a_withdrawn_story_holds_what_every_app_keeps(client):
    secretary = build.member("Thư ký tòa soạn", full_name="Trần Mai Lĩnh")
    picture = build.picture(title="Bến đò", credit_kind="archive", licence="Dùng đến hết năm.")
    story = build.article(lead_picture=picture)
    said = build.comment(story, text="Xã tôi cũng vậy.")
    ModerationAction.objects.create(comment=said, by=secretary, act="reject", before="held", reason="Ngoài chủ đề")
    publishing.withdraw(article=story, by=secretary, reason="Theo yêu cầu.", on_legal_ground=True)
    client.force_login(secretary)

    found = client.get(reverse("admin:story_record", args=[story.pk])).json()

    assert (found["status"], found["text"]["title"]) == ("withdrawn", story.title)
    assert [(event["act"], event["note"]) for event in found["log"]] == [("withdraw", "Theo yêu cầu.")]
    assert [(row["text"], row["moderation"][0]["reason"]) for row in found["comments"]] == [
        ("Xã tôi cũng vậy.", "Ngoài chủ đề")
    ]
    assert "@" not in str(found["comments"])
    assert [(row["title"], row["credit"], len(row["sha256"])) for row in found["pictures"]] == [
        ("Bến đò", "Ảnh tư liệu", 64)
    ]


@pytest.mark.parametrize("group", ["Phóng viên", "Biên tập viên", "Kiểm duyệt bình luận", "Quản trị"])
def test_record_is_for_who_may_withdraw(client, group):
    client.force_login(build.member(group))

    assert client.get(reverse("admin:story_record", args=[build.article().pk])).status_code == 403
