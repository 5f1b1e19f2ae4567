import io
import json
import os
import sys

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import publishing
from articles.models import (
    Article,
    ArticleEvent,
    Author,
    Credit,
    HouseStyle,
    Picture,
    Publication,
    Section,
    Series,
    Status,
    Tag,
)
from articles.reading import visible_article
from blocks.models import Block, BlockItem, Kind, Place
from blocks.placing import place_blocks
from newsroom.importing import Outcome, import_files
from newsroom.management.commands import import_articles
from tests import build
from tests.articles.test_importing import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(tmp_path):
    """`save(name, **changes)`: a file with a page; `changes` replace fields of the document."""

    def write(name: str = "trang.json", **changes):
        path = tmp_path / name
        path.write_text(json.dumps(document(**changes), ensure_ascii=False))
        return path

    return write


def outcomes(*paths) -> list[str]:
    return [result.outcome for result in import_files(list(paths))]


def count_rows() -> list[int]:
    models = (Article, ArticleEvent, Author, Credit, HouseStyle, Picture, Publication, Section, Series, Tag)
    return [model.objects.count() for model in (*models, Block, BlockItem)]


def test_page_becomes_a_published_story_with_all_it_points_to(save):
    assert outcomes(save()) == [Outcome.CREATED]
    story = visible_article(Article.objects.get().pk)
    assert (story.section.name, story.printed_kicker) == ("Xã hội", "Giữ nước cho những thôn cao")
    assert story.printed_date == "Thứ Năm, 10/09/2020, 14:35 (GMT+7)"
    assert (story.lead_prefix, story.byline) == ("BTN -", "Bài, ảnh: Kim Thoa")
    assert [tag.name for tag in story.tags.all()] == ["nước sạch"]
    assert story.credited == [{"name": "Kim Thoa", "slug": "kim-thoa"}]
    assert "<h3>Sổ nước</h3>" in story.body_html
    assert '<figcaption>Vệ sinh bể lọc. <small class="credit">Ảnh: Kim Thoa.</small></figcaption>' in story.body_html
    assert story.get_absolute_url() == f"/xa-hoi/khi-nguoi-dan-tu-dinh-gia-nuoc-{story.pk}.html"


def test_house_style_is_kept_by_paper_and_style(save):
    outcomes(save("a.json"), save("b.json", source_id="2"))
    paper = {"name": "Báo Thượng Ngàn", "code": "BTN"}
    outcomes(save("c.json", source_id="3", paper=paper, date_line="10/09/2020 - 14:35", comments=None, share=False))
    style, plain = HouseStyle.objects.get(name="2020"), HouseStyle.objects.get(name="")
    assert (style.date_form, style.lead_prefix, style.share_label) == ("weekday_zone", "BTN -", "Chia sẻ bài viết")
    assert (style.comment_heading, style.comment_form_heading) == ("Ý kiến", "Viết")
    assert (style.comment_name_label, style.comment_empty_text) == ("Tên:", "…")
    assert (plain.date_form, plain.shows_comments, plain.shows_share) == ("dash", False, False)
    assert style.articles.count() == 2
    assert not Publication.objects.filter(is_current=True).exists()


def test_style_that_prints_dates_otherwise_refuses_the_page(save):
    assert outcomes(save()) == [Outcome.CREATED]
    before = count_rows()
    [result] = import_files([save("b.json", source_id="2", date_line="10/09/2020 - 14:35")])
    assert (result.outcome, result.notes[0].split(":")[0], count_rows()) == (Outcome.FAILED, "date_line", before)


def test_style_without_a_printed_date_learns_the_form_of_the_first(save):
    undated = {"date_line": None, "published_at": None, "date_precision": "unknown"}
    day = {"date_line": "Thứ Năm, 10/09/2020", "date_precision": "day", "published_at": "2020-09-10"}
    bracket = "Thứ năm, 10/09/2020, 14:35 [GMT+7]"
    assert outcomes(save("a.json", **undated)) == [Outcome.CREATED]
    assert outcomes(save("b.json", source_id="2", date_line=bracket)) == [Outcome.CREATED]
    assert outcomes(save("c.json", source_id="3", **day)) == [Outcome.FAILED]
    assert Article.objects.get(source_id="2").printed_date == bracket
    assert Article.objects.get(source_id="1").printed_date == ""


