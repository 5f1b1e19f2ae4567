"""Every vector through the cleaner, on the page of a story, past the cleaner, in the editor: none ever runs."""

from contextlib import contextmanager

import pytest
from django.contrib.flatpages.models import FlatPage
from django.urls import reverse
from tinyhtml5 import parse

from accounts.models import User
from articles.html import ALLOWED, clean_body, link_address
from articles.models import Article, Picture, Status, Tag
from articles.publishing import derive
from articles.videos import video_of
from comments.models import Comment
from tests import build
from tests.paper import comment

from .vectors import VECTORS

# Before anything of the page: counts what runs, and notes what the policy stops.
COUNT = """
if (top === window) {
  window.hits = 0;
  window.stopped = [];
  window.addEventListener("message", (event) => { if (event.data === "hit") window.hits += 1; });
  document.addEventListener("securitypolicyviolation", (event) => window.stopped.push(event.effectiveDirective));
}
"""
# Everything that a person, a pointer or a clock could set off, on every element, in shadow of links that lead away.
PROVOKE = """
async () => {
  const events = ["click", "mouseover", "mouseenter", "focus", "input", "change", "toggle", "submit", "pointerdown",
                  "animationstart", "transitionend", "load", "error", "wheel", "scroll", "keydown", "paste", "drop"];
  // A name among the vectors may stand in the place of the page's own methods.
  const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
  for (const element of all("main *, main, body")) {
    for (const kind of events) element.dispatchEvent(new Event(kind, { bubbles: false }));
    const leads = /^https?:$/.test(element.protocol || "");
    const sends = element.type === "submit" && !element.hasAttribute("formaction");
    if (!leads && !sends && element.click) element.click();
  }
  for (const form of all("main form")) {
    if ((form.getAttribute("action") || "").startsWith("javascript:")) form.submit();
  }
  await new Promise((done) => setTimeout(done, 60));
  return [window.hits, window.stopped.length];
}
"""


@pytest.fixture
def hostile(_browser, live_server):
    """`with hostile() as page`: it counts what runs; foreign requests go nowhere and stand in `page.calls`."""

    @contextmanager
    def open_page(**options):
        context = _browser.new_context(base_url=live_server.url, **options)
        page = context.new_page()
        page.calls = []
        page.set_default_timeout(15_000)
        page.add_init_script(COUNT)
        page.route("**/*", lambda route: _answer(route, page, live_server.url))
        page.on("dialog", lambda dialog: dialog.dismiss())
        yield page
        context.close()

    return open_page


def _answer(route, page, own: str) -> None:
    if route.request.url.startswith((own, "data:", "blob:", "about:")):
        route.continue_()
    else:
        page.calls.append(route.request.url)
        route.abort()


def run(page, address: str) -> tuple[int, int]:
    """What ran and what the policy stopped on a page where everything has been provoked."""
    page.goto(address)
    return tuple(page.evaluate(PROVOKE))


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
@pytest.mark.parametrize("kind", VECTORS)
def test_vectors_run_where_nothing_stops_them(hostile, live_server, kind):
    """Proof that the counter counts: without cleaner and policy each class does what it is here for."""
    with hostile() as page:
        ran = {}
        for vector in VECTORS[kind]:
            page.unroute_all()
            page.route("**/*", _bare(page, live_server.url, vector))
            page.calls.clear()
            hits, _stopped = run(page, "/bare/")
            ran[vector] = hits or page.calls

    assert sum(map(bool, ran.values())) >= len(ran) / 2, [vector for vector, has_run in ran.items() if not has_run]


