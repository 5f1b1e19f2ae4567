"""Days typed at the desk are read day first, wherever they are typed; nonsense is told in words and breaks nothing."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import build
from tests.desk import sent_back

pytestmark = pytest.mark.django_db

READ = {
    "02/07/2021": date(2021, 7, 2),
    "2/7/2021": date(2021, 7, 2),
    "31/12/2021": date(2021, 12, 31),
    "02.07.2021": date(2021, 7, 2),
    "02-07-2021": date(2021, 7, 2),
    "2/7/21": date(2021, 7, 2),
    "2021-07-02": date(2021, 7, 2),
    "\u200b02/07/2021\u00a0": date(2021, 7, 2),
}
REFUSED = [
    "31/02/2021",
    "29/02/2023",
    "12/31/2021",
    "0/0/0",
    "01/01/0001",
    "31/12/9999",
    "hôm nay",
    "02072021",
    "1" * 60,
]
SENTENCE = "Ngày không hợp lệ. Hãy viết ngày/tháng/năm, ví dụ 02/07/2026 là ngày 2 tháng 7."
TABLES = {
    "articles_article": (
        lambda: build.article(status="draft", published_at=None),
        ["published_at", "expires_at"],
    ),
    "articles_picture": (build.picture, ["taken_on", "use_until"]),
    "articles_publication": (build.publication, ["archive_from", "licence_date"]),
    "blocks_block": (build.block, ["starts_at", "ends_at"]),
}
FIELDS = [(table, field) for table, (_make, fields) in TABLES.items() for field in fields]


def typed(data: dict, field: str, day: str) -> dict:
    return data | ({f"{field}_0": day, f"{field}_1": "00:00"} if f"{field}_0" in data else {field: day})


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_day_is_read_day_first_and_nonsense_is_told(admin_client, table, field):
    row = TABLES[table][0]()
    address = reverse(f"admin:{table}_change", args=[row.pk])
    for day, meant in READ.items():
        data = sent_back(admin_client.get(address))
        assert admin_client.post(address, typed(data, field, day)).status_code == 302
        row.refresh_from_db()
        stored = getattr(row, field)
        assert (timezone.localtime(stored).date() if hasattr(stored, "hour") else stored) == meant
    for day in REFUSED:
        answer = admin_client.post(address, typed(data, field, day))
        assert answer.context["adminform"].form.errors == {field: [SENTENCE]}
        assert f'value="{day}"' in answer.content.decode()


@pytest.mark.parametrize("hour", ["25:00", "24:00", "14.05", "", "sáng"])
def test_hour_that_does_not_exist_is_told(admin_client, hour):
    story = build.article(status="draft", published_at=None)
    address = reverse("admin:articles_article_change", args=[story.pk])
    data = sent_back(admin_client.get(address)) | {"published_at_0": "02/07/2021", "published_at_1": hour}

    errors = admin_client.post(address, data).context["adminform"].form.errors

    assert errors == {"published_at": ["Giờ không hợp lệ. Hãy viết giờ:phút, ví dụ 14:05."]}


@pytest.mark.parametrize(
    "query",
    [
        "published_at__year=0",
        "published_at__year=99999",
        "published_at__year=abc",
        "published_at__year=2026&published_at__month=13",
        "published_at__year=2026&published_at__month=2&published_at__day=31",
        "published_at__gte=abc",
        "published_at__gte=2021-02-31",
        "published_at__gte=0001-01-01&published_at__lt=9999-12-31",
        "section=%C2%B2",
        "section=" + "9" * 40,
        "status=abc",
    ],
)
def test_address_of_a_list_with_a_day_or_number_that_does_not_exist_is_no_failure(admin_client, query):
    build.article(title="Bến đò số một")

    page = admin_client.get(f"{reverse('admin:articles_article_changelist')}?{query}", follow=True)

    assert page.status_code == 200


@pytest.mark.parametrize("query", ["created_at__year=0", "created_at__gte=0001-01-01&created_at__lt=9999-12-31"])
def test_list_of_pictures_with_a_day_that_does_not_exist_is_no_failure(admin_client, query):
    page = admin_client.get(f"{reverse('admin:articles_picture_changelist')}?{query}", follow=True)

    assert page.status_code == 200


@pytest.mark.parametrize("name", ["tu", "den"])
def test_queue_of_comments_reads_days_day_first_and_tells_nonsense(admin_client, name):
    build.comment()
    address = reverse("admin:comments_comment_changelist")

    for day, meant in READ.items():
        assert admin_client.get(address, {name: day}).context["queue"].filter.cleaned_data[name] == meant
    for day in REFUSED:
        queue = admin_client.get(address, {name: day}).context["queue"]
        assert queue.filter.errors == {name: [SENTENCE]}
        assert len(queue.rows) == 1