def test_current_style_of_the_desk_is_never_changed(save):
    style = build.house_style(publication=build.publication(name="Báo Thượng Ngàn"), date_form="dash")
    page = {"paper": {"name": "Báo Thượng Ngàn"}, "blocks": [{"heading": "Mới nhất", "items": []}]}
    assert outcomes(save(**page)) == [Outcome.FAILED]
    [result] = import_files([save("b.json", **page, date_line="10/09/2020 - 14:35")])
    assert result.outcome == Outcome.CREATED
    assert HouseStyle.objects.get().comment_heading == style.comment_heading != "Ý kiến"
    assert Block.objects.count() == 0
    assert len(result.notes) == 3  # a new section, labels that differ, a heading without a block


def test_another_spelling_of_a_name_is_the_same_row_and_prints_as_written(save):
    build.author("Kim Thoa")
    build.series("Giữ nước cho những thôn cao")
    credits = [{"name": "KIM THOA", "roles": ["text"]}, {"name": "Kim Thoa", "roles": ["photo"]}]
    outcomes(save(credits=credits, series="GIỮ NƯỚC cho những thôn cao", byline_text=None))
    story = Article.objects.get()
    assert story.printed_kicker == "GIỮ NƯỚC cho những thôn cao"
    assert (story.byline, Author.objects.count(), Series.objects.count()) == ("Bài, ảnh: KIM THOA", 1, 1)


def test_section_whose_address_is_reserved_gets_another(save):
    outcomes(save(section="Lưu trữ"))
    assert Section.objects.get().slug == "luu-tru-2"


def test_story_of_unknown_date_sorts_by_its_paper_and_prints_none(save):
    outcomes(save(date_line=None, published_at=None, date_precision="unknown"))
    story = Article.objects.get()
    assert (story.printed_date, timezone.localtime(story.published_at).year) == ("", 2000)


def test_text_stays_text(save):
    body = [
        {"type": "paragraph", "text": "<script>alert(1)</script> & <b>đậm</b>\nhai dòng"},
        {"type": "figure", "caption": "a \\1 <i>", "credit": "B\\g<0>"},
    ]
    outcomes(save(body=body))
    html = Article.objects.get().body_html
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;đậm&lt;/b&gt;<br>hai dòng</p>" in html
    assert 'a \\1 &lt;i&gt; <small class="credit">Ảnh: B\\g&lt;0&gt;.</small>' in html


# --- Coming again


