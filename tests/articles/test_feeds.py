"""What programs read: feeds and sitemaps."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.contrib.sites.models import Site
from django.utils import timezone

from articles.dates import Precision
from articles.feeds import FEED_LENGTH
from articles.models import Article

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
    build.article(title="Khách", section=build.section("Xã hội"), hours_ago=3).more_sections.add(economy)
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
    build.article()

    found = locations(client, "/sitemap.xml")

    assert found == [f"{HOME}/sitemap-{name}.xml" for name in ("bai-viet", "danh-muc", "trang")]
    assert all(locations(client, address.removeprefix(HOME)) for address in found)


def test_robots_name_both_sitemaps(client):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {HOME}/sitemap.xml" in text
    assert f"Sitemap: {HOME}/sitemap-news.xml" in text


def test_sitemap_of_stories_says_when_each_was_changed_last(client):
    story = build.article(hours_ago=90 * 24)
    Article.objects.update(revised_at=timezone.now() - timedelta(days=3))
    story.refresh_from_db()

    (entry,) = read(client, "/sitemap-bai-viet.xml").iter(f"{MAP}url")

    assert entry.findtext(f"{MAP}loc") == HOME + story.get_absolute_url()
    assert entry.findtext(f"{MAP}lastmod") == timezone.localtime(story.revised_at).date().isoformat()


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


def test_head_of_every_page_announces_the_feeds(client):
    build.article()

    html = client.get("/thoi-su/").content.decode()

    assert 'type="application/rss+xml"' in html
    assert "/rss/thoi-su.xml" in html
