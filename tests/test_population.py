"""Who comes is kept: by all that it is made of, and by nothing else."""

from typing import Any

import numpy as np
import pytest

from model import BureaucracyModel, load
from model.cases import population
from model.cases.conditions import Register
from model.cases.population import draw
from model.schema import World

SCENARIOS = ("daca-2012", "zero-tolerance-2018")
OTHERS = World.model_fields.keys() - {"words", "areas", "groups", "mixes", "regions", "series"}


class Unread:
    """A part of a world that nobody may look at."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


def drawn(world: World, scenario: str, looked_at: World, seed: int = 1) -> population.Population:
    plan = world.scenarios[scenario]
    mixes = [name for name, mix in world.mixes.items() if mix.stage in world.stages]
    return draw(looked_at, Register(world), mixes, plan.directives, seed, 0.002, plan.start, plan.end)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_people_are_made_of_nothing_but_what_they_are_kept_by(scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world = load()
    monkeypatch.setattr(population, "finished", lambda _world, _register, people: people)
    monkeypatch.setattr(population, "lay", lambda *_: None)
    bare = world.model_copy(update={name: Unread() for name in OTHERS - {"directives"}})
    population._kept.clear()
    assert len(drawn(world, scenario, bare).records.hot) > 500
    assert len(population._kept) == 1


def facts(model: BureaucracyModel) -> list[bytes]:
    return [np.ascontiguousarray(column).tobytes() for column in model.cases]


@pytest.mark.parametrize(
    ("setting", "others_come"),
    [
        ("agencies.ice.culture.lens=0.3", False),
        ("directives.review-2011.clarity=0.3", False),
        ("mixes.docket.equities.caregiver=0.9", True),
        ("mixes.docket.detained=0.4", True),
        ("rule.equities.caregiver=2.9", True),
    ],
)
def test_the_same_people_are_found_again_unless_what_makes_them_moved(setting: str, others_come: bool) -> None:
    settings = [setting]
    population._kept.clear()
    new = facts(BureaucracyModel("morton-2011", scale=0.002, rng=1, settings=settings))
    population._kept.clear()
    before = facts(BureaucracyModel("morton-2011", scale=0.002, rng=1))
    assert facts(BureaucracyModel("morton-2011", scale=0.002, rng=1, settings=settings)) == new
    assert len(population._kept) == 1 + setting.startswith("mixes")
    assert (new != before) == others_come
    assert facts(BureaucracyModel("morton-2011", scale=0.002, rng=1)) == before


def test_as_many_cases_are_kept_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    persons = population._persons

    def drawn_anew(seed: int) -> int:
        """How many are drawn, once those of a seed have been asked for."""
        model = BureaucracyModel("morton-2011", scale=0.002, rng=seed)
        assert found.setdefault(seed, facts(model)) == facts(model)
        return len(made)

    found: dict[int, list[bytes]] = {}
    monkeypatch.setattr(population, "_persons", lambda *given: made.append(1) or persons(*given))
    population._kept.clear()
    cases = len(BureaucracyModel("morton-2011", scale=0.002, rng=1).cases.key)
    monkeypatch.setattr(population, "MOST", int(2.5 * cases))
    assert [drawn_anew(seed) for seed in (1, 2, 1, 3, 1, 2)] == [1, 2, 2, 3, 3, 4], "those asked for last stay"
    monkeypatch.setattr(population, "MOST", int(1.5 * cases))
    assert [drawn_anew(seed) for seed in (4, 4)] == [5, 6], "nothing is kept that takes more than half of the room"
    monkeypatch.setattr(population, "MOST", 1_600_000)
    monkeypatch.setattr(population, "KEPT", 2)
    assert [drawn_anew(seed) for seed in (4, 5, 6, 5, 4)] == [7, 8, 9, 9, 10], "nor more populations than so many"