def test_same_file_again_changes_nothing_at_all(save):
    path = save()
    outcomes(path)
    rows, saved = count_rows(), Article.objects.get().updated_at
    assert outcomes(path) == [Outcome.SKIPPED]
    assert (count_rows(), Article.objects.get().updated_at) == (rows, saved)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Giá nước do dân định"},
        {"lead": "Ba buổi họp."},
        {"tags": []},
        {"credits": [{"name": "Kim Thoa", "roles": ["text"]}]},
        {"published_at": "2020-09-10T14:36:00+07:00", "date_line": "Thứ Năm, 10/09/2020, 14:36 (GMT+7)"},
        {"blocks": []},
        {"series": None},
        {"comments": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_page_updates_its_story_at_the_same_address(save, change):
    outcomes(save())
    before = Article.objects.get()
    assert outcomes(save(**change)) == [Outcome.UPDATED]
    after = Article.objects.get()
    assert (after.pk, after.get_absolute_url()) == (before.pk, before.get_absolute_url())
    assert outcomes(save(**change)) == [Outcome.SKIPPED]


def edit_title(story):
    Article.objects.filter(pk=story.pk).update(title="Biên tập lại")


def edit_tags(story):
    story.tags.add(build.tag("giá nước"))


def edit_credit(story):
    story.credits.update(photo=False)


def close_comments(story):
    Article.objects.filter(pk=story.pk).update(comments_open=False)


def end_showing(story):
    Article.objects.filter(pk=story.pk).update(expires_at=timezone.now())


def edit_block(story):
    BlockItem.objects.filter(block__article=story).update(title="Tin khác")


@pytest.mark.parametrize("edit", [edit_title, edit_tags, edit_credit, close_comments, end_showing, edit_block])
def test_story_that_the_desk_has_edited_is_not_overwritten(save, edit):
    outcomes(save())
    edit(Article.objects.get())
    rows, row = count_rows(), Article.objects.values().get()
    [result] = import_files([save(title="Bản mới từ kho cũ")])
    assert (result.outcome, len(result.notes)) == (Outcome.SKIPPED, 1)
    assert (count_rows(), Article.objects.values().get()) == (rows, row)


def test_readings_and_comments_are_no_edit(save):
    outcomes(save())
    Article.objects.update(readings=99)
    assert outcomes(save(title="Bản mới từ kho cũ")) == [Outcome.UPDATED]
    assert Article.objects.get().readings == 99


def test_withdrawn_story_stays_withdrawn(save, django_user_model):
    outcomes(save())
    chief = django_user_model.objects.create_superuser("thu-ky", password="x")
    publishing.withdraw(article=Article.objects.get(), by=chief, reason="Sai sự thật.")
    rows, row = count_rows(), Article.objects.values().get()
    assert outcomes(save(), save("b.json", source_id="2")) == [Outcome.SKIPPED, Outcome.CREATED]
    assert outcomes(save(title="Bản mới")) == [Outcome.SKIPPED]
    assert Article.objects.values().get(source_id="1") == row
    assert count_rows()[0] == rows[0] + 1


# --- Blocks


def below(story) -> list[tuple]:
    placed = place_blocks(article=visible_article(story.pk))
    return [(filled.heading, [(e.title, e.lead_prefix, e.teaser, bool(e.url)) for e in filled.entries])
            for filled in placed.below]  # fmt: skip


ITEMS = [
    {"title": "Cá tầm về suối", "lead_prefix": "(BTN) -", "teaser": "(BTN) - Năm hộ dân..."},
    {"title": "Cô giáo của những buổi chợ", "teaser": "Mỗi sáng chủ nhật...", "lead_prefix": None},
]


def test_block_with_items_stands_below_its_story_alone(save):
    outcomes(save("a.json", blocks=[{"heading": "Đọc thêm", "items": ITEMS}]))
    outcomes(save("b.json", source_id="2", title="Bài khác", blocks=[]))
    expected = [
        ("Cá tầm về suối", "(BTN) -", "Năm hộ dân...", False),
        ("Cô giáo của những buổi chợ", "", "Mỗi sáng chủ nhật...", False),
    ]
    assert below(Article.objects.get(source_id="1")) == [("Đọc thêm", expected)]
    assert below(Article.objects.get(source_id="2")) == []


def test_item_whose_story_is_here_leads_to_it_and_keeps_its_teaser(save):
    build.article(title="Cá tầm về suối ngàn")
    known = build.article(title="CÁ TẦM về suối", lead="Sapo dài hơn.")
    outcomes(save(blocks=[{"heading": None, "items": ITEMS}]))
    [(heading, entries)] = below(Article.objects.get(source_id="1"))
    assert (heading, entries[0]) == ("", ("Cá tầm về suối", "(BTN) -", "Năm hộ dân...", True))
    assert [item.article for item in BlockItem.objects.all()] == [known, None]


def test_item_does_not_bring_back_the_title_of_a_withdrawn_story(save):
    build.article(title="Cá tầm về suối", status=Status.WITHDRAWN)
    outcomes(save(blocks=[{"heading": None, "items": ITEMS}]))
    [(_heading, entries)] = below(Article.objects.get(source_id="1"))
    assert [title for title, *_rest in entries] == ["Cô giáo của những buổi chợ"]


def test_headings_without_items_become_blocks_of_the_house_style_once(save):
    blocks = [{"heading": h, "items": []} for h in ("Các tin khác", "Mới nhất", "Xem nhiều nhất", "Góc thơ")]
    for number in range(3):
        [result] = import_files([save(f"{number}.json", source_id=str(number), title=f"Bài {number}", blocks=blocks)])
    assert [(b.kind, b.heading, b.house_style.name, b.place) for b in Block.objects.order_by("order")] == [
        (Kind.SAME_SECTION, "Các tin khác", "2020", Place.BELOW),
        (Kind.NEWEST, "Mới nhất", "2020", Place.BELOW),
        (Kind.MOST_READ, "Xem nhiều nhất", "2020", Place.BELOW),
    ]
    assert len(result.notes) == 1
    assert [heading for heading, _entries in below(Article.objects.get(source_id="1"))] == ["Các tin khác"]


def test_headings_beside_a_block_with_items_are_the_storys_own(save):
    outcomes(save(blocks=[{"heading": "Mới nhất", "items": []}, {"heading": "Đọc thêm", "items": ITEMS}]))
    story = Article.objects.get()
    assert [block.heading for block in story.own_blocks.order_by("order")] == ["Mới nhất", "Đọc thêm"]
    assert not Block.objects.filter(article=None).exists()


# --- Files


def test_bad_file_in_the_middle_is_named_and_leaves_nothing_behind(save):
    bad = save("b.json", source_id="2", section="Chưa có", credits=[{"name": "Tên Mới", "roles": ["chụp"]}])
    results = list(import_files([save("a.json"), bad, save("c.json", source_id="3")]))
    assert [result.outcome for result in results] == [Outcome.CREATED, Outcome.FAILED, Outcome.CREATED]
    assert results[1].path == bad
    assert results[1].notes[0].startswith("credits[0].roles[0]: ")
    assert not Section.objects.filter(name="Chưa có").exists()


def test_refusal_after_the_first_rows_undoes_them(save):
    outcomes(save())
    before = count_rows()
    late = {"source_id": "2", "section": "Chưa có", "series": "Chưa có", "date_line": "10/09/2020 - 14:35"}
    assert outcomes(save("b.json", **late)) == [Outcome.FAILED]
    assert count_rows() == before


def test_two_files_of_one_page_in_one_run_are_not_written_over_each_other(save):
    results = list(import_files([save("a.json"), save("b.json", title="Bản khác")]))
    assert [result.outcome for result in results] == [Outcome.CREATED, Outcome.FAILED]
    assert Article.objects.get().title == "Khi người dân tự định giá nước"


def run(*paths, **options) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, no_color=True, **options)
    except CommandError as error:
        err.write(f"CommandError: {error}")
    return out.getvalue(), err.getvalue()