def _bare(page, own: str, vector: str):
    def answer(route):
        if route.request.url == f"{own}/bare/":
            page_of_it = f"<!doctype html><main>{vector}</main>"
            route.fulfill(content_type="text/html; charset=utf-8", body=page_of_it)
        elif route.request.url.startswith(own):
            route.fulfill(status=404, body="")
        else:
            _answer(route, page, own)

    return answer


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", VECTORS)
def test_no_vector_runs_or_calls_out_on_the_page_of_a_story(hostile, kind):
    story = build.article()
    with hostile() as page:
        for vector in VECTORS[kind]:
            Article.objects.filter(pk=story.pk).update(body=f"<p>Trước.</p>{vector}")
            derive(article=Article.objects.get(pk=story.pk))

            assert run(page, story.get_absolute_url()) == (0, 0), vector
            assert page.calls == [], vector
            assert page.inner_text(".story-body p >> nth=0") == "Trước."


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", VECTORS)
def test_policy_stops_what_no_cleaner_has_seen(hostile, kind):
    """Put into the readers' HTML by hand: the page carries it as it is, and nothing of it runs."""
    story = build.article()
    stopped = 0
    with hostile() as page:
        for vector in VECTORS[kind]:
            Article.objects.filter(pk=story.pk).update(body_html=vector)
            hits, violations = run(page, story.get_absolute_url())
            stopped += violations

            assert hits == 0, vector
    assert stopped > 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", VECTORS)
def test_no_vector_runs_from_a_static_page_a_comment_a_name_or_a_caption(hostile, kind):
    picture = build.picture(credit_kind="archive")
    tag = build.tag()
    body = f'<p>Chữ.</p><figure><img data-picture="{picture.pk}" alt=""></figure>'
    story = build.article(body=body, tags=[tag], lead_picture=picture)
    said = comment(story)
    with hostile() as page:
        for vector in VECTORS[kind]:
            typed = vector.replace("\0", "")
            FlatPage.objects.filter(url="/gioi-thieu/").update(content=typed)
            Comment.objects.filter(pk=said.pk).update(text=typed, name=typed[:60])
            Tag.objects.filter(pk=tag.pk).update(name=typed[:100])
            Picture.objects.filter(pk=picture.pk).update(caption=typed[:500], alt=typed[:300])
            Article.objects.filter(pk=story.pk).update(
                title=typed[:300], lead=typed, byline=typed[:400], kicker=typed[:100]
            )
            derive(article=Article.objects.get(pk=story.pk))
            for address in (
                "/gioi-thieu/",
                Article.objects.get(pk=story.pk).get_absolute_url(),
                tag.get_absolute_url(),
            ):
                assert run(page, address) == (0, 0), (address, vector)
                assert page.calls == [], (address, vector)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", VECTORS)
def test_no_vector_runs_in_the_editor_and_none_comes_back_from_it(hostile, client, live_server, kind):
    """Put into the stored body by hand and opened, typed into the editor's source, and saved from there."""
    editor = User.objects.create_superuser("admin", full_name="Lê An")
    client.force_login(editor)
    story = build.article(status=Status.DRAFT, published_at=None)
    address = reverse("admin:articles_article_change", args=[story.pk])
    with hostile() as page:
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        for vector in VECTORS[kind][:3]:
            Article.objects.filter(pk=story.pk).update(body=f"<p>Trước.</p>{vector}")
            page.goto(address)
            page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").first.wait_for()
            assert page.evaluate("window.hits") == 0, vector
        for vector in VECTORS[kind]:
            given = page.evaluate(TYPE_AS_SOURCE, f"<p>Trước.</p>{vector}")
            assert page.evaluate("window.hits") == 0, vector
            assert clean_body(given).startswith("<p>Trước.</p>")
        page.click('input[name="_continue"]')
        page.wait_for_load_state()
        assert page.evaluate("window.hits") == 0
        assert page.calls == []
    saved = Article.objects.get(pk=story.pk)
    assert saved.body == clean_body(saved.body)
    assert saved.body.startswith("<p>Trước.</p>")


TYPE_AS_SOURCE = """
async (source) => {
  const editor = CKEDITOR.instances.id_body;
  await new Promise((done) => editor.setData(source, { callback: done }));
  for (const element of editor.editable().$.querySelectorAll("*")) {
    for (const kind of ["click", "mouseover", "focus", "load", "toggle"]) element.dispatchEvent(new Event(kind));
  }
  await new Promise((done) => setTimeout(done, 60));
  return editor.getData();
}
"""
