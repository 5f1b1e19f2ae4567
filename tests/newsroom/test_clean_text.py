"""Whatever is typed at the desk is stored clean: every text field of every form, sent as a browser sends it."""

import io
import unicodedata
from functools import partial

import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from articles import publishing
from comments import moderation
from tests import build
from tests.desk import sent_back, with_line

pytestmark = pytest.mark.django_db

# What keyboards, web pages and word processors bring along: NFD, ZWSP, Eth for Đ, no-break space, soft hyphen, filler.
CLEAN = "Đồng Ðền sửa".replace("Ð", "Đ")
DIRTY = unicodedata.normalize("NFD", "\u200bÐồng\u00a0 Ðền\u3164\n sửa ") + "\u00ad"
# A text field that is no prose: addresses and passwords have rules of their own.
OTHER_RULES = (forms.ChoiceField, forms.EmailField, forms.SlugField, forms.RegexField, forms.JSONField)
PASSED_BY = {"username", "password1", "password2", "usable_password", "url", "domain"}
HTML = {"body", "content"}


def no_picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), "#406080").save(drawn, "JPEG")
    return SimpleUploadedFile("ben-do.jpg", drawn.getvalue(), "image/jpeg")


# What each form needs beside its texts; a new table of the desk has to be named here.
NEEDED = {
    "articles.Article": lambda: {"section": build.section().pk},
    "articles.Author": dict,
    "articles.Correction": lambda: {"article": build.article().pk, "kind": "correction"},
    "articles.Picture": lambda: {"original": no_picture(), "credit_kind": "agency"},
    "articles.Plan": dict,
    "articles.Publication": lambda: {"archive_from": "01/01/2000"},
    "articles.Section": dict,
    "articles.Series": dict,
    "articles.Tag": dict,
    "auth.Group": dict,
    "accounts.User": lambda: {"username": "anh", "usable_password": "false"},
    "blocks.Block": lambda: {"kind": "newest", "place": "front", "form": "rows", "period": "week"},
    "flatpages.FlatPage": lambda: {"url": "/toa-soan/", "sites": "1"},
    "sites.Site": lambda: {"domain": "bao.example"},
}
# Lines of forms within forms: prefix, and what a line needs.
LINES = {
    "articles.Article": ("credits", lambda: {"author": build.author("Lê Hạnh").pk, "text": "on", "order": "1"}),
    "articles.Tag": ("synonyms", dict),
    "articles.Publication": ("styles", dict),
    "blocks.Block": ("items", dict),
}
NEVER_TYPED = {"articles.ArticleEvent", "accounts.FailedSignIn", "accounts.SignIn", "comments.Comment"}


def texts_of(form: forms.BaseForm) -> list[str]:
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, OTHER_RULES) and name not in PASSED_BY
    ]


def typed(name: str) -> str:
    return f"<p>{DIRTY}</p>" if name in HTML else DIRTY


def stored(name: str) -> str:
    # An editor's blanks at the end of a paragraph stay; no page shows them.
    return f"<p>{CLEAN} </p>" if name in HTML else CLEAN


def one_by_one(row, names: list[str]) -> dict:
    return {name: " ".join(getattr(row, name).split()) for name in names}


def test_every_table_of_the_desk_is_walked():
    assert {model._meta.label for model in admin.site._registry} - NEVER_TYPED == set(NEEDED)


@pytest.mark.parametrize("label", NEEDED)
def test_text_typed_into_a_form_is_stored_clean(admin_client, label):
    model = next(model for model in admin.site._registry if model._meta.label == label)
    build.house_style()
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = admin_client.get(address)
    names = texts_of(page.context["adminform"].form)

    data = sent_back(page) | {name: typed(name) for name in names} | NEEDED[label]()
    answer = admin_client.post(address, data)

    assert answer.status_code == 302, answer.context["errors"]
    row = model._default_manager.order_by("-pk").first()
    assert one_by_one(row, names) == {name: stored(name) for name in names}


@pytest.mark.parametrize("label", LINES)
def test_text_typed_into_a_line_of_a_form_is_stored_clean(admin_client, label):
    model = next(model for model in admin.site._registry if model._meta.label == label)
    # A draft: what is typed into a published story waits to be released.
    draft = partial(build.article, status="draft", published_at=None)
    row = {"articles.Article": draft, "articles.Tag": build.tag, "articles.Publication": build.publication}
    row = row.get(label, build.block)()
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    page = admin_client.get(address)
    prefix, needed = LINES[label]
    formset = next(one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == prefix)
    names = texts_of(formset.empty_form)
    before = {line.pk for line in formset.queryset}

    # The empty lines that the page offers of itself are left out.
    data = sent_back(page) | {f"{prefix}-TOTAL_FORMS": formset.initial_form_count()}
    line = {name: typed(name) for name in names} | needed()
    answer = admin_client.post(address, with_line(page, data, prefix, **line))

    assert answer.status_code == 302, answer.context["errors"]
    made = formset.model.objects.exclude(pk__in=before).order_by("-pk").first()
    assert one_by_one(made, names) == {name: stored(name) for name in names}


@pytest.mark.parametrize("reason", ["\u200b", "\u3164\u00a0", "\u0301"])
def test_reason_that_nobody_can_read_is_no_reason(admin_client, admin_user, reason):
    story = build.article()

    answer = admin_client.post(reverse("admin:articles_article_withdraw", args=[story.pk]), {"reason": reason})

    assert list(answer.context["form"].errors) == ["reason"]
    with pytest.raises(publishing.Refused):
        publishing.withdraw(article=story, by=admin_user, reason="\u200b")
    with pytest.raises(moderation.Refused):
        moderation.reject(comment=build.comment(story), by=admin_user, reason="\u200b")


def test_reason_is_measured_and_kept_as_it_is_stored(admin_user):
    comment, story = build.comment(), build.article()

    moderation.reject(comment=comment, by=admin_user, reason=unicodedata.normalize("NFD", "ế" * 200))
    publishing.withdraw(article=story, by=admin_user, reason=DIRTY)

    assert comment.actions.get().reason == "ế" * 200
    assert story.events.get().note == "Đồng Đền\nsửa"


@pytest.mark.parametrize("asked", ["binh nguyen", "Bình NGUYÊN", unicodedata.normalize("NFD", "bình"), "bbn"])
def test_papers_are_found_at_the_desk_with_and_without_marks(admin_client, asked):
    paper = build.publication()
    build.publication(name="Báo Vân Hà", code="BVH", is_current=False)

    page = admin_client.get(reverse("admin:articles_publication_changelist"), {"q": asked})

    assert list(page.context["cl"].queryset) == [paper]


@pytest.mark.parametrize("asked", ["thi huong", "HƯỜNG", "Ðỗ thị", "doth"])
def test_colleagues_are_found_at_the_desk_with_and_without_marks(admin_client, asked):
    person = build.user(username="dothuong", full_name="Đỗ Thị Hường")

    page = admin_client.get(reverse("admin:accounts_user_changelist"), {"q": asked})

    assert list(page.context["cl"].queryset) == [person]


def test_pages_and_groups_are_found_at_the_desk_without_marks(admin_client):
    pages = admin_client.get(reverse("admin:flatpages_flatpage_changelist"), {"q": "gioi thieu"})
    groups = admin_client.get(reverse("admin:auth_group_changelist"), {"q": "thu ky"})

    assert [page.url for page in pages.context["cl"].queryset] == ["/gioi-thieu/"]
    assert [group.name for group in groups.context["cl"].queryset] == ["Thư ký tòa soạn"]