def test_command_takes_files_and_folders_and_counts(save, tmp_path):
    (tmp_path / "sau").mkdir()
    save("a.json")
    save("sau/b.json", source_id="2", views=3)
    (tmp_path / "a.txt").write_text("không phải trang")
    out, err = run(tmp_path, tmp_path / "a.json")
    assert err == ""
    warning = next(line for line in out.splitlines() if "b.json" in line)
    assert "views" in warning
    assert [part.split(": ")[1] for part in out.splitlines()[-1].split(", ")] == ["2", "0", "0", "0"]


def test_command_fails_in_the_end_if_any_file_failed(save, tmp_path):
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    out, err = run(save("a.json"), tmp_path / "b.json", tmp_path / "khong-co.json", save("d.json", source_id="2"))
    assert [part.split(": ")[1] for part in out.splitlines()[-1].split(", ")] == ["2", "0", "0", "2"]
    assert [line.split(" [")[0] for line in err.splitlines()[:2]] == [
        str(tmp_path / "b.json"),
        str(tmp_path / "khong-co.json"),
    ]
    assert "CommandError" in err


def test_command_says_so_when_a_folder_holds_no_page(tmp_path):
    assert "CommandError" in run(tmp_path)[1]


def test_progress_bar_is_drawn_on_a_terminal_only(save, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    run(save())
    assert "██████████████████████████████ 1/1\n" in terminal.getvalue()
    monkeypatch.setattr(sys, "stderr", file)
    run(save())
    assert file.getvalue() == ""


def test_pipe_in_a_folder_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").write_text("[]")
    assert import_articles._files([tmp_path]) == [tmp_path / "b.json"]
