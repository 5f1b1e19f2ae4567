"""Any order of blocks, any number of stories: what a reader of the front page gets."""

import re

import pytest
from tinyhtml5.parser import HTMLParser

from blocks.bands import bands, cards_and_titles
from blocks.models import Block, Form, Kind, Place
from blocks.placing import Entry, FilledBlock

from .. import build

LONG = ("Ủy ban nhân dân tỉnh ban hành kế hoạch phòng, chống rét cho gia súc ở các xã vùng cao " * 4)[:300].strip()


def filled(form):
    return FilledBlock(Block(form=form, place=Place.FRONT), "", form, [])


def shape(*forms):
    return [(band.shape, [block.form for block in band.blocks]) for band in bands(map(filled, forms))]


def test_ticker_stands_beside_the_lead_that_it_follows():
    assert shape("lead", "ticker", "cards") == [("lead", ["lead", "ticker"]), ("full", ["cards"])]


def test_ticker_without_a_lead_before_it_stands_alone():
    assert shape("ticker", "lead") == [("full", ["ticker"]), ("full", ["lead"])]


def test_three_narrow_blocks_stand_side_by_side():
    assert shape("headlines", "numbered", "headlines") == [("side", ["headlines", "numbered", "headlines"])]


@pytest.mark.parametrize(("number", "rows"), [(1, [1]), (2, [2]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2])])
def test_narrow_blocks_of_any_number_leave_none_alone_in_its_row(number, rows):
    assert [len(band.blocks) for band in bands([filled("headlines")] * number)] == rows


def test_wide_block_parts_the_narrow_ones_around_it():
    assert shape("headlines", "headlines", "photos", "headlines") == [
        ("side", ["headlines", "headlines"]),
        ("full", ["photos"]),
        ("full", ["headlines"]),
    ]


def test_cards_without_pictures_stay_in_one_row():
    entries = [Entry(None, f"Tin {n}", "", "", "") for n in range(6)]

    assert cards_and_titles(entries) == (entries, [])


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 5, 30])
@pytest.mark.parametrize("form", Form.values)
def test_block_of_any_form_and_number_is_valid_and_prints_every_title_whole(client, form, number):
    titles = [LONG, "Lũ", *[f"Bản tin số {n}" for n in range(3, 31)]][:number]
    for hours, title in enumerate(titles):
        build.article(title=title, hours_ago=hours + 1)
    build.block(Kind.NEWEST, Place.FRONT, form=form, count=30, heading="Tin trong ngày")

    html = client.get("/").content.decode()
    parser = HTMLParser()
    parser.parse(html)

    assert parser.errors == []
    assert [title for title in titles if f">{title}</a>" not in html] == []
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_front_page_without_any_block_says_so_and_still_has_its_heading(client):
    html = client.get("/").content.decode()

    assert 'class="empty"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_line_of_text_prints_its_prefix_and_teaser_below_a_story_and_is_no_link(client):
    story = build.article()
    block = build.block(Kind.PICKED, Place.BELOW, form=Form.CARDS, heading="Các tin khác")
    build.pick(block, title="Tin không còn trong kho", lead_prefix="(BBN) -", teaser="Dòng dẫn của tin.")

    html = client.get(story.get_absolute_url()).content.decode()

    assert re.search(r"<h3 class=\"card-title\">Tin không còn trong kho</h3>", html)
    assert "<b>(BBN) -</b> Dòng dẫn của tin." in html


@pytest.mark.django_db
def test_block_of_a_section_leads_to_it_and_to_its_parts(client):
    section = build.section("Kinh tế")
    build.section("Nông nghiệp", parent=section)
    build.article(section=section)
    build.block(Kind.SECTION, Place.FRONT, section=section, form=Form.FEATURE)

    html = client.get("/").content.decode()

    assert '<a class="block-more" href="/kinh-te/">' in html
    assert '<ul class="block-sections"><li><a href="/kinh-te/nong-nghiep/">Nông nghiệp</a></li></ul>' in html


@pytest.mark.django_db
def test_line_of_running_series_names_those_that_run(client):
    build.article(series=build.series("Cầu Bến Sông", is_running=True))
    build.article(series=build.series("Chuyện đã khép", is_running=False))
    build.article(series=build.series("Chuyện chưa kể"), hours_ago=-1)

    html = client.get("/").content.decode()

    assert '<a href="/chuyen-de/cau-ben-song/">Cầu Bến Sông</a>' in html
    assert '<a href="/chuyen-de/chuyen-da-khep/">' not in html
    assert "Chuyện chưa kể" not in html


@pytest.mark.django_db
def test_block_shows_a_picture_once_and_its_other_stories_as_text(client):
    shown = build.picture()
    section = build.section()
    for hours in (1, 2, 3):
        build.article(title=f"Bản tin số {hours}", lead_picture=shown, hours_ago=hours, section=section)
    build.article(title="Bản tin không ảnh", hours_ago=4)
    build.block(Kind.NEWEST, Place.FRONT, form=Form.CARDS, count=4)

    html = client.get("/").content.decode()

    assert html.count("<img") == 1
    assert html.index("<img") < html.index("Bản tin số 1") < html.index("Bản tin số 2")
    assert html.count("card-bare") == 3


@pytest.mark.django_db
def test_list_parts_neighbours_with_one_picture_and_shows_it_again_further_down(client):
    shown = build.picture()
    for hours in (1, 2):
        build.article(title=f"Chung ảnh {hours}", lead_picture=shown, hours_ago=hours)
    build.article(title="Không ảnh", hours_ago=3)
    build.article(title="Lại ảnh ấy", lead_picture=shown, hours_ago=4)

    html = client.get(build.author().get_absolute_url()).content.decode()

    assert html.count("<img") == 2
    assert "<img" not in html[html.index("Chung ảnh 1") : html.index("Không ảnh")]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "printed"), [(3, ""), (4, "4 ảnh")])
def test_band_of_pictures_says_how_many_a_story_holds(client, number, printed):
    pictures = [build.picture(title=f"Ảnh {n}") for n in range(number)]
    body = "".join(f'<figure><img data-picture="{picture.pk}" alt="" src=""></figure>' for picture in pictures)
    build.article(title="Một ngày bên sông", body=body, lead_picture=pictures[0])
    build.article(title="Chợ phiên", lead_picture=pictures[1], hours_ago=2)
    build.block(Kind.NEWEST, Place.FRONT, form=Form.PHOTOS)

    html = client.get("/").content.decode()

    assert re.findall(r'<p class="count">(.*?)</p>', html) == ([printed] if printed else [])
