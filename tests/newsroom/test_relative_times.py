"""Relative times are laid over printed ones by script, in the very words of articles/dates.py."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.dates import Precision
from blocks.models import Form
from tests import build
from tests.articles.test_dates import AGES, NOW


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_lead_card_says_how_long_ago_and_without_script_when(visit):
    build.block(form=Form.LEAD)
    story = build.article(published_at=timezone.now() - timedelta(minutes=5, seconds=5))
    printed = f"{timezone.localtime(story.published_at):%H:%M}"

    assert visit("/").text_content(".card-lead time").endswith("phút trước")
    assert visit("/", script=False).text_content(".card-lead time") in (printed, f"{story.published_at:%d/%m/%Y}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_day_without_an_hour_stays_as_printed(visit):
    build.block(form=Form.LEAD)
    story = build.article(date_precision=Precision.DAY)
    day = f"{timezone.localtime(story.published_at):%d/%m/%Y}"

    assert visit("/").text_content(".card-lead time") == day


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_script_and_server_use_the_same_words(visit):
    page = visit("/gioi-thieu/")
    page.clock.set_fixed_time(NOW)
    times = [(NOW - timedelta(minutes=minutes)).isoformat() for minutes, _text in AGES]
    found = page.evaluate(
        """times => {
            const places = times.map(moment => {
                const time = document.createElement("time");
                time.dateTime = moment;
                time.dataset.relative = "";
                time.textContent = "printed";
                document.body.append(time);
                return time;
            });
            tellTimes();
            return places.map(time => time.textContent);
        }""",
        times,
    )

    # What is older than yesterday, or lies ahead, stays as it is printed.
    assert found == [text if "/" not in text else "printed" for _minutes, text in AGES]
