"""Kept pages: after whatever happens at the desk or by time, a kept page says what a page made now would say."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles import edition, library, most_read, parts, previewing, publishing, revising
from articles.contents import content_of
from articles.merging import merge_tags
from articles.models import Article, Correction, Edition, ListEdition, Picture, Publication, Status
from blocks.models import Block
from comments import erasure, moderation
from comments.models import Comment
from newsroom import page_cache
from newsroom.kept_pages import Kept
from tests import build
from tests.deployment import PAPER, RETOLD, House, ask
from tests.desk import sent_back
from tests.paper import paper
from tests.servers import running
from tests.test_public_pages import SENT, send

pytestmark = pytest.mark.django_db

SECRET = "Tin chưa ai được đọc"
STAFF = {settings.SESSION_COOKIE_NAME: "wer-auch-immer"}


@pytest.fixture
def chief():
    return User.objects.create_superuser("admin", full_name="Quản trị", password="mot-mat-khau")


@pytest.fixture
def made(chief):
    """A paper of four stories by somebody else, so that the chief may release them."""
    writer = build.member("Phóng viên", full_name="Bá Đạt")
    found = paper(4)
    Article.objects.update(created_by=writer)
    return found


def addresses(made) -> list[str]:
    return [*made.addresses().values(), *made.machine_addresses().values()]


def kept(address: str):
    return Client().get(address)


def fresh(address: str):
    """What a page says that nothing was kept of."""
    client = Client()
    client.cookies.load(STAFF)
    return client.get(address)


def without_stamp(answer) -> str:
    # Feeds say when they were made.
    return re.sub(r"<(lastBuildDate|updated)>[^<]*</\1>", "", answer.content.decode())


def assert_fresh(made, story: Article) -> None:
    """Every public page is as a fresh one, and the pages of another story, whose own text nobody has changed."""
    others = [each.get_absolute_url() for each in Article.objects.exclude(pk=story.pk).select_related("section")]
    for address in [*addresses(made), *others]:
        now, then = fresh(address), kept(address)
        assert (address, then.status_code) == (address, now.status_code)
        assert without_stamp(then) == without_stamp(now), address


def changed(story: Article, by, **fields) -> None:
    """The desk saves another text of a published story and releases it."""
    story = Article.objects.get(pk=story.pk)
    latest = revising.latest_of(story)
    revising.save(article=story, content=content_of(story) | fields, by=by, based_on=latest.number)
    publishing.release(article=story, by=by)


def through_the_desk(by, row, **fields) -> None:
    client = Client()
    client.force_login(by)
    form = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    answer = client.post(form, sent_back(client.get(form)) | fields)
    assert answer.status_code == 302, answer.content.decode()


def another(by) -> Article:
    story = build.article(
        title="Cầu mới qua sông", status=Status.EDITED, published_at=None, section=build.section("Kinh tế")
    )
    Article.objects.filter(pk=story.pk).update(created_by=build.member("Phóng viên").pk)
    return publishing.publish(article=story, by=by)


def moved(made, by) -> None:
    elsewhere = build.section("Xã hội")
    edition.bump()
    changed(made.story, by, title="Bến đò đổi tên", tags=[build.tag("sông nước").pk], section=elsewhere.pk)


def approved(story: Article, by) -> None:
    moderation.approve(comment=build.comment(story, text="Đò còn chạy không?"), by=by)


def merged(made, by) -> None:
    other = build.tag("làng nghề")
    story = build.article(title="Làng nghề bên sông", tags=[other])
    kept(story.get_absolute_url())
    merge_tags(kept=made.tag, other=other, by=by)


def corrected(made, by) -> None:
    correction = Correction.objects.create(
        article=made.story,
        wrong="Bến đò có hai người lái.",
        right="Bến đò có một người lái.",
        apology="Thành thật xin lỗi bạn đọc.",
    )
    publishing.correct(correction=correction, by=by)


def put_back(made, by) -> None:
    publishing.withdraw(article=made.story, by=by, reason="Gỡ nhầm.")
    for address in addresses(made):
        kept(address)
    publishing.put_back(article=Article.objects.get(pk=made.story.pk), by=by, reason="Gỡ nhầm.")


def pictured(made, by) -> None:
    picture = build.picture(caption="Bến cũ", credit_kind="archive")
    changed(made.story, by, lead_picture=picture.pk)
    for address in addresses(made):
        kept(address)
    picture = Picture.objects.get(pk=picture.pk)
    picture.caption = "Bến mới"
    picture.save()
    library.changed(picture)
    edition.bump(removes=True)


def read_most(made, by) -> None:
    for place, story in enumerate(Article.objects.order_by("pk")):
        build.read(story, 100 - place)
    most_read.refresh_due(timezone.now() + timedelta(days=1))


CHANGES = {
    "another story": lambda made, by: another(by),
    "story with other words, tags and section": moved,
    "story marked as updated": lambda made, by: publishing.revise(article=made.story, by=by),
    "withdrawal": lambda made, by: publishing.withdraw(article=made.story, by=by, reason="Nhân vật yêu cầu."),
    "story put back": put_back,
    "correction": corrected,
    "caption of a picture": pictured,
    "most read in another order": read_most,
    "tags merged": merged,
    "tag renamed": lambda made, by: through_the_desk(by, made.tag, name="nông thôn hôm nay"),
    "section renamed": lambda made, by: through_the_desk(by, made.section, name="Kinh tế và đời sống"),
    "section moved": lambda made, by: through_the_desk(by, made.subsection, parent=""),
    "series renamed": lambda made, by: through_the_desk(by, made.series, name="Giữ nước đầu nguồn"),
    "pen name renamed": lambda made, by: through_the_desk(by, made.author, bio="Viết về sông nước."),
    "paper renamed": lambda made, by: through_the_desk(by, Publication.objects.current(), hotline="0909 000 000"),
    "block with another heading": lambda made, by: through_the_desk(by, Block.objects.last(), heading="Đọc nhiều"),
    "block without its place": lambda made, by: through_the_desk(by, Block.objects.last(), place="section"),
    "comment approved": lambda made, by: approved(made.story, by),
    "comment hidden": lambda made, by: moderation.hide(comment=Comment.objects.first(), by=by, reason="Nêu tên riêng."),
    "comments erased": lambda made, by: erasure.erase(email="ngu@thu.example", by=by, reason="Người gửi yêu cầu."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_every_kept_page_is_as_one_made_now(made, chief, change):
    for address in addresses(made):
        assert kept(address).status_code == 200

    change(made, chief)

    assert_fresh(made, made.story)


HOUR = timedelta(hours=1)
MOMENTS = {
    "story appears": lambda story, now: build.article(title="Tin hẹn giờ", published_at=now + HOUR),
    "story ends": lambda story, now: build.article(title="Tin mời họp", expires_at=now + HOUR),
    "block begins": lambda story, now: build.block(
        "newest", "front", heading="Bầu cử", allow_repeat=True, starts_at=now + HOUR
    ),
    "block ends": lambda story, now: build.block(
        "newest", "beside", heading="Bão số 5", allow_repeat=True, ends_at=now + HOUR
    ),
}


@pytest.mark.parametrize("plan", MOMENTS.values(), ids=MOMENTS)
def test_at_a_planned_moment_pages_change_by_themselves_and_no_cache_shows_them_longer(made, time_machine, plan):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=9, minute=list(MOMENTS.values()).index(plan))
    now = now.replace(second=0, microsecond=0)
    time_machine.move_to(now, tick=False)
    plan(made.story, now)
    before = {address: kept(address).content for address in addresses(made)}

    time_machine.move_to(now + HOUR - timedelta(seconds=4), tick=False)
    assert lifetimes(kept("/")) == (4, 0)
    time_machine.move_to(now + HOUR, tick=False)

    assert_fresh(made, made.story)
    # The front page, or the pages of stories.
    assert any(kept(address).content != before[address] for address in ("/", made.story.get_absolute_url()))


def test_address_of_a_story_to_come_is_called_unknown_no_longer_than_until_its_moment(time_machine):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    story = build.article(published_at=now)
    time_machine.move_to(now - timedelta(seconds=4), tick=False)

    answer = kept(story.get_absolute_url())

    assert (answer.status_code, lifetimes(answer)) == (404, (4, 0))


@pytest.mark.parametrize("page", ["story", "print", "comments"])
def test_pages_of_a_story_go_with_the_end_of_its_time(made, time_machine, page):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    time_machine.move_to(now, tick=False)
    story = build.article(title="Tin mời họp", expires_at=now + HOUR)
    address = {
        "story": story.get_absolute_url(),
        "print": story.get_print_url(),
        "comments": f"/binh-luan/{story.pk}/",
    }[page]
    assert kept(address).status_code == 200

    time_machine.move_to(now + HOUR, tick=False)

    assert kept(address).status_code == 410


def test_blocks_of_merged_tags_hold_the_stories_of_both(chief):
    kept_tag, other = build.tag("nông thôn xanh"), build.tag("làng nghề")
    story = build.article(title="Xóm nghề", tags=[kept_tag], section=build.section("Văn hóa"))
    build.article(title="Làng nghề bên sông", tags=[other], section=build.section("Đời sống"), hours_ago=90)
    build.block("same_tags", "below", heading="Tin liên quan", allow_repeat=True)
    assert "Làng nghề bên sông" not in kept(story.get_absolute_url()).content.decode()

    merge_tags(kept=kept_tag, other=other, by=chief)

    assert "Làng nghề bên sông" in kept(story.get_absolute_url()).content.decode()


def test_block_of_the_same_section_leads_to_the_section_of_its_own_story(made):
    old = [build.article(title=f"Cũ {home}", section=home, hours_ago=90) for home in (made.section, made.subsection)]
    build.block("same_section", "below", heading="Cùng mục", count=2, allow_repeat=True)

    for story in old:
        page = kept(story.get_absolute_url()).content.decode()
        assert f'class="block-more" href="{story.section.get_absolute_url()}"' in page


def test_new_day_begins_on_every_kept_page(made, time_machine):
    now = (timezone.localtime() + timedelta(days=1)).replace(hour=23, minute=59, second=50, microsecond=0)
    time_machine.move_to(now, tick=False)
    before = kept("/").content.decode()

    time_machine.move_to(now + timedelta(seconds=11), tick=False)

    assert f"{now:%d/%m/%Y}" in before
    assert f"{now + timedelta(days=1):%d/%m/%Y}" in kept("/").content.decode()


def test_discussion_closes_on_the_kept_page(made, time_machine, settings):
    settings.COMMENTS_CLOSE_AFTER_DAYS = 1
    opened = max(made.story.created_at, made.story.published_at)
    address = made.story.get_absolute_url()
    time_machine.move_to(opened + timedelta(days=1, seconds=-1), tick=False)
    assert b'<form class="comment-form' in kept(address).content

    time_machine.move_to(opened + timedelta(days=1), tick=False)

    assert b'<form class="comment-form' not in kept(address).content


# --- What a reader's browser and the caches on the way are told


def lifetimes(answer) -> tuple[int, int]:
    """For how many seconds a shared cache may show a page, and for how many more while it asks anew."""
    found = re.fullmatch(r"public, max-age=0, s-maxage=(\d+), stale-while-revalidate=(\d+)", answer["Cache-Control"])
    return int(found[1]), int(found[2])


def test_public_pages_may_be_shared_for_ten_seconds_at_most_and_know_no_visitor(made):
    for address in addresses(made):
        for answer in (kept(address), kept(address)):
            assert sum(lifetimes(answer)) <= 10, address
            assert (dict(answer.cookies), answer.get("Vary")) == ({}, None), address
            assert (answer["X-Content-Type-Options"], "Content-Security-Policy" in answer) == ("nosniff", True), address


def test_length_that_is_told_is_that_of_the_page(made):
    build.articles(30, section=made.section)
    older = re.search(r'href="(\?truoc=[^"]+)"', kept(made.section.get_absolute_url()).content.decode())[1]
    gone = build.article(status=Status.WITHDRAWN).get_absolute_url()
    odd = [made.section.get_absolute_url() + older, "/khong-co-trang-nay/", "/khong-co.php", gone]

    for address in [*addresses(made), *odd]:
        for answer in (kept(address), kept(address)):
            assert answer.get("Content-Length", str(len(answer.content))) == str(len(answer.content)), address


def test_unchanged_page_is_not_sent_again(made):
    first = kept("/")

    again = Client().get("/", headers={"If-None-Match": f'W/{first["ETag"]}, "else"'})

    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert Client().get("/", headers={"If-None-Match": '"else"'}).status_code == 200


def test_page_that_says_the_same_after_a_change_is_not_sent_again(made, chief):
    address = made.addresses()["contact"]
    first = kept(address)

    another(chief)

    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["front", "article", "section", "tag"])
def test_kept_page_costs_the_one_question_for_the_numbers(made, name, django_assert_num_queries):
    address = made.addresses()[name]
    etag = kept(address)["ETag"]

    with django_assert_num_queries(1):
        assert kept(address).status_code == 200
    with django_assert_num_queries(1):
        assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304


def rendered(act) -> list[str]:
    """The templates of whole pages that are made meanwhile."""
    found: list[str] = []

    def note(sender, template, **kwargs):
        found.append(template.name)

    template_rendered.connect(note)
    try:
        act()
    finally:
        template_rendered.disconnect(note)
    return [name for name in found if name and name.startswith(("articles/", "blocks/front"))]


def test_publication_makes_no_other_storys_page_anew(made, chief, django_assert_num_queries):
    story = Article.objects.exclude(pk=made.story.pk).first()
    first, second = (each.get_absolute_url() for each in Article.objects.order_by("pk")[:2])
    before = [kept(address).content for address in (first, second)]
    new = another(chief)

    assert rendered(lambda: kept(first)) == []
    assert new.title in kept(first).content.decode()
    assert new.title not in before[0].decode()
    # What stands in the lists of the new edition was asked for by the first page.
    with django_assert_num_queries(1):
        assert new.title in kept(second).content.decode()
    assert story.title in kept(story.get_absolute_url()).content.decode()


def test_approved_comment_makes_its_own_page_anew_and_no_other(made, chief):
    other = Article.objects.exclude(pk=made.story.pk).first().get_absolute_url()
    own = made.story.get_absolute_url()
    for address in (own, other, "/"):
        kept(address)

    approved(made.story, chief)

    assert rendered(lambda: (kept(other), kept("/"))) == []
    assert "articles/article.html" in rendered(lambda: kept(own))


# --- Nothing of one person is ever kept


def test_staff_get_pages_made_for_the_moment(made):
    answer = fresh("/")

    assert answer["Cache-Control"] == "private, no-store"
    assert "blocks/front.html" in rendered(lambda: fresh("/"))
    assert "blocks/front.html" in rendered(lambda: kept("/"))


def secret_page(made):
    draft = build.article(status=Status.DRAFT, published_at=None, title=SECRET)
    token = previewing.make_link(article=draft, by=build.member(), for_whom="luật sư", days=1)[1]
    return Client().get(f"/xem-truoc/{token}/")


def desk(made):
    client = Client()
    client.force_login(User.objects.get(username="admin"))
    return client.get("/admin/")


def kept_texts() -> list[str]:
    """All that lies in the cache, as readers would get it."""
    found = [cache.get(key.partition(":1:")[2]) for key in list(cache._cache)]
    packed = [one.packed if isinstance(one, Kept) else one for one in found if isinstance(one, Kept | bytes)]
    return [parts.unpacked(text).decode() for text in packed]


PRIVATE = {
    "secret link": secret_page,
    "desk": desk,
    "sent comment": lambda made: send(Client(), made),
    "comment with mistakes": lambda made: send(Client(), made, name=""),
    "confirm page": lambda made: send(Client(), made, headers={}),
    "receipt": lambda made: Client().get(send(Client(), made)["Location"].partition("#")[0]),
}


@pytest.mark.parametrize("ask", PRIVATE.values(), ids=PRIVATE)
def test_answers_to_one_person_are_kept_nowhere(made, ask):
    answer = ask(made)

    assert {"private", "no-store"} & set(re.split(r"[, ]+", answer.get("Cache-Control", "")))
    assert SENT["text"] not in kept(f"/binh-luan/{made.story.pk}/").content.decode()
    texts = kept_texts()
    assert texts
    for private in (SENT["text"], SECRET, "BD-", "/admin/"):
        assert not any(private in text for text in texts)


def test_receipt_does_not_stand_on_the_page_of_the_discussion(made):
    receipt = send(Client(), made)["Location"].partition("#")[0]

    assert "BD-" in Client().get(receipt).content.decode()
    assert "BD-" not in kept(f"/binh-luan/{made.story.pk}/").content.decode()


@pytest.mark.parametrize("query", ["%000%00", "%0099%00", "\x001\x00"])
def test_signs_of_our_own_in_an_address_stand_for_nothing(made, query):
    answer = Client().get(f"/tim-kiem/?q={query}")

    assert answer.status_code == 200
    assert answer.content.decode().count('<header class="masthead') == 1


def test_searches_are_not_kept_here(made):
    kept("/")
    size = len(cache._cache)

    for number in range(20):
        assert Client().get(f"/tim-kiem/?q=ben+do+{number}&x={number}").status_code == 200

    assert len(cache._cache) <= size + 4  # The parts that all pages share.


@pytest.mark.parametrize("name", ["front", "section", "article", "tag", "archive"])
def test_parameters_that_no_view_reads_change_nothing_and_fill_no_cache(made, name, django_assert_num_queries):
    address = made.addresses()[name]
    plain = kept(address).content
    size = len(cache._cache)

    with django_assert_num_queries(20):
        answers = [Client().get(f"{address}?fbclid={number}&utm_source=zalo") for number in range(20)]

    assert {answer.content for answer in answers} == {plain}
    assert len(cache._cache) == size


def test_links_of_a_list_carry_no_parameter_of_a_stranger(made):
    build.articles(30, section=made.section)

    page = Client().get(f"{made.section.get_absolute_url()}?utm_source=zalo").content.decode()

    assert ("truoc=" in page, "zalo" in page) == (True, False)


def test_older_pages_of_a_list_are_made_for_the_moment_and_fill_no_cache(made):
    build.articles(30, section=made.section)
    address = made.section.get_absolute_url()
    older = re.search(r'href="(\?truoc=[^"]+)"', kept(address).content.decode())[1]
    kept(address + older)
    size = len(cache._cache)

    answers = [kept(f"{address}?truoc={10**15 + number}-1") for number in range(20)]

    assert [answer.status_code for answer in answers] == [200] * 20
    assert len(cache._cache) == size
    assert sum(lifetimes(kept(address + older))) <= 10


@pytest.mark.parametrize(
    "ask",
    [lambda: Client().head("/"), lambda: Client().get("/", headers={"Range": "bytes=0-99"})],
    ids=["head", "range"],
)
def test_first_who_asks_for_the_head_or_a_range_has_the_whole_page_kept(made, ask):
    whole = kept("/")
    cache.clear()

    ask()

    again = kept("/")
    assert (again.content, again["ETag"]) == (whole.content, whole["ETag"])


def test_head_and_range_are_answered_from_the_whole_page(made):
    whole = kept("/")

    head = Client().head("/")
    part = Client().get("/", headers={"Range": "bytes=0-99"})

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert (part.status_code, part.content) == (200, whole.content)


def test_foreign_host_gets_nothing_that_is_kept(made):
    kept("/")

    assert Client().get("/", headers={"Host": "la.example"}).status_code == 400


def test_unknown_addresses_are_answered_with_one_page_that_is_made_once(made, django_assert_num_queries):
    kept("/khong-co-gi-0/")

    assert rendered(lambda: kept("/khong-co-gi-1/")) == []
    # The numbers and a static page; sections are remembered.
    with django_assert_num_queries(2):
        answer = kept("/khong-co-gi-2/")
    assert (answer.status_code, "404" in answer.content.decode()) == (404, True)


# --- Many at once, and what goes wrong


def at_once(number: int, ask) -> list:
    """What `ask` gives to so many who ask at the same moment, each with a connection of their own."""
    start = Barrier(number)

    def one(_reader):
        start.wait()
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as readers:
        return list(readers.map(one, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_for_an_expired_page_one_makes_it_and_the_others_get_the_one_before(chief):
    made = paper(4)
    before = kept("/").content
    new = another(chief)
    answers: list = []

    names = rendered(lambda: answers.extend(at_once(8, lambda: kept("/"))))

    assert names.count("blocks/front.html") == 1
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} <= {before, kept("/").content}
    assert new.title in kept("/").content.decode()
    assert made.story.title in before.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_the_page_before_a_withdrawal(chief):
    made = paper(4)
    made.story.refresh_from_db()
    assert made.story.title in kept("/").content.decode()
    publishing.withdraw(article=made.story, by=chief, reason="Nhân vật yêu cầu.")

    answers = at_once(8, lambda: kept("/").content.decode())

    assert not [answer for answer in answers if made.story.title in answer]


def test_page_of_a_database_that_was_restored_from_a_copy_is_never_taken_for_a_newer_one(made, chief):
    numbers = [Edition.objects.values().get(), list(ListEdition.objects.values())]
    changed(made.story, chief, title="Tên sau bản sao lưu")
    address = made.story.get_absolute_url()
    assert "Tên sau bản sao lưu" in kept(address).content.decode()
    assert "Tên sau bản sao lưu" in kept("/").content.decode()

    # The copy comes back, and what had happened after it is done again, otherwise.
    Edition.objects.update(**{name: value for name, value in numbers[0].items() if name != "id"})
    for row in numbers[1]:
        ListEdition.objects.filter(pk=row["id"]).update(number=row["number"])
    Article.objects.filter(pk=made.story.pk).update(edition=made.story.edition)
    changed(made.story, chief, title="Tên thứ hai")

    for page in (kept("/"), kept(address)):
        assert "Tên thứ hai" in page.content.decode()
        assert "Tên sau bản sao lưu" not in page.content.decode()


def test_emptied_cache_loses_nothing_but_warmth(made):
    before = [without_stamp(kept(address)) for address in addresses(made)]

    cache.clear()

    assert [without_stamp(kept(address)) for address in addresses(made)] == before


def test_page_whose_shared_parts_were_pushed_out_is_made_anew(made):
    address = made.story.get_absolute_url()
    before = kept(address).content
    for key in [key for key in cache._cache if ":part:" in key]:
        del cache._cache[key], cache._expire_info[key]

    assert kept(address).content == before


def gone(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly") from psycopg.OperationalError()


def test_without_the_database_pages_are_shown_for_a_stated_time(made, monkeypatch):
    kept("/")

    with connection.execute_wrapper(gone):
        assert kept("/").status_code == 200
        assert kept(made.story.get_absolute_url()).status_code == 503
        monkeypatch.setattr(page_cache, "SHOWN_WITHOUT_DATABASE", 0)
        assert kept("/").status_code == 503


def test_without_the_database_no_page_of_an_older_edition_is_shown(made, chief):
    section = made.section.get_absolute_url()
    kept("/")
    another(chief)
    kept(section)

    with connection.execute_wrapper(gone):
        assert (kept("/").status_code, kept(section).status_code) == (503, 200)


def test_processes_with_memories_of_their_own_agree(tmp_path):
    house = House(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/house.sqlite3", WEB_CONCURRENCY="2")
    address = house.run(PAPER).strip()

    with running(house.web()) as server:
        # Each on a connection of its own, so that both have the page.
        assert all("Bến đò sớm" in ask(server.port, address).text for _reader in range(20))
        house.run(RETOLD)

        assert all("Bến đò trưa" in ask(server.port, address).text for _reader in range(20))
