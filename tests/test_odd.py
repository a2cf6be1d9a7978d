"""docs/odd.md is enough to write the model again: `tests/odd` did, and makes the same decisions."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.record.heard import answers_given
from model.rule.terms import TERM_NAMES
from model.schema import Scenario, World
from model.schema.directive import Increase, Staffing
from tests.odd.days import Days
from tests.weighed import weighed

ALL = Scenario(
    title="all", question="?", start=date(2011, 10, 10), end=date(2013, 9, 30),
    directives=[
        "priorities-2010", "discretion-2011", "victims-2011", "review-2011", "training-2012", "detainer-2012",
        "daca-2012",
    ],
)  # fmt: skip
BORDER = Scenario(
    title="border", question="?", start=date(2018, 4, 2), end=date(2018, 12, 31), streams=["border"],
    directives=[
        "wdtx-guidance-2017", "april-2017", "directors-review-2017", "dnm-guidance-2017", "zero-tolerance-2018",
        "hires-2018", "referral-change-2018", "referral-change-texas", "call-texas-2018", "referral-change-california",
        "speech-2018", "referral-change-arizona", "calls-2018", "guidance-2018", "order-2018", "injunction-2018",
    ],
)  # fmt: skip
Asked = tuple[World, Scenario, float, date]
Both = tuple[BureaucracyModel, pd.DataFrame, Days]
SEED = 5


def _as_shipped() -> Asked:
    return load(), ALL, 0.002, date(2013, 1, 20)


def _border() -> Asked:
    """The spring and summer of 2018, as shipped."""
    return load(), BORDER, 0.02, date(2018, 7, 20)


def _border_strained() -> Asked:
    """Fewer beds than children, families deterred, judges who give way early, capacity that arrives in time."""
    world = load(
        settings={"resources.orr-beds.amount": 9000, "resources.family-beds.amount": 400,
                  "resources.attorney-hours.amounts.SDTX": 300, "stages.felony.lapse": 6,
                  "agencies.usao.units.attorneys.hours": 0.25,
                  "resources.attorney-hours.reserve": 1, "stages.court.threshold": 0.0,
                  "stages.acceptance.unfavourable.0.takes": 60,
                  "directives.referral-change-2018.deters.families": 0.3, "mixes.families.companions.2": 0.4,
                  "directives.capacity-2018.resources.attorney-hours.delay": 40,
                  "directives.capacity-2018.resources.orr-beds.delay": 75, **weighed(load())}
    )  # fmt: skip
    return (
        world,
        BORDER.model_copy(update={"directives": ["capacity-2018", *BORDER.directives]}),
        0.03,
        date(2018, 7, 20),
    )


def _border_answered() -> Asked:
    """Those whom the memo loads are asked, it is put off, and its end and that of a referral change are outcomes."""
    world = load(
        settings={"reports.children-apart.full": 300, "reporting.contact": 0.6,
                  "directives.zero-tolerance-consulted.consults.orr": 2, **weighed(load())}
    )  # fmt: skip
    answers = world.directives["zero-tolerance-answered"].answers
    off = answers[0].model_copy(update={"hears": "children-apart", "issues": None, "puts_off": answers[0].after})
    soon = off.above.model_copy(update={"value": 0.1})
    ends = off.model_copy(update={"puts_off": None, "ends": True, "above": soon})
    consulted = world.directives["zero-tolerance-consulted"].model_copy(update={"answers": [off, *answers]})
    change = world.directives["referral-change-2018"].model_copy(update={"answers": [ends]})
    world = world.model_copy(
        update={"directives": {**world.directives, "zero-tolerance-2018": consulted, "referral-change-2018": change}}
    )
    return world, BORDER, 0.02, date(2018, 7, 20)


def _every_lever() -> Asked:
    """A world with directives that pull all levers, few beds, and a unit of few officers."""
    world = load(
        settings={"resources.beds.amount": 12000, "resources.u-visas.amount": 6000,
                  "agencies.ice.units.officers.turnover": 0.6, **weighed(load())}
    )  # fmt: skip
    review, training = world.directives["review-2011"], world.directives["training-2012"]
    metric, beds = world.metrics["discretion-granted"].target, world.resources["beds"].amount
    people, full = world.agencies["ice"].units["attorneys"].staff, world.agencies["uscis"].units["centres"].hours
    strict = training.model_copy(
        update={
            "to": list(world.agencies), "direction": -1, "start": date(2012, 2, 1), "end": date(2012, 11, 10),
            "authority": "economic", "stages": None, "union_consents": True, "imposes": ["no-parole"],
            "targets": {"removals": metric.model_copy(update={"value": 0.0})}, "counts": ["discretion-granted"],
            "recruits": {"ice.officers": world.agencies["uscis"].units["victims"].recruits},
            "resources": {"beds": Increase(amount=beds, delay=world.society.overtime)},
            "staff": {"ice.officers": Staffing(amount=people, delay=world.society.overtime, hours=full)},
        }
    )  # fmt: skip
    moved = review.model_copy(
        update={"to": ["uscis"], "moves": {"review": "uscis.centres"}, "start": date(2012, 3, 5),
                "supersedes": ["review-2011"], "lifts": ["moral-character-bar"], "review": None}
    )  # fmt: skip
    law = world.laws["mandatory-detention"].model_copy(
        update={"stages": ["parole"], "in_force": False, "when": [], "must": "favourable", "starts": date(2012, 3, 1)}
    )
    world = world.model_copy(
        update={
            "directives": {**world.directives, "strict": strict, "moved": moved},
            "laws": {**world.laws, "no-parole": law},
        }
    )
    scenario = ALL.model_copy(update={"directives": [*ALL.directives, "strict", "moved"]})
    return world, scenario, 0.002, date(2013, 1, 20)


@pytest.fixture(scope="module", params=[_as_shipped, _every_lever, _border, _border_strained, _border_answered])
def both(request: pytest.FixtureRequest) -> Both:
    return _both(request.param)


@cache
def _both(asked: Callable[[], Asked]) -> Both:
    world, scenario, scale, until = asked()
    model = BureaucracyModel(scenario, scale, SEED, world=world, until=until, trace=True).run()
    return model, model.recorder.traced(), Days(world, scenario, SEED, scale, until).run()


def _is_border(model: BureaucracyModel) -> bool:
    return model.world_scenario.streams == ["border"]


def test_the_same_people_come(both: Both) -> None:
    model, _, rebuilt = both
    assert [case.key for case in rebuilt.cases] == model.cases.key.tolist()
    for name in (
        "age",
        "entry_age",
        "children",
        "lawyer",
        "mandatory",
        "complexity",
    ):
        assert [getattr(case, name) for case in rebuilt.cases] == getattr(model.cases, name).tolist(), name
    assert [case.entered.toordinal() for case in rebuilt.cases] == model.cases.entered.tolist()
    numbers = [[case.numbers[name] for name in model.world.words.numbers] for case in rebuilt.cases]
    assert numbers == model.cases.numbers.tolist()
    areas, levels = model.world.all_areas(), list(model.world.words.levels)
    assert [case.area for case in rebuilt.cases] == [areas[code] for code in model.cases.area]
    assert [case.level for case in rebuilt.cases] == [levels[code] for code in model.cases.level]
    assert [-1 if case.youngest_child is None else case.youngest_child for case in rebuilt.cases] == (
        model.cases.youngest_child.tolist()
    )
    known = list(model.world.words.circumstances)
    circumstances = [sum(1 << known.index(name) for name in case.circumstances) for case in rebuilt.cases]
    assert circumstances == model.cases.circumstances.tolist()
    assert np.allclose([case.merit for case in rebuilt.cases], model.cases.merit, rtol=1e-6)


def test_the_same_families_come_together(both: Both) -> None:
    model, _, rebuilt = both
    if not _is_border(model):
        assert not any(case.family for case in rebuilt.cases)
        return
    rows = {case: row for row, case in enumerate(rebuilt.cases)}
    leaders = [-1 if case.leader is None else rows[case.leader] for case in rebuilt.cases]
    assert leaders == model.parties.leader.tolist()
    assert max(len(case.family) for case in rebuilt.cases) > 1


def test_the_same_officers_decide_them_the_same_way(both: Both) -> None:
    model, traced, rebuilt = both
    _assert_decided_alike(traced, rebuilt)
    assert len(traced) > 5000
    assert traced["ordered"].any() and (traced["bound"] != 0).any()
    idle = {name for name in TERM_NAMES if not (traced[name] != 0).any()}
    assert idle <= {path.removeprefix("rule.") for path in weighed(model.world)}


def _assert_decided_alike(traced: pd.DataFrame, rebuilt: Days) -> None:
    made = pd.DataFrame(rebuilt.decided)
    rows = {case: row for row, case in enumerate(rebuilt.cases)}
    made["case"] = [rows[case] for case in made["who"]]
    assert len(made) == len(traced)
    for name in ("case", "officer", "round", "noticed", "favourable", "bound", "ordered"):
        assert (made[name].to_numpy() == traced[name].to_numpy()).all(), name
    for name in ("stage", "to"):
        assert (made[name] == traced[name].astype(str)).all(), name
    for name in ("notice", "judgment", "p", "hours", *TERM_NAMES):
        assert np.allclose(made[name], traced[name], rtol=1e-6, atol=1e-12), name


def test_all_end_at_the_same_places(both: Both) -> None:
    model, _, rebuilt = both
    places = [*model.stage_names, *model.world.exits]
    assert [case.place for case in rebuilt.cases] == [
        places[place] if place >= 0 else "not yet" for place in model.case_state.place
    ]
    assert list(rebuilt.ways.used.values()) == model.used.tolist()
    assert np.allclose(list(rebuilt.ways.balance.values()), model.pools.balance)
    assert np.allclose([rebuilt.ways.amount(pool) for pool in rebuilt.ways.pools], model.amount)
    assert np.allclose([officer.leaning for officer in rebuilt.offices.officers], model.desks.orientation)


def test_the_same_people_are_separated_and_wait_and_are_held_too_long(both: Both) -> None:
    model, _, rebuilt = both
    lapsed = [(row["day"], row["stage"], row["to"]) for row in rebuilt.lapses]
    if not _is_border(model):
        assert not lapsed and not len(model.timelines.separated)
        return
    for name in ("apart", "separated", "handed", "left", "laid_on"):
        column = getattr(model.timelines, "laid" if name == "laid_on" else name)
        assert [getattr(case, name) for case in rebuilt.cases] == column.tolist(), name
    clocks, areas = list(model.world.clocks), model.world.all_areas()
    beyond = np.zeros_like(model.clocks.breaches)
    for (clock, area, day), persons in rebuilt.ways.beyond.items():
        beyond[clocks.index(clock), areas.index(area), day] = persons
    assert (beyond == model.clocks.breaches).all()
    paths = model.recorder.paths.table()
    missed = paths[paths["outcome"] == "not reached"].groupby(["stage", "to"], observed=True)["cases"].sum()
    assert Counter(row[1:] for row in lapsed) == Counter(missed.to_dict())
    assert sum(case.apart for case in rebuilt.cases) > 20
    assert any(case.place == "reunited" for case in rebuilt.cases)


def test_the_same_is_reported_believed_and_answered(both: Both) -> None:
    model, _, rebuilt = both
    reports, agencies = list(model.world.reports), list(model.world.agencies)
    known = [[rebuilt.reports.known[agency, name] for name in reports] for agency in agencies]
    assert np.allclose(known, model.heard.known) and np.isclose(rebuilt.reports.attention, model.heard.attention[0])
    first = model.start.toordinal()
    starts = {name: int(day) for name, day in zip(model.directive_names, model.lines.texts.start, strict=True)}
    assert {name: day.toordinal() - first for name, day in rebuilt.reports.starts.items()} == {
        name: day for name, day in starts.items() if name in rebuilt.reports.starts
    }
    if _is_border(model):
        assert model.heard.attention[0] > 0.0


def test_answers_put_off_issue_and_end() -> None:
    model, _, _ = _both(_border_answered)
    does = {"puts it off", "ends it", "issues order-2018", "issues injunction-2018"}
    assert set(answers_given(model)["does"]) == does


def test_the_same_is_decided_when_officers_and_managers_are_gone() -> None:
    """From before the first day, when nothing waits anywhere."""
    world, scenario, scale, _ = _as_shipped()
    until = date(2012, 2, 20)
    model = BureaucracyModel(scenario, scale, SEED, world=world, until=until, trace=True)
    rebuilt = Days(world, scenario, SEED, scale, until)
    desks = [one for one in model.officers if one.row % 3 == 1]
    posts = [one for one in model.managers if one.reports_to is not None and one.row % 4 == 2]
    for one in desks:
        rebuilt.offices.leave(one.row)
    for one in posts:
        rebuilt.offices.unmanage(one.row)
    for one in [*desks, *posts]:
        one.remove()
    traced = model.run().recorder.traced()
    assert len(traced) > 1000 and len(desks) > 50 and len(posts) > 10
    assert not set(traced["officer"]) & {one.row for one in desks}
    _assert_decided_alike(traced, rebuilt.run())


def test_a_strained_border_meets_all_that_the_description_speaks_of() -> None:
    _, _, rebuilt = _both(_border_strained)
    assert {row["stage"] for row in rebuilt.lapses} == {"acceptance", "felony"}
    assert {clock for clock, _, _ in rebuilt.ways.beyond} == {"children-72-hours"}
    assert {"reunited-at-station", "reunited", "family-release"} <= {case.place for case in rebuilt.cases}
    assert min(rebuilt.ways.balance.values()) < 0
