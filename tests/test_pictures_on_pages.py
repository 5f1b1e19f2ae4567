"""Pictures on every public page: no jump while they load, one that comes first, none heavier than a screen can show."""

import re

import pytest
from PIL import Image

from articles import publishing, renditions
from articles.models import Article, Author, Series
from blocks.models import Form, Kind, Place

from . import build
from .paper import Paper, paper
from .test_public_pages import QUERIES

pytestmark = pytest.mark.django_db

# The dot of the counter is no picture.
IMAGE = re.compile(r'<img\b(?! src="/doc/)[^>]*>')
# What the eye gets at 360 px is no finer than this, whatever the density of the phone.
PHONE, PHONE_WIDTH = 360, 800
WITHOUT_PICTURES = {"archive", "comments", "corrections", "feeds", "page", "contact"}


def figure(picture, kind: str = "", more=()) -> str:
    images = "".join(f'<img data-picture="{shown.pk}" alt="">' for shown in (picture, *more))
    attributes = f' class="{kind}"' if kind else ""
    return f"<figure{attributes}>{images}<figcaption>Bến đò.</figcaption></figure>"


def pictured(size=(500, 400)) -> Paper:
    """A paper in which every story has a main picture, and the newest all kinds of figures."""
    made = paper(stories=8)
    pictures = [build.picture(Image.new("RGB", size, colour)) for colour in ("#406080", "#804060", "#608040")]
    for number, story in enumerate(Article.objects.order_by("pk")):
        Article.objects.filter(pk=story.pk).update(lead_picture=pictures[number % 3])
    text = "<p>Người lái đò cắm sào đã bốn mươi năm.</p>"
    figures = [figure(pictures[0]), figure(pictures[1], "align-left"), figure(pictures[2], "align-right")]
    body = text.join([*figures, figure(pictures[0], "gallery", pictures[1:])])
    Article.objects.filter(pk=made.story.pk).update(body=body)
    made.story.refresh_from_db()
    publishing.derive(article=made.story)
    Author.objects.update(portrait=pictures[0])
    Series.objects.update(picture=pictures[1])
    build.block(Kind.NEWEST, Place.FRONT, form=Form.PHOTOS, order=9, allow_repeat=True)
    return made


def images_of(html: str) -> list[str]:
    return IMAGE.findall(html)


@pytest.mark.parametrize("name", QUERIES)
def test_page_names_width_and_height_of_each_picture_and_loads_one_first(client, name):
    images = images_of(client.get(pictured().addresses()[name]).content.decode())

    assert bool(images) == (name not in WITHOUT_PICTURES)
    for image in images:
        assert re.search(r' width="[1-9]\d*" height="[1-9]\d*"', image)
        assert re.search(r' alt="', image)
    for image in images[:1]:
        assert 'fetchpriority="high"' in image
        assert "lazy" not in image
    for image in images[1:]:
        assert 'loading="lazy" decoding="async"' in image
        assert "fetchpriority" not in image


def test_page_of_an_error_names_width_and_height_too(client):
    made = pictured()
    Article.objects.filter(pk=made.story.pk).update(status="withdrawn")

    for address in ("/khong-co-trang-nay/", made.story.get_absolute_url()):
        for image in images_of(client.get(address).content.decode()):
            assert re.search(r' width="[1-9]\d*" height="[1-9]\d*"', image)


def test_first_picture_of_a_story_without_a_main_one_is_that_of_its_text(client):
    made = pictured()
    Article.objects.filter(pk=made.story.pk).update(lead_picture=None)
    made.story.refresh_from_db()
    publishing.derive(article=made.story)

    page = client.get(made.story.get_absolute_url()).content.decode()

    first, *others = images_of(page)
    assert first in made.story.body_html
    assert 'fetchpriority="high"' in first
    assert not [image for image in others if "fetchpriority" in image]


def test_pictures_beside_a_story_wait_even_if_it_has_none_itself(client):
    made = pictured()
    build.block(Kind.NEWEST, Place.BESIDE, form=Form.ROWS, allow_repeat=True)
    Article.objects.filter(pk=made.story.pk).update(lead_picture=None, body_html="<p>Chữ.</p>")

    images = images_of(client.get(made.story.get_absolute_url()).content.decode())

    # What stands beside stories is one part for many of them.
    assert images
    assert ['loading="lazy"' in image for image in images] == [True] * len(images)


def test_figure_offers_a_narrow_screen_no_wide_file():
    picture = build.picture(Image.new("RGB", (1700, 1100)))

    html = renditions.picture_html(picture, "full", "100vw")

    narrow, wide = re.findall(r"<source([^>]*)>", html)
    assert 'media="(max-width: 640px)"' in narrow
    assert re.findall(r" (\d+)w", narrow) == ["480", "800"]
    assert " media=" not in wide
    assert re.findall(r" (\d+)w", wide) == ["480", "800", "1200", "1600"]
    assert re.search(r'<img src="[^"]*/full-800.jpg" [^>]* width="800" height="518"', html)


def load_all(page) -> list[dict]:
    """Every picture of a page, loaded: the width of its file, how wide it is shown, and what it could have had."""
    page.evaluate("() => document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    return page.evaluate(
        """async () => {
            const images = [...document.querySelectorAll("picture img")];
            await Promise.all(images.map(image => image.decode()));
            return images.map(image => ({
                file: image.currentSrc.split("/").pop(),
                width: image.getBoundingClientRect().width,
            }));
        }"""
    )


def width_of(file: str) -> int:
    return int(re.search(r"-(\d+)\.webp$", file)[1])


@pytest.mark.browser
@pytest.mark.parametrize("density", [1, 2, 3])
def test_phone_loads_no_picture_wider_than_800(visit, density):
    made = pictured(size=(1700, 1150))

    for name in ("front", "section", "article", "series", "author", "search"):
        shown = load_all(visit(made.addresses()[name], width=PHONE, density=density))

        assert shown
        widths = [width_of(image["file"]) for image in shown]
        assert max(widths) <= PHONE_WIDTH
        # Sharp enough all the same: as many pixels as the screen has, or the finest file that a phone may have.
        for image, width in zip(shown, widths, strict=True):
            finest = {"full": 800, "card": 640, "square": 320}[image["file"].partition("-")[0]]
            assert width >= min(finest, image["width"] * density * 0.99), image


@pytest.mark.browser
def test_wide_screen_gets_files_as_wide_as_they_are_shown(visit):
    made = pictured(size=(1700, 1150))

    for name in ("front", "section", "article", "series", "author", "search"):
        for image in load_all(visit(made.addresses()[name], width=1280)):
            assert width_of(image["file"]) >= min(1600, image["width"] * 0.99), image


def test_small_places_are_offered_no_file_that_is_too_fine_for_any_screen():
    shown = build.picture(Image.new("RGB", (1500, 1000)))

    def offered(sizes: str) -> set[int]:
        return {int(width) for width in re.findall(r" (\d+)w", renditions.picture_html(shown, "card", sizes))}

    # Twice the pixels of the page, and no more; a place that grows with the screen may need them all.
    assert offered("112px") == {240}
    assert offered("(min-width: 960px) 284px, 112px") == {240, 400, 640}
    assert offered("(min-width: 640px) 176px, 112px") == {240, 400}
    assert offered("(min-width: 960px) 600px, 100vw") == {240, 400, 640, 960}
