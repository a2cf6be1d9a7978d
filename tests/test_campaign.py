"""A little of the campaign (`make soak` does the whole): hostile files, kills, and commands in unlikely places."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.campaign.hostile import Hostile
from tests.campaign.kills import Campaign
from tests.campaign.places import COMMANDS, Answer, Circumstance, answers, faults, without
from tests.commands import app


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


SOME = (
    "explain applicant --world two-desks --scale 0.1", "worlds two-desks", "directive new ours.toml --world two-desks",
    "plan locked.toml", "nothing",
)  # fmt: skip


def test_commands_answer_at_any_width_in_folders_with_accents_and_where_nothing_can_be_written(tmp_path: Path) -> None:
    wide, narrow, closed = (Circumstance(sys.executable, *how) for how in
                            ((200, False, True), (40, True, True), (40, True, False)))  # fmt: skip
    whole = answers(wide, tmp_path, SOME)
    for here, codes in ((wide, [0, 0, 0, 2, 2]), (narrow, [0, 0, 0, 2, 2]), (closed, [2, 0, 2, 2, 2])):
        found = whole if here == wide else answers(here, tmp_path, SOME)
        assert [one.code for one in found] == codes
        assert list(faults(here, found, whole)) == []


def test_commands_answer_with_standard_input_closed_and_output_full(tmp_path: Path) -> None:
    assert list(without(tmp_path, sys.executable, ("<&-", ">/dev/full"), ("world new {}", "--version"))) == []


def test_the_campaign_gives_every_command() -> None:
    def leaves(group: Any, name: str = "") -> Iterator[str]:
        for each, command in group.commands.items():
            yield from leaves(command, f"{name}{each} ") if hasattr(command, "commands") else [f"{name}{each} "]

    given = [f"{line} " for line in COMMANDS]
    missing = {one for one in leaves(get_command(app)) if not any(line.startswith(one) for line in given)}
    assert missing == {"app ", "class "}, "these two serve, and do not end"


def test_a_campaign_notices_an_answer_that_should_not_be() -> None:
    here = Circumstance("python", 40, True, True)
    wrong = [
        Answer("one", 70, "KeyError", ""), Answer("two", 0, "", "\x1b[1m"), Answer("three", 0, "", "1,07… (90%)"),
        Answer("four", 0, "", "Fee favoura ble"),
    ]  # fmt: skip
    told = list(faults(here, wrong, [Answer("four", 0, "", "Fee favourable")]))
    said = ("KeyError", "escape", "cut short", "broken: favoura")
    assert len(told) == 4 and all(word in one for word, one in zip(said, told, strict=True))
