"""A browser that counts what an attack would do, and lets none of it out."""

from contextlib import contextmanager

import pytest

# Before anything of a page: counts what runs (`top.hit7++`) and notes what a policy stops, the frames' at the top.
COUNT = """
if (top === window) window.stopped = [];
window.addEventListener("message", (event) => { if (/^hit\\d+$/.test(event.data)) top[event.data] = 1; });
document.addEventListener("securitypolicyviolation", (event) => {
  top.stopped.push(`${location.pathname} ${event.effectiveDirective}`);
});

// Everything that a person, a pointer or a clock could set off, on every element, but for links that lead away.
window.provoke = () => {
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
};

// Here and in all frames of the page that are ours; what has run and what was stopped after a moment.
window.provokeAll = async () => {
  provoke();
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentDocument && frame.contentWindow.provoke) frame.contentWindow.provoke();
  }
  await new Promise((done) => setTimeout(done, 200));
  return [Object.keys(window).filter((name) => /^hit\\d+$/.test(name)), stopped];
};
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
