"""The words of a world are the world's: the engine knows none of them by name."""

import re
from pathlib import Path

import pytest

import model
from model import BureaucracyModel, load
from model.cases.conditions import any_holds
from model.schema import Between, Condition, World
from model.world.loader import WORLDS

ENGINE = Path(model.__file__).parent
WORDS = (
    "ice", "uscis", "cbp", "orr", "eoir", "usao", "ausas?", "immigra[a-z]*", "borders?", "famil(y|ies)", "daca",
    "removals?", "deport[a-z]*", "visas?", "aliens?", "asylum", "detainers?", "morton", "adjudicators?",
    "prosecutors?", "citizens?", "apprehen[a-z]*", "sponsors?", "marshals?", "claudia", "zero-tolerance",
)  # fmt: skip
"""Words that nobody says but of the world immigration.

Not among them are words that a police department, a parole board or a benefits office has as well: custody, detained,
lawyer, charge, conviction, children, parole, docket. *Removed* is what Mesa calls an agent that has left.
"""
FORBIDDEN = re.compile(rf"(?<![A-Za-z])({'|'.join(WORDS)})(?![A-Za-z])", re.IGNORECASE)
AGENT_TYPES = re.compile(r"ICEOfficer|USCISAdjudicator|ImmigrationJudge|BorderPatrolAgent|CaseManager|MagistrateJudge")


def sources() -> list[Path]:
    return sorted(path for path in ENGINE.rglob("*.py") if WORLDS not in path.parents)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_the_engine_knows_nothing_of_immigration(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [f"{at}: {line}" for at, line in enumerate(lines, 1) if FORBIDDEN.search(line) or AGENT_TYPES.search(line)]
    assert said == []


def test_the_list_would_find_what_used_to_stand_there() -> None:
    for line in ("family = 1", "prior_removals: Codes", 'AT_THE_BORDER = ("language",)', 'world="immigration"',
                 "self.families", "an adjudicator: backlog or not"):  # fmt: skip
        assert FORBIDDEN.search(line), line
    assert AGENT_TYPES.search("class ICEOfficer(Officer):")
    assert not FORBIDDEN.search("an agent that is removed; the notice; a device; familiar")


def test_words_of_ones_own_are_drawn_told_and_asked_for() -> None:
    """Another order of levels, a circumstance, a number and an equity that follows from ages, in a world of clerks."""
    tables = load("two-desks").model_dump(by_alias=True, exclude_unset=True)
    words, mix = tables["words"], tables["mixes"]["walk-ins"]
    words["circumstances"] = {"loud": {"title": "Loud", "true": "there were noise", "false": "there were no noise"}}
    words["numbers"] = {
        "visits": {"title": "Visits", "none": "there were no visit", "some": "there were {n} visits",
                   "drawn": {"once": "came", "twice": "came again"}},
    }  # fmt: skip
    words["equities"]["old"] = {"said": "old age", "follows": [{"age": {"min": 65}}]}
    tables["rule"]["equities"]["old"] = tables["rule"]["equities"]["hardship"]
    half = {"value": 0.5, "unit": "share", "source": "by choice"}
    mix["circumstances"], mix["numbers"] = {"loud": half}, {"visits": {"once": half, "twice": half}}
    mix["ages"] = {
        name: {"value": value, "unit": "years", "source": "by choice"}
        for name, value in (("mean", 65), ("spread", 10), ("youngest", 18), ("oldest", 99), ("residence", 5),
                            ("least_residence", 0))
    }  # fmt: skip
    world = World.model_validate(tables)
    run = BureaucracyModel("memo", 1.0, rng=1, world=world)
    cases = run.cases
    assert (cases.circumstances & 1).mean() == pytest.approx(0.5, abs=0.03)
    shares = [(cases.numbers[:, 0] == n).mean() for n in (0, 1, 2)]
    assert shares == pytest.approx([0.5, 0.25, 0.25], abs=0.03)
    assert ((cases.equities >> 1 & 1) == (cases.age >= 65)).all() and 0.3 < (cases.age >= 65).mean() < 0.7
    asked = Condition(circumstances=["loud"], numbers={"visits": Between(min=2)})
    holds = any_holds(world, [asked], cases)
    assert (holds == ((cases.circumstances & 1 == 1) & (cases.numbers[:, 0] == 2))).all()
