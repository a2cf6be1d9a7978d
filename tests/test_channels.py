"""A directive reaches a desk in three ways; custom settles a case before it does."""

from datetime import date

import numpy as np
import pytest

from model import BureaucracyModel, load
from model.agencies.exposure import awareness, chain_passes_on, passes_on
from model.schema import Custom, World
from tests.test_directives import directive, run, silent

OFFICERS = "ice.officers"
CONTRARY: dict[str, object] = {"agencies.ice.culture.orientation": -5.0, "agencies.ice.culture.mission": 3.0}


def mean(model: BureaucracyModel, column: str, unit: str = OFFICERS) -> float:
    mine = model.desks.unit == model.world.units().index(unit)
    return float(getattr(model.desks, column)[mine].mean())


def test_awareness_asks_nobodys_leave_and_endorsement_does() -> None:
    usual, contrary = run(directive()), run(directive(), settings=CONTRARY)
    assert mean(usual, "awareness") == mean(contrary, "awareness") > 0.95
    assert mean(contrary, "exposure") < 0.01 < 0.3 < mean(usual, "exposure")


def test_accountability_asks_nobodys_leave_and_needs_both_somebody_who_looks_and_something_to_lose() -> None:
    said = {"evaluation": 0.6, "monitoring": 0.5}
    models = [run(directive(**said), settings=settings) for settings in ({}, CONTRARY)]
    assert mean(models[0], "accountability") == mean(models[1], "accountability") > 0.1
    for missing in said:
        assert mean(run(directive(**{**said, missing: 0.0})), "accountability") == 0.0


def test_what_one_answers_for_moves_the_unwilling_and_only_in_scope() -> None:
    scope = {"in": [{"level": ["none"]}], "otherwise": "silent"}
    model = run(directive(scope=scope, latitude=0.25), settings=CONTRARY)
    table = model.recorder.traced()
    custody = table[(table["stage"] == "custody") & (table["day"] > "2011-06-01")]
    inside = model.cases.level[custody["case"]] == 0
    owed = custody["accountability"].to_numpy()
    assert 0 < inside.sum() < len(inside)
    assert owed[inside] == pytest.approx(0.75 * model.rule.stake)
    assert (owed[~inside] == 0.0).all() and (abs(custody["directive"]) < 0.01).all()


def test_who_answers_for_leniency_has_to_look() -> None:
    """And a directive towards enforcement obliges nobody: what is passed over is enforced."""
    plain = run(directive(evaluation=0.0)).recorder.traced()
    lenient = run(directive()).recorder.traced()
    strict = run(directive(direction=-1)).recorder.traced()
    at = [float(t.query("stage == 'charge' and day > '2011-06-01'")["notice"].mean()) for t in (plain, lenient, strict)]
    assert at[1] > 5 * at[0] and at[2] == pytest.approx(at[0], rel=0.2)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_a_chain_of_like_managers_discounts_as_much_as_one(steps: int) -> None:
    passed = passes_on(chain_passes_on(0.5, 0.4, 0.3), 1.0 / steps) ** steps
    assert passed == pytest.approx(0.5 * (0.6 + 0.4 * 0.3))


def test_nearly_everybody_has_heard_within_weeks_and_forgets_without_follow_up() -> None:
    kept, forgotten = ([awareness(day, 0.0, 5.0, monitoring, 0.004) for day in (0, 20, 700)] for monitoring in (1, 0))
    assert kept[0] < 0.2 and kept[1] > 0.95 and kept[2] == pytest.approx(1.0)
    assert forgotten[1] > 0.9 and forgotten[2] < 0.1
    assert awareness(0, 1.0, 5.0, 1.0, 0.004) == 1.0


def with_custom(world: World, share: float) -> World:
    """No one at ICE's custody desk is released who has a conviction, in a share of cases."""
    source = "a test"
    custom = {
        "title": "Nobody with a conviction is let go", "stages": ["custody"], "must": "unfavourable", "source": source,
        "when": [{"level": ["level-3", "level-2"]}], "share": {"value": share, "unit": "share", "source": source},
    }  # fmt: skip
    return world.model_copy(update={"customs": {"none-let-go": Custom.model_validate(custom)}})


def watched(world: World, breaks: bool) -> BureaucracyModel:
    text = silent(breaks_with=["none-let-go"] if breaks else [], monitoring=1.0)
    world = world.model_copy(update={"directives": {**world.directives, "probe": text}})
    scenario = world.scenarios["record-2013"].model_copy(
        update={"start": date(2010, 10, 1), "end": date(2011, 12, 31), "directives": ["probe"]}
    )
    return BureaucracyModel(scenario, 0.01, 1, world=world, trace=True).run()


def test_a_custom_settles_a_share_of_cases_and_ends_with_those_who_have_heard() -> None:
    world = with_custom(load(), 0.7)
    kept, broken = watched(world, False), watched(world, True)
    for model, low, high in ((kept, 0.65, 0.75), (broken, 0.0, 0.02)):
        table = model.recorder.traced()
        late = table[(table["stage"] == "custody") & (table["day"] > "2011-03-01") & (table["bound"] != -1)]
        theirs = late[np.isin(model.cases.level[late["case"]], [2, 3])]
        settled = (theirs["bound"] == -2).mean()
        assert low <= settled <= high
        assert not theirs.loc[theirs["bound"] == -2, "favourable"].any()
    before = [m.recorder.traced().query("day < '2011-01-01'") for m in (kept, broken)]
    assert before[0].equals(before[1])
