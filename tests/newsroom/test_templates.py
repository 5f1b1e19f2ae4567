"""Templates as they are read: without the indentation that only their authors need."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests import build

pytestmark = pytest.mark.django_db


def test_pages_come_without_the_indentation_of_their_templates(client):
    story = build.article(body="<p>Người lái đò cắm sào.</p>")
    build.comment(story, status="approved")
    build.block()

    for path in ("/", story.get_absolute_url()):
        page = client.get(path).content.decode()
        assert "\n" in page
        assert re.findall(r"^[ \t]+.*", page, re.MULTILINE) == []


def test_letters_keep_their_text_to_the_blank():
    template = get_template("letters/assigned.txt").template

    assert template.source == Path(template.origin.name).read_text()


def test_error_of_a_template_names_the_line_of_its_file():
    template = get_template("base.html").template

    assert template.source.count("\n") == Path(template.origin.name).read_text().count("\n")
