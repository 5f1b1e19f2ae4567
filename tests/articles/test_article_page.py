import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from articles import publishing, renditions
from articles.dates import DateForm, Precision
from articles.models import BylinePlace, Picture

from .. import build

pytestmark = pytest.mark.django_db

PRINTED_AT = datetime(2026, 11, 20, 6, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def page(client, article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """What a reader sees between the frame's head and foot, blanks made one."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def in_order(text: str, *pieces: str) -> bool:
    at = -1
    for piece in pieces:
        at = text.find(piece, at + 1)
        if at < 0:
            return False
    return True


def picture(**fields) -> Picture:
    made = Picture(**({"title": "Bến đò", "alt": "Con đò bên bến", "caption": "Bến đò buổi sớm."} | fields))
    image = ContentFile(b"", name="ben-do.png")
    Image.new("RGB", (900, 600), "teal").save(image, "PNG")
    made.original = image
    made.save()
    renditions.make(made)
    return made


def test_story_reads_from_kicker_to_comments_in_the_order_of_print(client):
    style = build.house_style(tags_label="Chủ đề", share_label="Chia sẻ", comment_heading="Ý kiến bạn đọc")
    article = build.article(
        series=build.series("Giữ rừng"),
        lead_prefix="BBN -",
        house_style=style,
        published_at=PRINTED_AT,
        lead_picture=picture(credit_name="TTXVN", credit_kind="agency"),
        tags=[build.tag("bến đò")],
    )

    text = words_of(page(client, article))

    assert in_order(
        text,
        "Giữ rừng",
        "Bến đò cũ bên sông",
        "Thứ Sáu, 20/11/2026, 06:30 (GMT+7)",
        "BBN - Chuyến đò cuối cùng",
        "Bến đò buổi sớm. Ảnh: TTXVN.",
        "Người lái đò cắm sào",
        "Hoàng Mai",
        "Chủ đề bến đò",
        "Chia sẻ Facebook",
        "Ý kiến bạn đọc",
    ), text
    assert text.count("Hoàng Mai") == 1


def test_house_style_orders_what_stands_below(client):
    style = build.house_style(name="2019", below=["comments", "share", "tags"], share_label="Chia sẻ bài này")
    article = build.article(house_style=style, tags=[build.tag("bến đò")])

    assert in_order(words_of(page(client, article)), style.comment_heading, "Chia sẻ bài này", "Chủ đề bến đò")


def test_byline_stands_at_the_top_once_where_the_house_wants_it(client):
    style = build.house_style(name="đầu bài", byline_place=BylinePlace.TOP)
    article = build.article(house_style=style)

    text = words_of(page(client, article))

    assert in_order(text, "Bến đò cũ bên sông", "Hoàng Mai", "Chuyến đò cuối cùng", "Người lái đò")
    assert text.count("Hoàng Mai") == 1


def test_story_without_tags_share_and_comments_shows_no_label_of_them(client):
    style = build.house_style(name="trơn", shows_share=False, shows_comments=False)

    text = words_of(page(client, build.article(house_style=style)))

    assert style.tags_label not in text
    assert style.share_label not in text
    assert style.comment_heading not in text


def test_unknown_date_prints_nowhere(client):
    article = build.article(published_at=PRINTED_AT, date_precision=Precision.UNKNOWN)

    html = page(client, article)

    assert "20/11/2026" not in html
    assert "2026-11-20" not in html
    assert "published_time" not in html


def test_date_prints_exactly_in_the_form_of_the_house(client):
    style = build.house_style(name="phẩy", date_form=DateForm.WEEKDAY_PRIME)
    article = build.article(house_style=style, published_at=PRINTED_AT)

    assert "Thứ sáu, 20/11/2026 - 06:30'" in words_of(page(client, article))


def test_story_of_a_former_paper_names_it(client):
    build.publication()
    former = build.publication(name="Báo Thượng Nguyên", is_current=False)
    style = build.house_style(publication=former)

    text = words_of(page(client, build.article(house_style=style)))

    assert in_order(text, "Bến đò cũ bên sông", "Báo Thượng Nguyên", "Chuyến đò cuối cùng")
    head = words_of(page(client, build.article(title="Bài mới"))).split("Chuyến đò cuối cùng")[0]
    assert "Báo" not in head


def test_main_picture_without_a_file_keeps_caption_and_credit(client):
    shown = picture(credit_kind="archive")
    article = build.article(lead_picture=shown)
    Picture.objects.filter(pk=shown.pk).update(renditions={})

    html = page(client, article)

    assert "Bến đò buổi sớm. Ảnh tư liệu" in words_of(html)
    # The dot of the counter is no picture.
    assert "<img" not in re.sub("<noscript>.*?</noscript>", "", html)


def test_credit_prints_alone_and_a_picture_by_ai_is_labelled(client):
    text = words_of(
        page(client, build.article(lead_picture=picture(caption="", credit_kind="reader", made_by_ai=True)))
    )

    assert in_order(text, "Ảnh bạn đọc", "Người lái đò")
    assert "AI" in text.split("Ảnh bạn đọc")[0]


@pytest.mark.parametrize("caption", ["", "<figcaption>Bến đò năm 2050.</figcaption>"])
def test_picture_by_ai_within_the_text_is_labelled_with_and_without_a_caption(client, caption):
    shown = picture(caption="", credit_kind="illustration", made_by_ai=True)
    body = f'<figure><img alt="" data-picture="{shown.pk}">{caption}</figure>'

    text = words_of(page(client, build.article(body=body)))

    assert in_order(text, "Hình do AI tạo", *(["Bến đò năm 2050."] if caption else []), shown.credit)


def test_figures_of_the_body_stand_in_their_place(client):
    shown = picture(credit_kind="archive")
    body = f'<p>Đoạn một.</p><figure><img data-picture="{shown.pk}" src="/media/x" alt=""></figure><p>Đoạn hai.</p>'

    html = page(client, build.article(body=body))

    assert in_order(words_of(html), "Đoạn một.", "Ảnh tư liệu", "Đoạn hai.")
    assert html.count("<picture>") == 1


@pytest.mark.parametrize("title", ["Rét", "Ủy ban nhân dân " * 18 + "Ễ"])
def test_title_prints_whole_whatever_its_length(client, title):
    article = build.article(title=title)

    assert f'<h1 class="display">{article.title}</h1>' in page(client, article)


def test_text_that_looks_like_markup_prints_as_text(client):
    article = build.article(title="<b>Tít</b>", lead="<script>x</script>", typed_byline="<i>Mai</i>", kicker="<u>K</u>")

    html = page(client, article)

    for raw in ("<b>Tít", "<script>x", "<i>Mai", "<u>K"):
        assert raw not in html
    assert "<b>Tít</b>" in words_of(html)


def test_head_tells_other_sites_what_the_story_is(client):
    shown = picture()
    article = build.article(title='Nói "thật"', lead_picture=shown, section=build.section("Kinh tế"))

    html = page(client, article)

    address = f"http://example.com{article.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in html
    assert '<meta property="og:title" content="Nói &quot;thật&quot;">' in html
    assert f'<meta property="og:image" content="http://example.com{renditions.jpeg_url(shown)}">' in html
    assert 'type="application/rss+xml"' in html
    assert 'href="/rss/kinh-te.xml"' in html
    assert 'href="/atom/kinh-te.xml"' in html


def test_share_links_need_no_script_and_carry_the_address(client):
    article = build.article()

    html = page(client, article)

    quoted = f"http%3A%2F%2Fexample.com{article.get_absolute_url().replace('/', '%2F')}"
    assert f'href="https://www.facebook.com/sharer/sharer.php?u={quoted}"' in html
    assert f"body={quoted}" in html
    assert f'href="{article.get_print_url()}"' in html


def test_frame_carries_what_the_law_wants(client):
    build.publication(
        owner_body="Tỉnh ủy Bình Nguyên",
        head="Lê Thị Hoa",
        licence_number="12/GP-BTTTT",
        licence_date="2026-01-05",
        licence_issuer="Cục Báo chí",
        address="Số 1 đường Bờ Sông",
        telephone="0200 111 222",
        hotline="0900 333 444",
        email="toasoan@binhnguyen.example",
        rights_note="Ghi rõ nguồn khi dùng lại.",
    )
    article = build.article()
    wanted = (
        "Tỉnh ủy Bình Nguyên",
        "Tổng Biên tập: Lê Thị Hoa",
        "12/GP-BTTTT",
        "05/01/2026",
        "Cục Báo chí",
        "Số 1 đường Bờ Sông",
        "0200 111 222",
        "0900 333 444",
        "toasoan@binhnguyen.example",
        "Ghi rõ nguồn khi dùng lại.",
    )

    for address in (article.get_absolute_url(), article.get_print_url(), "/lien-he/"):
        html = client.get(address).content.decode()
        foot = " ".join(unescape(re.sub(r"<[^>]*>", "", html.split("<footer")[-1])).split())
        assert [piece for piece in wanted if piece not in foot] == []


def test_navigation_marks_the_section_that_the_story_is_in(client):
    top = build.section("Kinh tế")
    article = build.article(section=build.section("Nông nghiệp", parent=top))
    build.section("Xã hội")

    html = page(client, article)

    nav = re.search(r'<ul class="nav-list">.*?</ul>', html, re.DOTALL)[0]
    assert re.findall(r"aria-current[^>]*>([^<]*)", nav) == ["Kinh tế"]
    crumbs = re.search(r'<nav class="breadcrumb".*?</nav>', html, re.DOTALL)[0]
    assert in_order(crumbs, "/kinh-te/", "/kinh-te/nong-nghiep/")
    assert article.title not in crumbs


def test_print_view_has_the_story_and_no_navigation(client):
    article = build.article(tags=[build.tag("bến đò")], lead_prefix="BBN -")

    html = client.get(article.get_print_url()).content.decode()

    text = words_of(html)
    assert in_order(
        text, article.title, "BBN -", "Người lái đò", "Hoàng Mai", f"example.com{article.get_absolute_url()}"
    )
    assert "<nav" not in html
    assert "<form" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_contact_page_shows_the_addresses_of_the_paper(client):
    build.publication(address="Số 1 đường Bờ Sông", telephone="0200 111 222")

    text = words_of(client.get("/lien-he/").content.decode())

    assert in_order(text, "Số 1 đường Bờ Sông", "0200 111 222")
    assert "0200 111 222" not in words_of(client.get("/gioi-thieu/").content.decode())


def test_robots_name_the_sitemaps_in_full(client):
    text = client.get("/robots.txt").content.decode()

    assert text.startswith("User-agent: *\n")
    assert "Sitemap: http://example.com/sitemap.xml\n" in text
    assert "Sitemap: http://example.com/sitemap-news.xml\n" in text


def test_news_sitemap_tells_name_time_and_title(client):
    article = build.article(title="Bến & đò")
    publishing.derive(article=article)

    xml = client.get("/sitemap-news.xml").content.decode()

    assert f"<loc>http://example.com{article.get_absolute_url()}</loc>" in xml
    assert "<news:title>Bến &amp; đò</news:title>" in xml
    assert "<news:name>Báo Bình Nguyên</news:name>" in xml
    assert xml.startswith("<?xml")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_story_never_scrolls_sideways(visit, width):
    body = "<p>Một đoạn.</p><table><tbody><tr>" + "<td>Cột số liệu rất dài</td>" * 12 + "</tr></tbody></table>"
    article = build.article(title="Nghị quyết số 02-NQ/TU " * 10, body=body, tags=[build.tag("t" * 60)])

    shown = visit(article.get_absolute_url(), width=width)

    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_menu_opens_without_script(visit):
    build.section("Kinh tế")
    build.section("Nông nghiệp", parent=build.section("Kinh tế"))
    shown = visit(build.article().get_absolute_url(), width=360, script=False)

    shown.click(".menu summary")

    assert shown.locator(".menu-list").get_by_text("Nông nghiệp").is_visible()
