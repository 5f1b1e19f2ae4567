"""axe-core finds no violation on any page of readers or of the desk, at phone and desk width, light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Group
from django.contrib.flatpages.models import FlatPage

from accounts.models import User
from articles.models import Act, ArticleEvent
from blocks.models import Block, Kind
from comments.models import Status as CommentStatus

from . import build
from .paper import comment, paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# axe's own look at style sheets asks for them once more; the policy of our pages allows no such request.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
VIEWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
# Of the desk's fifty pages each width and each scheme once: marks do not depend on colours, nor colours on the width.
DESK_VIEWS = [(360, "light"), (1280, "dark")]

# The markup of CKEditor and select2 is not ours to write: an element of it has a class or an id with one of these.
FOREIGN = re.compile(r"cke_|select2")
# Rules that it breaks, by name -> how many of its elements at the most on one page. Anything else, or more, fails.
# list: select2 puts its "remove all" among the list items of a field of many; a story has three such fields.
EXCEPTED = {"list": 3}

DESK = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/?q=khongcogi",
    "/admin/articles/article/add/",
    "/admin/articles/article/{draft}/change/",
    "/admin/articles/article/{story}/change/",
    "/admin/articles/article/{story}/history/",
    "/admin/articles/article/{story}/look/",
    "/admin/articles/article/{story}/withdraw/",
    "/admin/articles/author/",
    "/admin/articles/author/{author}/change/",
    "/admin/articles/picture/",
    "/admin/articles/picture/?q=khongcogi",
    "/admin/articles/picture/add/",
    "/admin/articles/picture/tai-len/",
    "/admin/articles/picture/{picture}/change/",
    "/admin/articles/section/",
    "/admin/articles/article/{draft}/preview-links/",
    "/admin/articles/section/{section}/change/",
    "/admin/articles/series/add/",
    "/admin/articles/tag/",
    "/admin/articles/tag/{tag}/delete/",
    "/admin/articles/publication/",
    "/admin/articles/publication/{publication}/change/",
    "/admin/accounts/failedsignin/",
    "/admin/accounts/signin/",
    "/admin/accounts/signin/{sign_in}/change/",
    "/admin/comments/comment/",
    "/admin/comments/comment/{comment}/change/",
    "/admin/comments/comment/nguoi-gui/",
    "/admin/blocks/block/",
    "/admin/blocks/block/add/",
    "/admin/blocks/block/{block}/change/",
    "/admin/blocks/block/{block}/preview/",
    "/admin/blocks/block/front/",
    "/admin/blocks/block/front/at/?at_0=01/01/2199&at_1=08:00",
    "/admin/flatpages/flatpage/",
    "/admin/flatpages/flatpage/{page}/change/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{user}/change/",
    "/admin/auth/group/",
    "/admin/auth/group/{group}/change/",
    "/admin/password_change/",
]


def violations(page) -> dict[str, list[str]]:
    """rule -> the elements that break it."""
    found = {}
    for violation in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in violation["nodes"]:
            found.setdefault(violation["id"], []).append(" ".join(map(str, node["target"])))
    return found


def faults_at_the_desk(page) -> dict[str, list[str]]:
    """rule -> the elements that break it: ours, and those of others beyond what is excepted by name and count."""
    faults = {}
    for rule, nodes in violations(page).items():
        ours = [node for node in nodes if not FOREIGN.search(node)]
        theirs = [node for node in nodes if FOREIGN.search(node)]
        if counted := ours + (theirs if len(theirs) > EXCEPTED.get(rule, 0) else []):
            faults[rule] = counted
    return faults


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_public_pages(visit, width, scheme):
    made = paper()
    gone = build.article(status="withdrawn", title="Tin đã gỡ")
    video = build.article(body='<iframe src="https://player.vimeo.com/video/7" title="Thông xe"></iframe>')
    others = {"not found": "/khong-co/", "gone": gone.get_absolute_url(), "video": video.get_absolute_url()}
    page = visit("/", width=width, scheme=scheme)
    faults = {}
    for name, address in {**made.addresses(), **others}.items():
        page.goto(address)
        if found := violations(page):
            faults[name] = found
        if wide := sideways(page):
            faults[f"{name} scrolls sideways"] = wide

    assert faults == {}


@pytest.mark.parametrize(("width", "scheme"), DESK_VIEWS)
def test_desk(visit, width, scheme):
    ids = work_at_the_desk()
    page = visit("/admin/login/", width=width, scheme=scheme)
    faults = {"login": found} if (found := violations(page)) else {}
    sign_in(page, User.objects.get(pk=ids["user"]))
    ids["sign_in"] = AccessLog.objects.get().pk
    for address in DESK:
        assert page.goto(address.format(**ids)).status == 200, address
        page.wait_for_load_state("networkidle")
        if found := faults_at_the_desk(page):
            faults[address] = found
        if wide := sideways(page):
            faults[f"{address} scrolls sideways"] = wide

    assert faults == {}


def work_at_the_desk() -> dict[str, int]:
    """Something in every table: name of a placeholder in DESK -> its id."""
    made = paper()
    build.house_style()
    ArticleEvent.objects.create(article=made.story, act=Act.PUBLISH, before="draft", after="published")
    picture = build.picture(title="Bến đò sớm", credit_author=made.author)
    AccessAttempt.objects.create(username="lehoa", ip_address="10.0.0.7", failures_since_start=2)
    gone = build.article(status="withdrawn", title="Tin đã gỡ")
    build.article(title="Tin dẫn lại", body=link_to(made.story))
    dead = {"body": link_to(gone), "lead_picture": picture}
    rows = {
        "story": made.story,
        "draft": build.article(status="draft", published_at=None, title="Bản thảo dở dang", **dead),
        "comment": comment(made.story, status=CommentStatus.HELD, text="Bao giờ đò chạy lại?"),
        "picture": picture,
        "author": made.author,
        "section": made.section,
        "tag": made.tag,
        "publication": build.publication(),
        "block": Block.objects.get(kind=Kind.PICKED),
        "page": FlatPage.objects.get(url="/gioi-thieu/"),
        "group": Group.objects.first(),
        "user": User.objects.create_superuser("chi", full_name="Lê Chi", password="mot-hai-ba-bon"),
    }
    return {name: row.pk for name, row in rows.items()}


def link_to(story) -> str:
    return f'<p><a href="{story.get_absolute_url()}">đã đưa tin</a></p>'


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_desk_of_someone_without_the_right(visit, width, scheme):
    page = visit("/admin/login/", width=width, scheme=scheme)
    person = build.user(username="khach", is_staff=True)
    person.set_password("mot-hai-ba-bon")
    person.save()
    sign_in(page, person)

    assert page.goto("/admin/articles/tag/").status == 403
    assert violations(page) == {}
    assert sideways(page) == 0


@pytest.mark.parametrize(("width", "scheme"), DESK_VIEWS)
def test_desk_with_errors_and_rows_added(visit, width, scheme):
    ids = work_at_the_desk()
    page = visit("/admin/login/", width=width, scheme=scheme)
    sign_in(page, User.objects.get(pk=ids["user"]))
    page.goto("/admin/articles/article/add/")
    page.click(".inline-group .add-row a")
    page.click("[name=_publish]")
    page.wait_for_selector(".errornote")
    page.wait_for_load_state("networkidle")

    assert faults_at_the_desk(page) == {}
    assert sideways(page) == 0


def sign_in(page, user) -> None:
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "mot-hai-ba-bon")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
