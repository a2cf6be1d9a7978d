"""A draft is read among what was in force when it starts, and one that cannot be is told so."""

from datetime import date
from pathlib import Path

import pytest

from experiments.drafting.reading import draft_of
from experiments.premortem import question
from model import InputError, load
from model.world.loader import worlds

OWN = 'like = "review-2011"\ntitle = "Ours"\nissuer = "us"\nsource = "assumed: a draft of our own"\n'


def test_a_directive_of_the_world_knows_only_what_came_before_it() -> None:
    draft = draft_of("zero-tolerance-2018")
    assert draft.scenario == "zero-tolerance-2018"
    assert {"el-paso-2017", "wdtx-guidance-2017", "april-2017"} <= set(draft.before.directives)
    assert {"referral-change-2018", "injunction-2018"} <= set(draft.later)
    assert draft.issued.directives == [*draft.before.directives, draft.name]


@pytest.mark.parametrize("world", worlds())
def test_every_shipped_directive_can_be_read_into_a_scenario(world: str) -> None:
    whole = load(world)
    for name, row in whole.directives.items():
        draft = draft_of(name, whole)
        assert draft.issued.start <= row.start <= draft.issued.end
        assert all(whole.directives[one].start < row.start for one in draft.before.directives)


def test_what_is_issued_on_the_same_day_is_unknown_to_a_draft_and_to_its_pre_mortem() -> None:
    draft = draft_of("victims-2011")
    assert "discretion-2011" in draft.later
    asked = question(["victims-2011"], load(), into=draft.scenario)
    assert asked.scenario.directives == draft.issued.directives


def test_a_file_is_read_and_its_start_moved(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(OWN)
    draft = draft_of(file)
    assert (draft.name, draft.scenario, draft.directive.start) == ("ours", "morton-2011", date(2011, 11, 17))
    assert "discretion-2011" in draft.before.directives and {"review-2011", "training-2012"} <= set(draft.later)
    moved = draft_of(str(file), scenario="morton-2011", start=date(2012, 3, 1))
    assert moved.directive.start == date(2012, 3, 1) and "training-2012" in moved.before.directives


def test_an_end_moves_along_with_the_start() -> None:
    draft = draft_of("el-paso-2017", start=date(2017, 4, 8))
    assert draft.directive.end == date(2017, 12, 18)


@pytest.mark.parametrize(
    ("name", "scenario", "start", "what", "nearest"),
    [
        ("zero-tolerence-2018", None, None, "no such directive", "zero-tolerance-2018"),
        ("no/such.toml", None, None, "cannot be read: No such file or directory", ""),
        ("review-2011", "morton", None, "no such scenario", "morton-2011"),
        ("review-2011", "morton-2011", date(2009, 1, 1), "it starts outside the days of morton-2011", ""),
        ("review-2011", None, date(1950, 1, 1), "no scenario of the record is watched on the day on which", ""),
        ("order-2018", None, date(2018, 1, 1), "supersedes what comes after it", ""),
        ("a\0b", None, None, "no such directive", ""),
    ],
)
def test_what_cannot_be_read_is_told(
    name: str, scenario: str | None, start: date | None, what: str, nearest: str
) -> None:
    with pytest.raises(InputError) as caught:
        draft_of(name, scenario=scenario, start=start)
    assert caught.value.what.startswith(what) and caught.value.nearest == nearest
