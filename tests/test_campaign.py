"""A little of the campaign (`make soak` does the whole): hostile files, and kills."""

from pathlib import Path

import pytest

from tests.campaign.hostile import Hostile
from tests.campaign.kills import Campaign


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return Hostile(tmp_path_factory.mktemp("hostile"), mostly=1.0)


@pytest.mark.parametrize("kind", ["worlds", "directives", "cases", "plans", "addresses"])
def test_hostile_files_are_used_as_they_are_or_refused(kind: str, tries: Hostile) -> None:
    counted, found = tries.tried(kind, range(200))
    assert counted.total() == 200 and found == []
    assert kind == "addresses" or min(counted["used"], counted["refused"]) > 0


def test_a_campaign_notices_what_is_taken_for_something_else(tries: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tries.kinds, "worlds", lambda random: [][random.randrange(9)])
    _, (fault,) = tries.tried("worlds", range(7, 8))
    assert fault[:2] == ("worlds", 7) and fault.what.startswith("IndexError")


def test_killed_sweeps_and_calibrations_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=4)
    campaign.sweeps(3)
    campaign.calibrations(3)
    assert campaign.counted["sweeps killed"] == campaign.counted["calibrations killed"] == 3
    assert campaign.wrong == []
