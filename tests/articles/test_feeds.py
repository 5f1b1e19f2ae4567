"""What programs read: feeds and sitemaps."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.contrib.sites.models import Site
from django.utils import timezone

from articles import edition, listing, sitemaps
from articles.dates import Precision
from articles.feeds import FEED_LENGTH
from articles.models import Article, ListEdition

from .. import build

pytestmark = pytest.mark.django_db

HOME = "http://baobinhnguyen.example"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
AWKWARD = "Ngô & khoai: “Đắk Lắk” <b>được mùa</b> ]]>"


@pytest.fixture(autouse=True)
def _domain():
    Site.objects.update(domain="baobinhnguyen.example")
    Site.objects.clear_cache()


def read(client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "xml" in answer["Content-Type"]
    return ElementTree.fromstring(answer.content)


def file_with(story) -> str:
    return f"/sitemap-bai-viet-{story.pk // listing.STORIES_IN_FILE}.xml"


def rss(client, address="/rss/tin-moi.xml") -> list[dict]:
    """The items of a feed: tag -> text, enclosure -> its attributes."""
    return [
        {child.tag: child.text or dict(child.attrib) for child in item} for item in read(client, address).iter("item")
    ]


def titles(client, address="/rss/tin-moi.xml") -> list[str]:
    return [item["title"] for item in rss(client, address)]


def entries(client, address="/atom/tin-moi.xml") -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).iter(f"{ATOM}entry")]


def locations(client, address: str) -> list[str]:
    return [element.text for element in read(client, address).iter(f"{MAP}loc")]


def test_feeds_tell_the_newest_first(client):
    build.article(title="Tin trưa", hours_ago=2)
    build.article(title="Tin chiều", hours_ago=1)
    build.article(title="Tin sáng", hours_ago=3)

    assert titles(client) == entries(client) == ["Tin chiều", "Tin trưa", "Tin sáng"]


def test_feed_is_as_long_as_it_is_said(client):
    build.articles(FEED_LENGTH + 5)

    assert len(titles(client)) == len(entries(client)) == FEED_LENGTH


def test_feed_names_the_paper_and_its_language(client):
    build.publication()

    channel = read(client, "/rss/tin-moi.xml").find("channel")

    assert channel.findtext("title") == "Báo Bình Nguyên"
    assert channel.findtext("link") == f"{HOME}/"
    assert channel.findtext("description") != ""
    assert channel.findtext("language") == "vi"


def test_item_tells_what_a_reader_of_feeds_needs(client):
    story = build.article(title=AWKWARD, lead="Giá ngô > 7.000 đồng.", lead_prefix="BBN -")

    (item,) = rss(client)

    assert item["title"] == AWKWARD
    assert item["description"] == "BBN - Giá ngô > 7.000 đồng."
    assert item["link"] == item["guid"] == HOME + story.get_absolute_url()
    assert parsedate_to_datetime(item["pubDate"]) == story.published_at.replace(microsecond=0)
    assert item["{http://purl.org/dc/elements/1.1/}creator"] == "Hoàng Mai"
    assert item["category"] == "Thời sự"
    assert "enclosure" not in item


def test_entry_of_atom_tells_the_same(client):
    story = build.article(title=AWKWARD)

    (entry,) = read(client, "/atom/tin-moi.xml").iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == AWKWARD
    assert entry.find(f"{ATOM}link").get("href") == HOME + story.get_absolute_url()
    published = datetime.fromisoformat(entry.findtext(f"{ATOM}published"))
    assert published == story.published_at


@pytest.mark.parametrize("address", ["/rss/tin-moi.xml", "/rss/thoi-su.xml", "/atom/tin-moi.xml", "/atom/thoi-su.xml"])
def test_every_address_in_a_feed_is_whole_and_on_the_domain_of_the_site(client, address):
    build.article(lead_picture=build.picture())

    feed = read(client, address)

    named = [element.get("href") or element.get("url") or "" for element in feed.iter()]
    named += [element.text for element in feed.iter() if element.tag in ("link", "guid", f"{ATOM}id")]
    foreign = [name for name in named if name and not name.startswith((f"{HOME}/", "tag:"))]
    assert foreign == []


def test_picture_of_a_story_goes_along(client):
    picture = build.picture()
    build.article(title="Có ảnh", lead_picture=picture)
    build.article(title="Không ảnh", hours_ago=2)

    found = {item["title"]: item.get("enclosure") for item in rss(client)}

    address = f"{HOME}/media/{picture.renditions['base']}/full-480.jpg"
    assert found["Không ảnh"] is None
    assert (found["Có ảnh"]["url"], found["Có ảnh"]["type"]) == (address, "image/jpeg")


def test_picture_without_files_yet_stays_at_home(client):
    picture = build.picture()
    build.article(lead_picture=picture)
    type(picture).objects.update(renditions={})

    assert "enclosure" not in rss(client)[0]


def test_story_of_unknown_date_is_no_news(client):
    build.article(title="Chuyện xưa", date_precision=Precision.UNKNOWN)
    build.article(title="Tin hôm nay")

    assert titles(client) == entries(client) == ["Tin hôm nay"]
    assert "Chuyện xưa" not in client.get("/sitemap-news.xml").content.decode()


def test_feed_of_a_section_holds_its_parts_and_guests_and_no_others(client):
    economy = build.section("Kinh tế")
    build.article(title="Lúa", section=build.section("Nông nghiệp", parent=economy))
    build.article(title="Thuế", section=economy, hours_ago=2)
    guest = build.article(title="Khách", section=build.section("Xã hội"), hours_ago=3)
    guest.more_sections.add(economy)
    edition.bump_story(guest)
    build.article(title="Bóng đá", section=build.section("Thể thao"))

    assert titles(client, "/rss/kinh-te.xml") == entries(client, "/atom/kinh-te.xml") == ["Lúa", "Thuế", "Khách"]
    assert titles(client, "/rss/nong-nghiep.xml") == ["Lúa"]
    assert read(client, "/rss/kinh-te.xml").findtext("channel/title") == "Kinh tế - Báo Bình Nguyên"


@pytest.mark.parametrize("address", ["/rss/khong-co.xml", "/atom/khong-co.xml", "/rss/.xml", "/rss/tin-moi.html"])
def test_feed_of_an_unknown_section_is_unknown(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/rss/tin-moi.xml", "/atom/tin-moi.xml", "/sitemap-news.xml", "/sitemap.xml"])
def test_paper_without_stories_has_feeds_and_sitemaps_all_the_same(client, address):
    read(client, address)


def test_news_sitemap_holds_two_days(client):
    build.article(title="Hôm nay", hours_ago=1)
    build.article(title="Gần hai ngày", hours_ago=47.9)
    build.article(title="Hơn hai ngày", hours_ago=48.1)
    build.article(title="Ngày mai", hours_ago=-24)

    found = [element.text for element in read(client, "/sitemap-news.xml").iter(f"{NEWS}title")]

    assert found == ["Hôm nay", "Gần hai ngày"]


def test_news_of_the_sitemap_has_name_language_and_moment(client):
    story = build.article(title=AWKWARD)

    news = read(client, "/sitemap-news.xml").find(f"{MAP}url")

    assert news.findtext(f"{MAP}loc") == HOME + story.get_absolute_url()
    assert news.findtext(f".//{NEWS}title") == AWKWARD
    assert news.findtext(f".//{NEWS}name") == "Báo Bình Nguyên"
    assert news.findtext(f".//{NEWS}language") == "vi"
    moment = datetime.fromisoformat(news.findtext(f".//{NEWS}publication_date"))
    assert moment == story.published_at.replace(second=0, microsecond=0)


def test_index_names_every_sitemap_and_each_opens(client):
    story = build.article()

    found = locations(client, "/sitemap.xml")

    assert found == [HOME + file_with(story), *(f"{HOME}/sitemap-{name}.xml" for name in ("danh-muc", "trang"))]
    assert all(locations(client, address.removeprefix(HOME)) for address in found)


def test_robots_name_both_sitemaps(client):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {HOME}/sitemap.xml" in text
    assert f"Sitemap: {HOME}/sitemap-news.xml" in text


def test_sitemap_of_stories_says_when_each_was_changed_last(client):
    story = build.article(hours_ago=90 * 24)
    Article.objects.update(revised_at=timezone.now() - timedelta(days=3))
    story.refresh_from_db()

    (entry,) = read(client, file_with(story)).iter(f"{MAP}url")

    assert entry.findtext(f"{MAP}loc") == HOME + story.get_absolute_url()
    assert entry.findtext(f"{MAP}lastmod") == timezone.localtime(story.revised_at).date().isoformat()


def test_files_of_stories_hold_each_visible_story_once_and_no_other(client):
    size = listing.STORIES_IN_FILE
    pks = (size - 1, size, 2 * size - 1, 3 * size)
    stories = [build.article(title=f"Tin {pk}", pk=pk) for pk in pks]
    hidden = build.article(title="Hẹn giờ", pk=size + 1, hours_ago=-1)

    files = [address for address in locations(client, "/sitemap.xml") if "bai-viet" in address]
    found = [list(locations(client, address.removeprefix(HOME))) for address in files]

    assert files == [f"{HOME}/sitemap-bai-viet-{number}.xml" for number in (0, 1, 3)]
    assert found == [
        [HOME + story.get_absolute_url() for story in some] for some in (stories[:1], stories[1:3], stories[3:])
    ]
    assert hidden.get_absolute_url() not in str(found)


@pytest.mark.parametrize("number", ["2", "007", "01", "-1", "9" * 12, "9" * 40, "a"])
def test_file_without_stories_is_unknown(client, number):
    build.article(pk=1)

    assert client.get(f"/sitemap-bai-viet-{number}.xml").status_code == 404


def test_index_says_when_a_story_of_a_file_came_changed_or_went(client):
    story = build.article(hours_ago=90 * 24, pk=1)
    build.article(pk=2, hours_ago=90 * 24)

    def told():
        entry = read(client, "/sitemap.xml").find(f"{MAP}sitemap")
        return datetime.fromisoformat(entry.findtext(f"{MAP}lastmod"))

    ListEdition.objects.update(number=0)
    assert told().year == 1970
    for change in ({}, {"status": "withdrawn"}):
        ListEdition.objects.update(number=0)
        Article.objects.filter(pk=story.pk).update(**change or {"revised_at": timezone.now()})
        edition.bump_story(Article.objects.get(pk=story.pk))

        assert timezone.now() - told() < timedelta(days=2)


def test_file_whose_last_story_goes_leaves_the_index(client):
    story = build.article()
    Article.objects.filter(pk=story.pk).update(status="withdrawn")
    edition.bump_story(Article.objects.get(pk=story.pk))

    assert "bai-viet" not in str(locations(client, "/sitemap.xml"))


def test_files_are_told_of_after_rows_were_made_by_the_database_itself(client):
    build.article(pk=listing.STORIES_IN_FILE * 2)
    ListEdition.objects.all().delete()

    listing.rebuild()

    assert f"{HOME}/sitemap-bai-viet-2.xml" in locations(client, "/sitemap.xml")


def test_sitemap_of_lists_names_what_has_something_to_show(client):
    build.article(tags=[build.tag()], series=build.series())
    build.tag("thẻ trống")
    build.series("Chuyên đề trống")
    build.author("Chưa viết gì")

    assert sorted(locations(client, "/sitemap-danh-muc.xml")) == [
        f"{HOME}/chu-de/nong-thon-moi/",
        f"{HOME}/chuyen-de/giu-rung-dau-nguon/",
        f"{HOME}/tac-gia/hoang-mai/",
        f"{HOME}/thoi-su/",
    ]


def test_index_names_further_files_of_more_lists_than_one_holds(client, monkeypatch):
    build.article(tags=[build.tag(), build.tag("Biển đảo")], series=build.series())
    monkeypatch.setattr(sitemaps.ListSitemap, "limit", 2)

    files = [address for address in locations(client, "/sitemap.xml") if "danh-muc" in address]

    assert files == [f"{HOME}/sitemap-danh-muc.xml{query}" for query in ("", "?p=2", "?p=3")]
    assert [len(locations(client, address.removeprefix(HOME))) for address in files] == [2, 2, 1]


def test_head_of_every_page_announces_the_feeds(client):
    build.article()

    html = client.get("/thoi-su/").content.decode()

    assert 'type="application/rss+xml"' in html
    assert "/rss/thoi-su.xml" in html
