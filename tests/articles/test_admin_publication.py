import pytest
from django.urls import reverse

from accounts.models import User
from articles.models import HouseStyle

from .. import build
from ..desk import sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("chi", full_name="Lê Chi"))
    return client


@pytest.fixture
def style(desk):
    return build.house_style()


def order_sent(desk, style, *parts):
    address = reverse("admin:articles_publication_change", args=[style.publication_id])
    data = sent_back(desk.get(address)) | {f"styles-0-below_{place}": part for place, part in enumerate(parts)}
    return desk.post(address, data)


def test_order_below_the_story_is_chosen_place_by_place(desk, style):
    page = desk.get(reverse("admin:articles_publication_change", args=[style.publication_id])).content.decode()

    assert page.count('<label for="id_styles-0-below_') == 4
    assert order_sent(desk, style, "blocks", "tags", "share", "comments").status_code == 302
    assert HouseStyle.objects.get().below == ["blocks", "tags", "share", "comments"]


def test_part_that_stands_twice_is_refused_and_nothing_changes(desk, style):
    answer = order_sent(desk, style, "tags", "tags", "share", "comments")

    errors = answer.context["inline_admin_formsets"][0].formset.errors[0]
    assert list(errors) == ["below"]
    assert HouseStyle.objects.get().below == style.below


def test_untouched_order_is_no_change(desk, style):
    assert order_sent(desk, style).status_code == 302
    assert HouseStyle.objects.get().below == style.below
