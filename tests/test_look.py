"""The standing measures of the look at four widths: what a reader's eye and thumb would notice."""

import pytest

from articles.models import Article

from . import build
from .paper import paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 1280)
PAGES = ("front", "section", "article", "print", "search", "series", "author", "comments", "contact", "feeds")

# What is too small or too tight on the page as it stands. Only what has a size counts: the rest is for other widths, or
# for those who hear the page. Links in running text, inside a paragraph of words, may be as high as their line.
FAULTS = """() => {
  const faults = [];
  const note = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const shown = element => element.checkVisibility({visibilityProperty: true})
    && element.getBoundingClientRect().width > 1 && !element.closest(".visually-hidden, .comment-trap, .skip");
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !shown(element)) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 13) note("text under 13 px", element);
  }
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, .card-link")) {
    const style = getComputedStyle(heading);
    if (shown(heading) && heading.innerText.trim() && parseFloat(style.lineHeight) < 1.295 * parseFloat(style.fontSize))
      note("heading lines under 1.3", heading);
  }
  const running = ".legal, p:not(.nameplate, .kicker, .meta, .comments-more), dd, figcaption, .prose li";
  for (const target of document.querySelectorAll("a, button, input, select, textarea, summary")) {
    if (!shown(target) || target.type === "hidden") continue;
    const inText = target.closest(running);
    if (inText && inText.innerText.trim() !== target.innerText.trim()) continue;
    const own = target.getBoundingClientRect();
    const spread = target.closest(".card")?.getBoundingClientRect().height || 0;
    if (Math.max(own.height, spread) < 23.9) note(`target ${own.height.toFixed(1)} px high`, target);
  }
  return faults;
}"""


def addresses() -> dict[str, str]:
    build.publication(email="toasoan@binhnguyen.example", address="Số 1, đường Bờ Sông", telephone="0200 000 0000")
    made = paper()
    gone = build.article(status="withdrawn", title="Tin đã gỡ")
    Article.objects.filter(pk=made.story.pk).update(
        title="Ủy ban nhân dân tỉnh yêu cầu các xã, phường hoàn thành việc rà soát, di dời những hộ còn ở trong vùng "
        "có nguy cơ sạt lở, lũ quét trước ngày 31/12, bố trí chỗ ở tạm và giữ nguyên việc học của trẻ em"
    )
    found = made.addresses()
    return {name: found[name] for name in PAGES} | {"404": "/khong-co-trang-nay/", "410": gone.get_absolute_url()}


@pytest.mark.parametrize("width", WIDTHS)
def test_measures_stand(visit, width):
    page = visit("/", width=width)
    faults = {}
    for name, address in addresses().items():
        page.goto(address)
        if found := page.evaluate(FAULTS):
            faults[name] = found

    assert faults == {}


def test_measures_see_what_is_wrong(visit):
    """The measures themselves: on a page that breaks each of them."""
    page = visit("/cai-chinh/", width=320)
    page.goto("about:blank")
    page.set_content(
        "<div style='width:900px'><h1 style='font:24px/1.1 serif'>Ễ</h1><small style='font-size:12px'>a</small>"
        "<a href='/' style='display:inline-block;height:15px;font-size:14px'>b</a></div>"
    )

    assert [fault.partition(":")[0] for fault in page.evaluate(FAULTS)] == [
        "scrolls sideways by 588",
        "text under 13 px",
        "heading lines under 1.3",
        "target 15.0 px high",
    ]
