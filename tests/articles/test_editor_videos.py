"""Videos in the text: an address pasted on its own, or asked for; never a player of another host inside the editor."""

import pytest

from articles.html import clean_body
from tests.desk_editor import draft, open_editor, squeezed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
VIMEO = "https://player.vimeo.com/video/76979871"
PLAYERS = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://m.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=90s": f"{YOUTUBE}?start=90",
    "https://youtu.be/dQw4w9WgXcQ?t=1h2m3s": f"{YOUTUBE}?start=3723",
    "youtu.be/dQw4w9WgXcQ?si=abc": YOUTUBE,
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share": YOUTUBE,
    "https://www.youtube.com/embed/dQw4w9WgXcQ?start=5": f"{YOUTUBE}?start=5",
    f"{YOUTUBE}?start=90": f"{YOUTUBE}?start=90",
    "https://vimeo.com/76979871": VIMEO,
    "https://vimeo.com/76979871/0a1b2c3d4e": f"{VIMEO}?h=0a1b2c3d4e",
    f"{VIMEO}?h=0a1b2c3d4e": f"{VIMEO}?h=0a1b2c3d4e",
    "https://www.youtube.com/": None,
    "https://www.youtube.com/@kenh": None,
    "https://youtube.com.foreign.example/watch?v=dQw4w9WgXcQ": None,
    "https://foreign.example/watch?v=dQw4w9WgXcQ": None,
    "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ": None,
    "https://youtu.be/<script>": None,
    "https://vimeo.com/channels/staffpicks": None,
    "bến đò": None,
    "": None,
}


def figure(player: str, title: str = "Video YouTube", inside: str = "") -> str:
    return f'<figure><iframe src="{player}" title="{title}"></iframe>{inside}</figure>'


def test_addresses_of_the_listed_hosts_are_known_in_all_their_forms_and_no_others(visit):
    editor = open_editor(visit)

    found = editor.ask(f"{list(PLAYERS)}.map(bodyEditor.playerOf)")

    assert dict(zip(PLAYERS, found, strict=True)) == PLAYERS
    for player in filter(None, found):
        assert clean_body(figure(player)) == figure(player)


def test_address_pasted_on_its_own_becomes_the_video_and_nothing_foreign_is_loaded(visit):
    editor = open_editor(visit)
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")
    address = "https://youtu.be/dQw4w9WgXcQ?t=90"

    editor.paste(f'<a href="{address}">{address}</a>', address)
    editor.until(lambda: "figure" in editor.data)

    assert editor.stored == figure(f"{YOUTUBE}?start=90")
    assert editor.text.locator("iframe").count() == 0
    assert "Video YouTube" in editor.text.locator(".video-place").inner_text()


def test_address_within_other_words_stays_a_line_of_text(visit):
    editor = open_editor(visit)
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")

    editor.paste(text=" Xem https://youtu.be/dQw4w9WgXcQ nhé.")
    editor.until(lambda: "nhé" in editor.data)

    assert clean_body(editor.data) == "<p>Mở đầu. Xem https://youtu.be/dQw4w9WgXcQ nhé.</p>"


def test_video_is_asked_for_refused_in_words_placed_and_changed(visit):
    editor = open_editor(visit)
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")

    editor.press("deskvideo")
    editor.dialog.get_by_label("Địa chỉ của video").fill("https://foreign.example/phim.mp4")
    editor.page.keyboard.press("Enter")
    assert "không phải video của YouTube hay Vimeo" in editor.dialog.get_by_role("alert").inner_text()
    editor.dialog.get_by_label("Địa chỉ của video").fill("https://vimeo.com/76979871")
    editor.dialog.get_by_label("Video cho thấy gì").fill('Lễ "thông xe"')
    editor.dialog.get_by_label("Chú thích").fill("Sáng thứ Bảy.")
    editor.dialog.get_by_role("button", name="Đặt vào bài").click()
    caption = "<figcaption>Sáng thứ Bảy.</figcaption>"
    editor.until(lambda: "figure" in editor.data)
    assert editor.stored == figure(VIMEO, "Lễ &quot;thông xe&quot;", caption)

    editor.text.locator(".video-place").dblclick()
    assert editor.dialog.get_by_label("Địa chỉ của video").input_value() == VIMEO
    editor.dialog.get_by_label("Video cho thấy gì").fill("Thông xe")
    editor.dialog.get_by_role("button", name="Đặt vào bài").click()
    editor.until(lambda: "Lễ" not in editor.data)
    assert editor.stored == figure(VIMEO, "Thông xe", caption)


def test_player_in_a_stored_body_is_never_loaded_while_one_writes(visit):
    editor = open_editor(visit, draft(f"<p>Mở đầu.</p>{figure(YOUTUBE)}<p>{figure(VIMEO)}</p>"))

    assert editor.text.locator(".video-place").count() == 2
    assert editor.text.locator("iframe").count() == 0
    editor.press("source")
    editor.press("source")
    editor.text.locator(".video-place").first.wait_for()
    assert editor.stored.count("<iframe") == 2


def test_video_whose_field_was_torn_out_keeps_nobody_from_saving(visit):
    story = draft(f"<p>Mở đầu.</p>{figure(YOUTUBE, inside='<figcaption>Thông xe.</figcaption>')}<p>Hết.</p>")
    editor = open_editor(visit, story)
    editor.text.locator(".video-place").evaluate("field => field.remove()")

    editor.save()

    story.refresh_from_db()
    assert squeezed(story.body) == "<p>Mở đầu.</p><figure><figcaption>Thông xe.</figcaption></figure><p>Hết.</p>"
