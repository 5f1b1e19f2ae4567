"""axe-core finds no violation on any page of readers or of the desk, at phone and desk width, light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import User
from articles.models import Act, ArticleEvent
from comments.models import Status as CommentStatus

from . import build
from .paper import comment, paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# axe's own look at style sheets asks for them once more; the policy of our pages allows no such request.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
VIEWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]

# What lies in the markup of CKEditor and select2, which we do not write: rule -> how many elements at the most on the
# article form. Anything else, or more of it, fails.
EXCEPTED = {}
FOREIGN = re.compile(r"cke_|select2")

DESK = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/{story}/change/",
    "/admin/articles/article/{story}/history/",
    "/admin/articles/article/{story}/withdraw/",
    "/admin/articles/author/",
    "/admin/articles/author/add/",
    "/admin/articles/picture/",
    "/admin/articles/picture/add/",
    "/admin/articles/section/",
    "/admin/articles/series/add/",
    "/admin/articles/tag/",
    "/admin/articles/publication/",
    "/admin/articles/publication/add/",
    "/admin/comments/comment/",
    "/admin/comments/comment/{comment}/change/",
    "/admin/blocks/block/",
    "/admin/blocks/block/add/",
    "/admin/flatpages/flatpage/",
    "/admin/flatpages/flatpage/add/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/auth/group/",
    "/admin/password_change/",
]


def violations(page) -> dict[str, list[str]]:
    """rule -> the elements of ours that break it."""
    found = {}
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            found.setdefault(violation["id"], []).append(" ".join(map(str, node["target"])))
    return found


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_public_pages(visit, width, scheme):
    made = paper()
    gone = build.article(status="withdrawn", title="Tin đã gỡ")
    page = visit("/", width=width, scheme=scheme)
    faults = {}
    for name, address in {**made.addresses(), "not found": "/khong-co/", "gone": gone.get_absolute_url()}.items():
        page.goto(address)
        if found := violations(page):
            faults[name] = found
        if wide := sideways(page):
            faults[f"{name} scrolls sideways"] = wide

    assert faults == {}


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_desk(visit, live_server, client, width, scheme):
    made = paper()
    waiting = comment(made.story, status=CommentStatus.HELD, text="Bao giờ đò chạy lại?")
    draft = build.article(status="draft", published_at=None, title="Bản thảo dở dang")
    ArticleEvent.objects.create(article=made.story, act=Act.PUBLISH, before="draft", after="published")
    page = visit("/admin/login/", width=width, scheme=scheme)
    faults = {"login": found} if (found := violations(page)) else {}
    sign_in(page, User.objects.create_superuser("chi", full_name="Lê Chi", password="mot-hai-ba-bon"))
    ids = {"story": made.story.pk, "comment": waiting.pk, "draft": draft.pk}
    for address in DESK:
        assert page.goto(address.format(**ids)).status == 200, address
        page.wait_for_load_state("networkidle")
        ours = {rule: nodes for rule, nodes in violations(page).items() if not all(map(FOREIGN.search, nodes))}
        if ours:
            faults[address] = ours
        if wide := sideways(page):
            faults[f"{address} scrolls sideways"] = wide

    assert faults == {}


def sign_in(page, user) -> None:
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "mot-hai-ba-bon")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
