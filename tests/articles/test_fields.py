"""Every text of ours is clean when it is stored, whichever way it came in; every day is read day first."""

import re
import unicodedata
from datetime import date

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse

from articles.fields import CleanCharField, CleanEmailField, DayField, DayFirstField, LineField, ProseField
from articles.models import HouseStyle, Publication
from blocks.models import Block

from .. import build
from ..desk import sent_back

DIRTY = unicodedata.normalize("NFD", "\u200bTCCSÐ\u00a0 huyện ") + "\u00ad"
CLEAN = "TCCSĐ huyện"

# Text columns that hold no typed text: keys, machine words, HTML with its own cleaner, and what is derived.
OWN_RULES = {
    "articles.Article.body",
    "articles.ArticleEvent.before",
    "articles.ArticleEvent.after",
    "articles.DiscardedFile.name",
    "articles.DiscardedFile.storage",
    "articles.Presence.tab",
    "articles.PreviewLink.digest",
    "articles.SavedFilter.query",
    "comments.Comment.suspicion",
    "comments.Comment.address",
    "comments.Comment.consent_version",
}


def _plain_text_fields():
    for app in ("articles", "blocks", "comments"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                is_text = type(field) in (models.CharField, models.TextField)
                if is_text and not field.choices and (field.editable or app == "comments"):
                    yield f"{model._meta.label}.{field.name}"


def test_every_typed_text_has_a_field_that_cleans_it():
    derived = {"comments.Comment.key", "comments.Comment.search_text"}

    assert set(_plain_text_fields()) - derived - OWN_RULES == set()


@pytest.mark.django_db
def test_saved_updated_and_bulk_text_is_clean():
    paper = build.publication()
    paper.motto = DIRTY
    paper.save()
    assert paper.motto == CLEAN

    Publication.objects.update(head=DIRTY)
    Block.objects.bulk_create([Block(heading=DIRTY, place="front")])

    assert Publication.objects.get().head == CLEAN
    assert Block.objects.get().heading == CLEAN


@pytest.mark.django_db
def test_lines_of_prose_stay_and_lines_of_a_title_become_one():
    story = build.article(title="Một\nhai", lead="Một\r\nhai\u200b")

    assert (story.title, story.lead) == ("Một hai", "Một\nhai")


@pytest.mark.django_db
def test_forms_of_the_desk_clean_before_they_measure(admin_client):
    address = reverse("admin:articles_publication_change", args=[build.house_style().publication_id])
    typed = {"head": unicodedata.normalize("NFD", "ế" * 100), "styles-0-tags_label": DIRTY}

    answer = admin_client.post(address, sent_back(admin_client.get(address)) | typed)

    assert answer.status_code == 302
    assert Publication.objects.get().head == "ế" * 100
    assert HouseStyle.objects.get().tags_label == CLEAN


@pytest.mark.django_db
def test_name_of_a_colleague_is_clean(admin_client, admin_user):
    address = reverse("admin:accounts_user_change", args=[admin_user.pk])

    assert admin_client.post(address, sent_back(admin_client.get(address)) | {"full_name": DIRTY}).status_code == 302
    admin_user.refresh_from_db()
    assert admin_user.full_name == CLEAN


def test_fields_of_ours_are_plain_ones_to_a_migration():
    assert LineField(max_length=5).deconstruct()[1] == "django.db.models.CharField"
    assert ProseField().deconstruct()[1] == "django.db.models.TextField"
    assert isinstance(ProseField().formfield(), CleanCharField)


@pytest.mark.parametrize("typed", ["", " ", "\u200b\u00ad", "\u3164", "\u0301", "\u2800 \ufe0f"])
def test_text_that_prints_nothing_is_no_text(typed):
    with pytest.raises(forms.ValidationError) as refused:
        CleanCharField().clean(typed)
    assert refused.value.code == "required"


def test_e_mail_address_loses_what_nobody_sees():
    assert CleanEmailField().clean(" toasoan@bao.example\u200b\u00ad ") == "toasoan@bao.example"


def test_day_is_read_day_first_and_an_impossible_one_is_told_in_words():
    assert DayField().clean("02/07/2021") == date(2021, 7, 2)
    assert DayField().clean("31/12/2021") == date(2021, 12, 31)
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean("31/02/2021")
    assert "02/07/2026" in refused.value.messages[0]


@pytest.mark.django_db
def test_every_date_of_the_desk_is_read_day_first(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    dates = {}
    for model, desk in admin.site._registry.items():
        if model._meta.app_label in ("articles", "blocks", "comments", "accounts"):
            for name, field in desk.get_form(request).base_fields.items():
                if isinstance(field, forms.DateField | forms.DateTimeField | forms.SplitDateTimeField):
                    dates[f"{model._meta.model_name}.{name}"] = type(field)

    assert dates == {
        "article.published_at": DayFirstField,
        "article.expires_at": DayFirstField,
        "articleevent.due": DayFirstField,
        "correction.received_on": DayField,
        "correction.due_on": DayField,
        "plan.due": DayFirstField,
        "picture.taken_on": DayField,
        "picture.use_until": DayField,
        "publication.archive_from": DayField,
        "publication.licence_date": DayField,
        "block.starts_at": DayFirstField,
        "block.ends_at": DayFirstField,
    }


@pytest.mark.django_db
def test_calendar_of_the_desk_begins_on_monday_and_writes_day_first(admin_client):
    script = admin_client.get(reverse("admin:jsi18n")).content.decode()

    assert '"FIRST_DAY_OF_WEEK": 1' in script
    assert re.search(r'"DATE_INPUT_FORMATS": \[\s*"%d/%m/%Y"', script)
