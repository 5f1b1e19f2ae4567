"""Rows for tests, in the words of a newsroom: each function makes one row, complete unless told otherwise."""

import io
from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from articles import counting, edition, most_read, publishing, renditions
from articles.dates import Precision
from articles.models import (
    Article,
    Author,
    Credit,
    HouseStyle,
    Period,
    Picture,
    Publication,
    Section,
    Series,
    Status,
    Tag,
)
from blocks.models import Block, BlockItem, Kind, Place
from comments import posting
from comments.models import Comment
from comments.models import Status as CommentStatus


def publication(**fields) -> Publication:
    """The paper of the tests, made once, current unless told otherwise."""
    fields = {"name": "Báo Bình Nguyên", "code": "BBN", "is_current": True} | fields
    return Publication.objects.filter(name=fields["name"]).first() or Publication.objects.create(**fields)


def house_style(**fields) -> HouseStyle:
    """A house style; without a name the current one of the paper, made once."""
    fields = {"publication": fields.get("publication") or publication(), "name": ""} | fields
    found = HouseStyle.objects.filter(publication=fields["publication"], name=fields["name"]).first()
    return found or HouseStyle.objects.create(**({"is_current": not fields["name"]} | fields))


def section(name: str = "Thời sự", **fields) -> Section:
    return Section.objects.filter(name=name).first() or Section.objects.create(name=name, **fields)


def series(name: str = "Giữ rừng đầu nguồn", **fields) -> Series:
    return Series.objects.filter(name=name).first() or Series.objects.create(name=name, **fields)


def tag(name: str = "nông thôn mới", **fields) -> Tag:
    return Tag.objects.filter(name=name).first() or Tag.objects.create(name=name, **fields)


def author(name: str = "Hoàng Mai", **fields) -> Author:
    return Author.objects.filter(name=name).first() or Author.objects.create(name=name, **fields)


def article(*, tags=(), by: str | None = "Hoàng Mai", hours_ago: float = 1, **fields) -> Article:
    """A story, published `hours_ago` unless told otherwise, with its derived columns filled.

    Give `status` for a draft or a withdrawn story, `published_at` for an exact time.
    """
    style = fields.get("house_style") or house_style()
    fields = {
        "title": "Bến đò cũ bên sông",
        "lead": "Chuyến đò cuối cùng rời bến lúc năm giờ chiều.",
        "body": "<p>Người lái đò cắm sào đã bốn mươi năm.</p>",
        "publication": style.publication,
        "house_style": style,
        "section": None if "section" in fields else section(),
        "status": Status.PUBLISHED,
        "date_precision": Precision.MINUTE,
        "published_at": timezone.now() - timedelta(hours=hours_ago),
    } | fields
    made = Article.objects.create(**fields)
    made.tags.set(tags)
    if by:
        Credit.objects.create(article=made, author=author(by))
    publishing.derive(article=made)
    if made.status in (Status.PUBLISHED, Status.WITHDRAWN):
        edition.bump_story(made)
    return made


def articles(number: int, **fields) -> list[Article]:
    """Published stories, newest first, each an hour older than the one before."""
    return [article(title=f"Bản tin số {n + 1}", hours_ago=n + 1, **fields) for n in range(number)]


def read(story: Article, times: int = 1, *, hours_ago: int = 0) -> Article:
    """Readings of a story in one hour, written as the counter writes them; `make_lists` makes the lists of them."""
    counting.add({(story.pk, most_read.hour_of(timezone.now()) - hours_ago): times})
    return story


def make_lists() -> None:
    """The lists of the most read, as they are now."""
    for period in Period:
        most_read.refresh(period)


def picture(image: Image.Image | bytes | None = None, make=renditions.make, **fields) -> Picture:
    """A picture of the library from a file's bytes, a drawing, or none (a grey field), with what `make` makes of it."""
    if not isinstance(image, bytes):
        buffer = io.BytesIO()
        (image or Image.new("RGB", (600, 400), "#406080")).save(buffer, "JPEG")
        image = buffer.getvalue()
    fields = {"title": "Bến đò", "alt": "Con đò bên bến"} | fields
    made = Picture.objects.create(original=ContentFile(image, name="ben-do.jpg"), **fields)
    make(made)
    return made


def block(kind: str = Kind.NEWEST, place: str = Place.FRONT, **fields) -> Block:
    made = Block.objects.create(kind=kind, place=place, **fields)
    edition.bump()
    return made


def pick(to: Block, article: Article | None = None, **fields) -> BlockItem:
    """A story, or with a title a line of text, at the end of a hand-picked block."""
    made = BlockItem.objects.create(block=to, article=article, order=to.items.count(), **fields)
    edition.bump()
    return made


def comment(on: Article | None = None, status: str = CommentStatus.HELD, **fields) -> Comment:
    """A reader's comment, held unless told otherwise."""
    fields = {
        "article": on or article(),
        "name": "Đỗ Văn Ngữ",
        "email": "dovanngu@thu.vn",
        "text": "Xã tôi ở vùng thấp mà vụ này cũng thiếu nước.",
        "status": status,
        "consent_version": posting.CONSENT_VERSION,
        "consent_at": timezone.now(),
    } | fields
    made = Comment.objects.create(key=posting.key_of(fields["text"]), **fields)
    edition.bump_page(made.article_id)
    return made


def user(*permissions: str, username: str = "lethuha", **fields) -> User:
    """A member of staff with these rights ("comments.moderate_comment")."""
    made = User.objects.create_user(username, **({"full_name": "Lê Thu Hà", "is_staff": True} | fields))
    for permission in permissions:
        app, _, codename = permission.partition(".")
        made.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return made


def member(group: str = "", **fields) -> User:
    """A member of staff, in a group of the house if one is given."""
    number = User.objects.count() + 1
    person = User.objects.create(**({"username": f"canbo{number}", "is_staff": True} | fields))
    if group:
        person.groups.add(Group.objects.get(name=group))
    return person
