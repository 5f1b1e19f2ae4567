import pytest

from accounts.models import User

from .. import build

pytestmark = pytest.mark.django_db


def test_asking_before_a_tag_goes_names_what_people_know(client):
    tag = build.tag("Cầu Bến Vân")
    build.article(tags=[tag])
    client.force_login(User.objects.create_superuser("chi", full_name="Lê Chi"))

    page = client.get(f"/admin/articles/tag/{tag.pk}/delete/").content.decode()

    assert "Cầu Bến Vân" in page
    assert "object (" not in page
    assert "article-tag" not in page
