from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from comments import stamps
from comments.stamps import Verdict


def stamp_of(day, article_id=7):
    return signing.Signer(salt="comments.stamp").sign(f"{article_id}.{day.isoformat()}")


def test_stamp_of_today_is_good_and_the_same_for_everyone():
    assert stamps.make(7) == stamps.make(7)
    assert stamps.check(stamps.make(7), 7) is Verdict.GOOD


@pytest.mark.parametrize(("days", "verdict"), [(7, Verdict.GOOD), (8, Verdict.OLD), (400, Verdict.OLD)])
def test_stamp_lasts_for_seven_days(days, verdict):
    assert stamps.check(stamp_of(timezone.localdate() - timedelta(days=days)), 7) is verdict


def test_stamp_changes_at_midnight_of_ha_noi():
    with time_machine.travel(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), tick=False):
        assert "2026-11-20" in stamps.make(7)
    with time_machine.travel(datetime(2026, 11, 20, 17, 0, tzinfo=UTC), tick=False):
        assert "2026-11-21" in stamps.make(7)


@pytest.mark.parametrize(
    "stamp",
    ["", "7", "7.2026-11-21", "7.2026-11-21:forged", ":", "\x00", "ắ" * 5000, "7.2026-11-21:" + "a" * 43],
)
def test_stamp_that_we_never_made_is_forged(stamp):
    assert stamps.check(stamp, 7) is Verdict.FORGED


def test_stamp_of_another_story_is_forged():
    assert stamps.check(stamps.make(8), 7) is Verdict.FORGED


def test_signature_of_another_purpose_is_forged():
    value = signing.Signer(salt="comments.receipt").sign(f"7.{timezone.localdate().isoformat()}")
    assert stamps.check(value, 7) is Verdict.FORGED
