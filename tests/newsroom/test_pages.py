"""The static pages that every paper owes its readers."""

import pytest
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.management.color import no_style
from django.db import connection
from django.urls import reverse

from articles.models import Section
from newsroom.pages import ensure_pages
from tests.desk import sent_back

pytestmark = pytest.mark.django_db

OWED = ["/gioi-thieu/", "/lien-he/", "/quy-dinh-binh-luan/", "/quyen-rieng-tu/"]


def test_pages_after_migrate_are_there_and_open(client):
    assert sorted(FlatPage.objects.values_list("url", flat=True)) == OWED
    assert [client.get(url).status_code for url in OWED] == [200] * 4


def test_page_that_was_edited_keeps_its_text(client):
    page = FlatPage.objects.get(url="/lien-he/")
    page.title, page.content = "Gặp tòa soạn", "<p>Xin đến số 12, đường Bờ Sông.</p>"
    page.save()

    ensure_pages()

    html = client.get("/lien-he/").content.decode()
    assert "Xin đến số 12, đường Bờ Sông." in html
    assert "Gặp tòa soạn" in html
    assert FlatPage.objects.count() == 4


def test_page_that_was_deleted_comes_back_so_that_no_link_is_dead(client):
    FlatPage.objects.get(url="/quyen-rieng-tu/").delete()
    assert client.get("/quyen-rieng-tu/").status_code == 404

    ensure_pages()

    assert client.get("/quyen-rieng-tu/").status_code == 200


def test_page_of_the_papers_own_making_is_left_alone():
    FlatPage.objects.create(url="/toa-soan/", title="Tòa soạn", content="<p>Các ban.</p>")

    ensure_pages()

    assert FlatPage.objects.get(url="/toa-soan/").content == "<p>Các ban.</p>"


@pytest.mark.parametrize("word", ["ình luận", "giờ", "ngày làm việc", "sửa lỗi chính tả", "vì sao gỡ"])
def test_starting_texts_call_it_y_kien_and_promise_nothing_that_nobody_keeps(word):
    texts = " ".join(FlatPage.objects.values_list("content", flat=True))
    assert "ý kiến" in texts
    assert word not in texts


def test_section_hides_no_page(admin_client):
    FlatPage.objects.create(url="/toa-soan/", title="Tòa soạn")
    address = reverse("admin:articles_section_add")
    typed = sent_back(admin_client.get(address))

    refused = admin_client.post(address, typed | {"name": "Nhân sự", "slug": "toa-soan"})
    assert refused.context["adminform"].form.errors["slug"] == ["Một trang của tòa soạn đã dùng đường dẫn này."]
    assert admin_client.post(address, typed | {"name": "Tòa soạn", "slug": ""}).status_code == 302

    assert Section.objects.get().slug == "toa-soan-2"


def test_page_that_was_never_cleaned_is_cleaned_for_its_readers(client):
    """Put into the database by hand, past the form of the desk."""
    FlatPage.objects.filter(url="/gioi-thieu/").update(
        content='<h2 onclick="x()">Tòa soạn</h2><script>x()</script><p><a href="https://foreign.example/">A</a> '
        '<a href="https://example.com/lien-he/">B</a></p><iframe src="https://player.vimeo.com/video/7"></iframe>'
        '<iframe src="https://foreign.example/"></iframe>'
    )

    prose = client.get("/gioi-thieu/").text.partition('<div class="prose">')[2].partition("</article>")[0]

    assert "<h2>Tòa soạn</h2><p>" in prose
    assert '<a href="https://foreign.example/" rel="noopener nofollow">A</a>' in prose
    assert '<a href="https://example.com/lien-he/">B</a>' in prose
    assert 'href="https://vimeo.com/7"' in prose
    assert [word for word in ("script", "onclick", "<iframe") if word in prose] == []


def test_site_can_be_added_beside_the_first_one():
    """Made by its number alone, the first site left PostgreSQL's counter behind: the next one got its number again."""
    Site.objects.all().delete()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Site]):
            cursor.execute(sql)

    ensure_pages()

    assert Site.objects.create(domain="bao.example", name="Báo").pk != Site.objects.get(domain="example.com").pk
