"""Every vector through the cleaner, on readers' pages, past the cleaner, in the editor: none ever runs."""

import re
from collections.abc import Iterable
from itertools import chain

import pytest
from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.urls import reverse
from tinyhtml5 import parse

from accounts.models import User
from articles.html import ALLOWED, clean_body, link_address
from articles.models import Article, Picture, Status, Tag
from articles.videos import video_of
from comments.models import Comment
from tests import build
from tests.paper import comment

from .vectors import VECTORS


def _marked(vector: str, number: int) -> str:
    """A vector that counts and calls under its own number, so that all of them can be looked at together."""
    counting = re.sub(r"hits|(?<=['`])hit(?=['`])", f"hit{number}", vector)
    return counting.replace("kia.example", f"kia{number}.example")


HTML = {"Content-Type": "text/html; charset=utf-8"}
SITE_SCRIPT = settings.BASE_DIR / "static" / "js" / "site.js"
ALL = [_marked(vector, number) for number, vector in enumerate(chain.from_iterable(VECTORS.values()))]
_numbers = iter(range(len(ALL)))
KINDS = {kind: [next(_numbers) for _vector in vectors] for kind, vectors in VECTORS.items()}
TITLE_LENGTH, KICKER_LENGTH = 300, 100
TEXT = "<p>Trước.</p>"


def _titles() -> list[str]:
    """All vectors, as many in a line as a title may have letters."""
    lines = [""]
    for vector in ALL:
        typed = vector.replace("\0", "")
        if len(lines[-1]) + len(typed) > TITLE_LENGTH:
            lines.append("")
        lines[-1] += typed
    return [line[:TITLE_LENGTH] for line in lines]


def seen(page, address: str) -> tuple[list[str], list[str], list[str]]:
    """(what ran, what the policy stopped, what was called) on a page where everything has been provoked."""
    page.goto(address)
    ran, stopped = page.evaluate("provokeAll()")
    return ran, stopped, [call for call in page.calls if not video_of(call)]


def framed(page, own: str, pages: Iterable) -> tuple[list[str], list[str], list[str]]:
    """`seen`, of many pages at once: each stands in a frame of its own, with the headers that it was answered with.

    `pages` are (headers, HTML). Of what belongs to a page it gets the script of the site and nothing else.
    """
    answers = {f"{own}/khung/{number}": answer for number, answer in enumerate(pages)}
    frames = "".join(f'<iframe src="{address}"></iframe>' for address in answers)
    answers[f"{own}/khung/"] = HTML, f"<!doctype html><meta charset=utf-8>{frames}"
    answers[f"{own}/static/js/site.js"] = {"Content-Type": "text/javascript"}, SITE_SCRIPT.read_text()

    def answer(route):
        headers, body = answers.get(route.request.url, (HTML, ""))
        route.fulfill(headers=headers, status=200 if body else 404, body=body)

    page.route(f"{own}/**", answer)
    return seen(page, f"{own}/khung/")


def _too_few(numbers: list[str]) -> dict[str, list[str]]:
    """kind -> the vectors that are not among these numbers, of each kind of which less than half are."""
    numbers = {*map(int, numbers)}
    missing = {kind: [ALL[number] for number in own if number not in numbers] for kind, own in KINDS.items()}
    return {kind: vectors for kind, vectors in missing.items() if len(vectors) > len(KINDS[kind]) / 2}


def answered(client, address: str) -> tuple[dict, str]:
    """A page as the site answers with it, without the links of its head, which are many requests."""
    response = client.get(address)
    assert response.status_code == 200
    head, body = response.text.split("<body", 1)
    return dict(response.headers), re.sub("<link[^>]*>", "", head) + "<body" + body


@pytest.mark.parametrize("kind", VECTORS)
def test_vector_leaves_only_what_is_allowed(kind):
    for vector in VECTORS[kind]:
        for element in parse(f"<body>{clean_body(vector)}").find("{*}body").iter():
            name = element.tag.rpartition("}")[2]
            if name == "body":
                continue
            names, classes = ALLOWED[name]
            assert {*element.attrib} <= names | {"class"}, vector
            assert {*element.get("class", "").split()} <= classes, vector
            assert element.get("href", "/") in ("/", link_address(element.get("href", ""))), vector
            assert "src" not in element.attrib or video_of(element.get("src")), vector


