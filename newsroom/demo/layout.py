"""The demo's blocks: a curated front page, and what stands beside and below stories."""

from articles.models import Article, Section
from blocks.models import Block, BlockItem, Form, Kind, Place

from .stories import SOURCE

# What the desk picked for the top of the front page, by the beginning of the stories' keys: the opening with two
# pictured seconds and a title, then four to read at leisure.
OPENING = ("01-", "10-", "12-", "33-")
AT_LEISURE = ("05-", "17-", "24-", "16-")

# place, form, rule, heading, number of stories, section
ROWS = (
    (Place.FRONT, Form.LEAD, Kind.PICKED, "", 4, None),
    (Place.FRONT, Form.TICKER, Kind.NEWEST, "Mới nhất", 9, None),
    (Place.FRONT, Form.CARDS, Kind.PICKED, "", 4, None),
    (Place.FRONT, Form.FEATURE, Kind.SECTION, "Chính trị", 7, "chinh-tri"),
    (Place.FRONT, Form.CARDS, Kind.SECTION, "Kinh tế", 6, "kinh-te"),
    (Place.FRONT, Form.PHOTOS, Kind.SECTION, "Ảnh và phóng sự", 3, "phong-su-anh"),
    (Place.FRONT, Form.HEADLINES, Kind.SECTION, "Xã hội", 4, "xa-hoi"),
    (Place.FRONT, Form.HEADLINES, Kind.SECTION, "Văn hóa", 4, "van-hoa"),
    (Place.FRONT, Form.HEADLINES, Kind.SECTION, "Giáo dục", 4, "giao-duc"),
    (Place.FRONT, Form.NUMBERED, Kind.MOST_READ, "Xem nhiều nhất", 5, None),
    (Place.FRONT, Form.HEADLINES, Kind.SECTION, "Bạn đọc", 4, "ban-doc"),
    (Place.FRONT, Form.HEADLINES, Kind.SECTION, "Thể thao", 4, "the-thao"),
    (Place.SECTION, Form.TICKER, Kind.NEWEST, "Mới nhất", 5, None),
    (Place.SECTION, Form.NUMBERED, Kind.MOST_READ, "Xem nhiều nhất", 5, None),
    (Place.BESIDE, Form.TICKER, Kind.NEWEST, "Mới nhất", 6, None),
    (Place.BESIDE, Form.NUMBERED, Kind.MOST_READ, "Xem nhiều nhất", 5, None),
    (Place.BELOW, Form.ROWS, Kind.SAME_SERIES, "Cùng chuyên đề", 3, None),
    (Place.BELOW, Form.ROWS, Kind.SAME_TAGS, "Tin liên quan", 3, None),
    (Place.BELOW, Form.CARDS, Kind.SAME_SECTION, "Các tin khác", 4, None),
)


def make_blocks(sections: dict[str, Section]) -> None:
    """Lays the pages out once; a database that has blocks keeps its own."""
    if Block.objects.exists():
        return
    for order, (place, form, kind, heading, count, slug) in enumerate(ROWS):
        block = Block.objects.create(
            place=place,
            form=form,
            kind=kind,
            fill_kind=Kind.NEWEST if kind == Kind.PICKED else "",
            heading=heading,
            count=count,
            section=sections.get(slug),
            order=order * 10,
            allow_repeat=kind == Kind.MOST_READ or form == Form.TICKER,
        )
        if kind == Kind.PICKED:
            _pick(block, OPENING if form == Form.LEAD else AT_LEISURE)


def _pick(block: Block, beginnings: tuple[str, ...]) -> None:
    for order, beginning in enumerate(beginnings):
        story = Article.objects.get(source=SOURCE, source_id__startswith=beginning)
        BlockItem.objects.create(block=block, article=story, order=order)
