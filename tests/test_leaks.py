"""A draft, a scheduled, a withdrawn and an expired story appear nowhere; a held comment neither."""

import re

import pytest

from comments.models import Status as CommentStatus

from . import build
from .paper import comment, hidden_stories, paper

SECRETS = ("Bí mật", "Sapo kín", "Ruột kín", "bi-mat")


def everything(made) -> list[str]:
    lists = [*made.addresses().values(), *made.machine_addresses().values()]
    return [*lists, "/tim-kiem/?q=bi+mat", "/tim-kiem/?q=ruot+kin+ben+do", "/khong-co-trang-nay/"]


@pytest.mark.django_db
def test_hidden_stories_stand_on_no_page(client):
    made = paper()
    hidden_stories(made)

    leaks = [
        (address, secret)
        for address in everything(made)
        for secret in SECRETS
        if secret in client.get(address).content.decode()
    ]

    assert leaks == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status"),
    [("draft", 404), ("submitted", 404), ("scheduled", 404), ("withdrawn", 410), ("expired", 410)],
)
def test_hidden_story_is_not_shown_at_its_own_addresses(client, state, status):
    story = hidden_stories(paper())[state]
    addresses = [
        story.get_absolute_url(),
        story.get_print_url(),
        f"/binh-luan/{story.pk}/",
        f"/khac/khac-{story.pk}.html",
    ]

    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [status] * len(addresses)
    assert not any(secret in answer.content.decode() for answer in answers for secret in SECRETS)


@pytest.mark.django_db
def test_published_story_is_found_on_every_list(client):
    """The other half of the leak tests: what is looked for there would be seen if it were public."""
    made = paper()
    lists = ["front", "section", "subsection", "tag", "series", "author", "search", "archive month", "archive day"]

    pages = {name: client.get(made.addresses()[name]).content.decode() for name in lists}
    # A search marks the words that it found.
    missing = [name for name, html in pages.items() if "Bến đò số 1" not in re.sub("</?mark>", "", html)]

    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("status", [CommentStatus.HELD, CommentStatus.REJECTED, CommentStatus.HIDDEN])
def test_comment_that_was_not_approved_stands_on_no_page(client, status):
    made = paper()
    comment(made.story, status=status, name="Người Giấu Tên", text="Lời chưa ai duyệt.")

    pages = [client.get(address).content.decode() for address in everything(made)]

    assert not any("Người Giấu Tên" in page or "Lời chưa ai duyệt" in page for page in pages)


@pytest.mark.django_db
def test_address_of_a_commentator_is_never_printed(client):
    made = paper()

    pages = [client.get(address).content.decode() for address in everything(made)]

    assert not any("ngu@thu.example" in page for page in pages)


@pytest.mark.django_db
def test_names_that_only_hidden_stories_carry_stand_on_no_page(client):
    made = paper()
    series, tag, author = build.series("Chuyên đề chưa ra"), build.tag("thẻ chưa ra"), build.author("Bút danh chưa ra")
    for fields in ({"status": "draft", "published_at": None}, {"hours_ago": -2}):
        build.article(title="Bí mật", series=series, tags=[tag], by=author.name, **fields)

    pages = [client.get(address).content.decode() for address in everything(made)]
    own = [client.get(label.get_absolute_url()).status_code for label in (series, tag, author)]

    assert not any("chưa ra" in page for page in pages)
    assert own == [404, 404, 404]
