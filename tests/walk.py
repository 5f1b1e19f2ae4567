"""A walk through the desk and the site that writes down every word that no Vietnamese writes."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import FailedSignIn, SignIn, User
from articles.models import Act, ArticleEvent, Correction, Plan, SectionEditor
from blocks.models import Block, Kind
from comments.models import ModerationAction
from comments.models import Status as CommentStatus

from . import build
from .paper import comment, paper
from .vietnamese import foreign_words, shown
from .web_forms import as_typed

# table -> its part of the admin, by the name that stands in the names of its views: "articles_article".
ADMINS = {f"{model._meta.app_label}_{model._meta.model_name}": of for model, of in admin.site._registry.items()}
# The views that the admin makes for a table.
KINDS = ("changelist", "add", "change", "delete", "history")
PASSWORD = "mot-hai-ba-bon"


class Walk:
    """A person at the desk who writes down every foreign word that an answer shows."""

    def __init__(self, person: User | None = None):
        self.client, self.found = Client(), {}
        if person:
            self.client.force_login(person)

    def get(self, address: str, expect: int = 200) -> str:
        return self.read(f"GET {address}", self.client.get(address, follow=True), expect)

    def post(self, address: str, data: dict | None = None, expect: int | None = None) -> str:
        return self.read(f"POST {address}", self.client.post(address, data or {}, follow=True), expect)

    def press(self, address: str, pressed: dict) -> str:
        """Sends the form of a page as it stands, but for what is typed and pressed."""
        return self.post(address, as_typed(self.get(address)) | pressed)

    def read(self, asked: str, answer, expect: int | None = None) -> str:
        assert expect in (answer.status_code, None), asked
        if strange := [text for text in texts_of(answer) if foreign_words(text) or capital_within(text)]:
            self.found.setdefault(asked, []).extend(strange)
        return answer.content.decode()


@cache
def _names_with_a_capital() -> re.Pattern:
    """The names of our tables as they open a sentence, behind a small letter: "Thêm Bài viết" is no Vietnamese."""
    metas = [model._meta for model in apps.get_models()]
    names = {str(name) for meta in metas for name in (meta.verbose_name, meta.verbose_name_plural)}
    names |= {str(field.verbose_name) for meta in metas for field in meta.fields}
    capitals = sorted({re.escape(capfirst(name)) for name in names if name != capfirst(name)}, key=len, reverse=True)
    return re.compile(rf"(?<=[^\W\d_A-Z] )(?:{'|'.join(capitals)})\b")


def capital_within(text: str) -> bool:
    return bool(_names_with_a_capital().search(text))


# What a person sees of a feed.
_FED = re.compile(r"<(?:title|subtitle|description|summary|name|category|rights)(?:\s[^>]*)?>([^<]*)<")


def texts_of(answer) -> list[str]:
    """What a person sees of an answer: a page, a feed, the answer to a script, a sentence, remarks for robots."""
    kind, text = answer.get("Content-Type", "").partition(";")[0], answer.content.decode()
    if kind == "text/html":
        return shown(text)
    if kind.endswith("xml"):
        return [unescape(found) for found in _FED.findall(text)]
    if kind == "application/json":
        return list(strings(json.loads(text)))
    if kind == "text/plain":
        return [line for line in text.splitlines() if not line.startswith(("User-agent:", "Disallow:", "Sitemap:"))]
    # What scripts say stands in a catalogue with a test of its own.
    return []


def strings(data) -> Iterator[str]:
    """The texts within JSON; its keys are for programs."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from strings(one)


def of(table: str, kind: str, pk: int | None = None) -> str:
    """The address of a view of a table, or of one of its rows."""
    return reverse(f"admin:{table}_{kind}", args=[] if pk is None else [pk])


def something_in_every_table() -> dict[str, int]:
    """Something in every table, with whatever hangs on it: table -> id of a row."""
    # Names, as far as they are ours to choose, are syllables, so that whatever else turns up is a find.
    build.publication(code="BAO")
    made = paper(2)
    build.house_style()
    picture = build.picture(title="Bến đò sớm", credit_author=made.author)
    story = build.article(title="Bến đò đêm", lead_picture=picture, section=made.section, tags=[made.tag])
    boss = User.objects.create_superuser("hoa", full_name="Lê Hoa", password=PASSWORD)
    colleague = build.user(username="bo", full_name="Trần Bộ")
    colleague.groups.set(Group.objects.all())
    SectionEditor.objects.create(user=colleague, section=made.section)
    for act in Act.values:
        ArticleEvent.objects.create(article=story, act=act, by=boss, note="Theo ý bạn đọc.")
    remark = comment(made.story, status=CommentStatus.HELD, text="Bao giờ đò chạy lại?", suspicion="Có liên kết")
    for act in ModerationAction.Act.values:
        ModerationAction.objects.create(comment=remark, by=boss, act=act, reason="Sai sự thật")
    of_table = {
        "articles_article": story,
        "articles_articleevent": story.events.first(),
        "articles_author": made.author,
        "articles_correction": Correction.objects.create(
            article=story, wrong="Ba trăm hộ.", right="Ba mươi hộ.", apology="Báo xin lỗi bạn đọc."
        ),
        "articles_tag": made.tag,
        "articles_series": made.series,
        "articles_section": made.section,
        "articles_picture": picture,
        "articles_plan": Plan.objects.create(idea="Chợ nổi", section=made.section),
        "articles_publication": build.publication(),
        "flatpages_flatpage": FlatPage.objects.get(url="/gioi-thieu/"),
        "accounts_user": colleague,
        "auth_group": Group.objects.first(),
        "comments_comment": remark,
        "blocks_block": Block.objects.get(kind=Kind.PICKED),
        "sites_site": Site.objects.get(),
        "accounts_failedsignin": FailedSignIn.objects.create(
            username="hoa", ip_address="10.0.0.7", failures_since_start=2, user_agent="<unknown>"
        ),
        "accounts_signin": SignIn.objects.create(username="hoa", ip_address="10.0.0.7", path_info="/admin/login/"),
    }
    return {table: row.pk for table, row in of_table.items()}
