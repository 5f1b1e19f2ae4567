"""The demo paper itself: publication, sections, series, pen names, pictures, staff."""

import io
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from accounts.models import User
from articles.models import Author, CreditKind, HouseStyle, Picture, PrefixForm, Publication, Section, Series
from articles.renditions import make
from articles.text import strict

from . import drawing

NAMEPLATE = Path(__file__).parent / "nameplate.txt"

# user name, full name, group: enough to walk a story through the house.
STAFF = (
    ("phongvien", "Nông Thu Hường", "Phóng viên"),
    ("bientap", "Hoàng Bá Đạt", "Biên tập viên"),
    ("thuky", "Trần Mai Lĩnh", "Thư ký tòa soạn"),
    ("kiemduyet", "Lý Thị Vân", "Kiểm duyệt bình luận"),
)


def make_paper(world: dict) -> Publication:
    """The current publication with its house style."""
    nameplate = " ".join(NAMEPLATE.read_text().split())
    paper, _ = Publication.objects.get_or_create(
        name=world["publication"]["name"],
        defaults=world["publication"] | {"is_current": True, "nameplate": nameplate},
    )
    HouseStyle.objects.get_or_create(
        publication=paper, name="", defaults={"is_current": True, "prefix_form": PrefixForm.DASH}
    )
    return paper


def make_sections(world: dict) -> dict[str, Section]:
    """slug -> section, two levels."""
    found = {}
    for order, row in enumerate(world["sections"]):
        top = _section(row, order, None)
        found[top.slug] = top
        for below, child in enumerate(row["children"]):
            section = _section(child, below, top)
            found[section.slug] = section
    return found


def make_pictures(world: dict, progress) -> dict[str, Picture]:
    """name -> picture, drawn and with its renditions. Drawing takes a while, so `progress` is told of each."""
    found = {}
    for row in progress(world["pictures"]):
        picture = Picture.objects.filter(title=row["title"]).first()
        if picture is None:
            picture = Picture(title=row["title"], alt=row["alt"], caption=row["caption"], **_credit(row["credit"]))
            buffer = io.BytesIO()
            drawing.draw(row["name"]).save(buffer, "JPEG", quality=90)
            picture.original = ContentFile(buffer.getvalue(), name=f"{row['name']}.jpg")
            picture.save()
            make(picture)
        found[row["name"]] = picture
    return found


def make_series(world: dict, pictures: dict) -> dict[str, Series]:
    return {
        row["name"]: Series.objects.get_or_create(
            name=row["name"],
            defaults={"slug": row["slug"], "description": row["description"], "picture": pictures[row["picture"]]},
        )[0]
        for row in world["series"]
    }


def make_authors(world: dict) -> None:
    for row in world["authors"]:
        author(row["name"], bio=row["bio"])


def give_portraits(world: dict, pictures: dict) -> None:
    for row in world["authors"]:
        if row["picture"]:
            Author.objects.filter(key=strict(row["name"])).update(portrait=pictures[row["picture"]])


def author(name: str, **defaults) -> Author:
    """The pen name, created when it is new; spellings of one name are one row."""
    return Author.objects.called(name) or Author.objects.create(name=name, **defaults)


def make_staff() -> dict[str, User]:
    """One person for each group. They have no password: an administrator gives them one to try a role."""
    found = {}
    for username, full_name, group in STAFF:
        user, created = User.objects.get_or_create(
            username=username, defaults={"full_name": full_name, "is_staff": True}
        )
        if created:
            user.set_unusable_password()
            user.save()
            user.groups.add(Group.objects.get(name=group))
        found[username] = user
    return found


def _section(row: dict, order: int, parent: Section | None) -> Section:
    return Section.objects.get_or_create(
        slug=row["slug"],
        defaults={"name": row["name"], "description": row["description"], "order": order, "parent": parent},
    )[0]


def _credit(credit: str) -> dict:
    kinds = {kind.label: kind for kind in CreditKind}
    return {"credit_kind": kinds[credit]} if credit in kinds else {"credit_author": author(credit)}
