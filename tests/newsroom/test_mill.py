"""The mill of the volume: a number is a story, whoever grinds it, and its keys are those that an index would get."""

from articles.html import plain_text
from articles.keys import lines
from articles.text import slugify
from newsroom.demo.grinding import ALONE, grinder
from newsroom.demo.mill import SLUG_LENGTH, Mill, Stock

LONG = "Bản tin rất dài về một con đường qua ba xã và hai mươi bảy thôn bên sông Vân đầu năm"
STOCK = Stock(
    titles=["Cầu mới thông xe", "Chợ phiên 21/11 ở Bản Sỏi", LONG],
    leads=["Cây cầu dài 120 m.", "Chợ họp từ sáng sớm."],
    paragraphs=[f"Đoạn văn số {number} kể chuyện <đường> & chợ." for number in range(20)],
    authors=["Thu Hường", "Bá Đạt"],
    series=["Nông thôn mới"],
    captions=["", "Cầu nhìn từ bến"],
    tags=[["cầu"], ["chợ", "chợ phiên"], ["đường"], ["thôn"]],
    sections=3,
)
NUMBERS = range(40)


def test_same_number_gives_the_same_story_in_any_run():
    ground = Mill(STOCK).grind(NUMBERS)

    assert [story.number for story in ground] == list(NUMBERS)
    assert ground[7:9] == Mill(STOCK).grind(range(7, 9))


def test_number_gives_the_story_that_it_has_always_given():
    first, *_between, seventh = Mill(STOCK).grind(range(8))

    assert (first.title, first.slug) == ("Chợ phiên 21/11 ở Bản Sỏi (0)", "cho-phien-21-11-o-ban-soi-0")
    assert (first.author, first.section, first.picture, first.series, first.tags) == (1, 1, 0, None, [0, 1, 3])
    assert first.body.startswith("<p>Đoạn văn số 16 kể chuyện &lt;đường&gt; &amp; chợ.</p>\n<p>Đoạn văn số 15 ")
    assert "thôn Gưởi Lử được làm theo Quyết định số 1001-QĐ/UBND, ký ngày 19/1. Danh sách đợt này có 334" in first.body
    assert (seventh.slug, seventh.body.count("<p>")) == ("cau-moi-thong-xe-7", 20)


def test_story_has_the_keys_that_a_rebuilt_index_would_have():
    for story in Mill(STOCK).grind(NUMBERS):
        told = [*plain_text(story.body).split("\n"), STOCK.authors[story.author], STOCK.captions[story.picture]]
        told += [] if story.series is None else [STOCK.series[story.series]]
        told += [name for tag in story.tags for name in STOCK.tags[tag]]
        body = lines(dict.fromkeys(filter(None, told)))
        assert story.words == (*lines([story.title]), *lines([story.lead]), *body)


def test_address_of_a_story_is_made_from_its_title_as_any_other():
    ground = Mill(STOCK).grind(NUMBERS)

    assert [story.slug for story in ground] == [slugify(story.title) for story in ground]
    assert any(story.title.startswith(LONG) for story in ground)
    assert max(len(story.slug) for story in ground) <= SLUG_LENGTH


def test_stories_ground_by_other_processes_are_the_same_and_in_order():
    batches = [range(0, 3), range(3, 6), range(6, 9), range(9, 12), range(12, 15), range(15, 16)]

    with grinder(STOCK, ALONE + 1) as grind:
        ground = list(grind(batches))

    assert ground == [Mill(STOCK).grind(batch) for batch in batches]