@pytest.mark.browser
def test_vectors_run_where_nothing_stops_them(hostile, live_server):
    """Proof that the counter counts: without cleaner and policy each class does what it is here for."""
    with hostile() as page:
        ran, _stopped, calls = framed(
            page, live_server.url, [(HTML, f"<!doctype html><main>{vector}</main>") for vector in ALL]
        )

    assert _too_few({int(number) for number in re.findall(r"(?:hit|//kia)(\d+)", " ".join(ran + calls))}) == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_vector_runs_or_calls_out_on_the_page_of_a_story(hostile):
    """Each is cleaned by itself, since one that is left open would take in what follows; then all make one body."""
    body = "".join(clean_body(f"{TEXT}{vector}") for vector in ALL)
    story = build.article(body=body)
    assert story.body == body

    with hostile() as page:
        assert seen(page, story.get_absolute_url()) == ([], [], [])
        assert page.locator(".story-body p", has_text="Trước.").count() == len(ALL)


@pytest.mark.browser
@pytest.mark.django_db
def test_no_vector_runs_from_a_static_page_a_comment_a_name_or_a_caption(hostile, live_server, client):
    picture, tag = build.picture(credit_kind="archive"), build.tag()
    story = build.article(tags=[tag], lead_picture=picture)
    said = comment(story)
    pages = []
    for typed in _titles():
        FlatPage.objects.filter(url="/gioi-thieu/").update(content=TEXT + typed)
        Comment.objects.filter(pk=said.pk).update(text=typed, name=typed[:60])
        Tag.objects.filter(pk=tag.pk).update(name=typed[:100])
        Picture.objects.filter(pk=picture.pk).update(caption=typed, alt=typed)
        Article.objects.filter(pk=story.pk).update(title=typed, lead=typed, byline=typed, kicker=typed[:KICKER_LENGTH])
        changed = Article.objects.get(pk=story.pk)
        for address in ("/gioi-thieu/", changed.get_absolute_url(), tag.get_absolute_url()):
            pages.append(answered(client, address))
    with hostile() as page:
        assert framed(page, live_server.url, pages) == ([], [], [])


@pytest.mark.browser
@pytest.mark.django_db
def test_policy_stops_what_no_cleaner_has_seen(hostile, live_server, client):
    """Put into the readers' HTML by hand: the page carries it as it is, and nothing of it runs.

    The others stand, with the headers and the head of that page, in what is left of it without menus and forms.
    """
    story = build.article()
    Article.objects.filter(pk=story.pk).update(body_html=ALL[0])
    headers, whole = answered(client, story.get_absolute_url())
    assert whole.count(ALL[0]) == 1
    head = whole.partition("<body")[0]
    pages = [(headers, f'{head}<body><main><div class="prose story-body">{vector}</div></main>') for vector in ALL]
    with hostile() as page:
        ran, stopped, _calls = framed(page, live_server.url, [(headers, whole), *pages[1:]])

    assert ran == []
    assert _too_few(re.findall(r"^/khung/(\d+) ", "\n".join(stopped), re.MULTILINE)) == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_vector_runs_in_the_editor_and_none_comes_back_from_it(hostile, client, live_server):
    """Put into the stored body by hand and opened, typed into the editor's source, and saved from there."""
    editor = User.objects.create_superuser("admin", full_name="Lê An")
    client.force_login(editor)
    story = build.article(status=Status.DRAFT, published_at=None)
    Article.objects.filter(pk=story.pk).update(body=TEXT + "".join(ALL))
    with hostile() as page:
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(reverse("admin:articles_article_change", args=[story.pk]))
        page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").first.wait_for()
        assert page.evaluate(RAN) == []
        given = page.evaluate(TYPE_AS_SOURCE, [TEXT + vector for vector in ALL])
        assert page.evaluate(RAN) == []
        page.click('input[name="_continue"]')
        page.wait_for_load_state()
        assert page.evaluate(RAN) == []
        assert page.calls == []
    assert [vector for vector, text in zip(ALL, given, strict=True) if not clean_body(text).startswith(TEXT)] == []
    saved = Article.objects.get(pk=story.pk).body
    assert saved == clean_body(saved)
    assert saved.startswith(TEXT)


RAN = r"Object.keys(window).filter((name) => /^hit\d+$/.test(name))"
# Each text is left once its pictures have failed to load, which is when most of the vectors run.
TYPE_AS_SOURCE = """
async (sources) => {
  const editor = CKEDITOR.instances.id_body, given = [];
  const settled = (image) => image.complete || new Promise((done) => {
    for (const kind of ["load", "error"]) image.addEventListener(kind, done);
  });
  for (const source of sources) {
    await new Promise((done) => editor.setData(source, { callback: done }));
    const body = editor.editable().$;
    await Promise.all([...body.querySelectorAll("img")].map(settled));
    for (const element of body.querySelectorAll("*")) {
      for (const kind of ["click", "mouseover", "focus", "load", "toggle"]) element.dispatchEvent(new Event(kind));
    }
    given.push(editor.getData());
  }
  await new Promise((done) => setTimeout(done, 200));
  return given;
}
"""
