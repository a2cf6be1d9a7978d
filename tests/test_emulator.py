import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.emulator import Emulator, fields, inputs, make
from experiments.emulator.fitting import Fit, fitted
from experiments.precomputed import DOSED, emulated
from experiments.precomputed.made import stamp, usual
from experiments.sensitivity.surface import as_columns, quadratic
from model import InputError, load
from tests.commands import discretion
from viz.app.pages.live_run import estimated
from viz.app.pages.live_run.frame import Drawn, When
from viz.app.pages.live_run.player import Wanted
from viz.app.pages.live_run.url_state import Shown

CLARITY = "directives.review-2011.clarity"
MOST_BYTES = 20_000


def by_hand() -> Emulator:
    """Of the review: all of clarity instead of none of it adds four points, and nothing else does anything."""
    known = inputs(load(), "review-2011")
    place = [factor.path for factor in known].index(CLARITY)
    fit = Fit(np.array([0.02]), 0.003, 0.005, 0.001, 0.9)
    return Emulator("morton-2011", "review-2011", "ice", "review", "same", known, [(), (place,)], fit, 0.05, 128,
                    [1, 2], 0.005)  # fmt: skip


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setattr(emulated, "FILE", tmp_path / "emulators.json")
    emulated.store(by_hand(), {"content": emulated.content(load())})
    monkeypatch.setattr(estimated, "emulator", {"morton-2011": by_hand()}.get)
    yield by_hand()


# The fit.


def spread(count: int = 64) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points, where nothing is moved, and the replication of each point."""
    return np.random.default_rng(1).uniform(-1.0, 1.0, (count, 3)), np.array([0.5, 0.0, -1.0]), np.arange(count) // 8


def test_a_known_surface_is_found_and_is_nothing_where_nothing_is_moved() -> None:
    x, own, replication = spread()
    y = 2.0 * (x[:, 0] - own[0]) - (x[:, 1] - own[1]) + 0.5 * (x[:, 2] ** 2 - own[2] ** 2)
    terms = quadratic(x)
    found = fitted(x, y, own, replication, terms)
    known = {(0,): 2.0, (1,): -1.0, (2, 2): 0.5}
    assert found.coefficients == pytest.approx([known.get(term, 0.0) for term in terms[1:]], abs=1e-9)
    assert found.explained == pytest.approx(1.0) and found.half_width < 1e-9 and found.luck < 1e-9


def test_random_variation_between_replications_is_told_from_a_surface_that_does_not_fit() -> None:
    x, own, replication = spread(512)
    rng = np.random.default_rng(2)
    luck = rng.normal(0.0, 0.3, 64)[replication]
    terms = quadratic(x)
    lucky = fitted(x, x[:, 0] - own[0] + luck, own, replication, terms)
    bumpy = fitted(x, np.sin(9.0 * x[:, 0]) - np.sin(9.0 * own[0]), own, replication, terms)
    assert lucky.luck == pytest.approx(0.3, rel=0.3) and lucky.luck**2 > 0.5 * lucky.error**2
    assert bumpy.luck**2 < 0.5 * bumpy.error**2 and bumpy.error > 0.4
    assert lucky.half_width == pytest.approx(1.64 * lucky.error, rel=0.2)


def test_the_error_is_of_replications_that_were_left_out() -> None:
    x, own, replication = spread()
    y = np.random.default_rng(3).normal(size=len(x))
    found = fitted(x, y, own, replication, terms := quadratic(x))
    inside = y - (as_columns(x, terms) - as_columns(own[np.newaxis], terms))[:, 1:] @ found.coefficients
    assert found.error > np.sqrt(np.square(inside).mean()) and found.explained < 0.2


@pytest.mark.parametrize("count, each", [(8, 4), (64, 64)])
def test_too_few_points_or_replications_are_refused(count: int, each: int) -> None:
    x, own, _ = spread(count)
    with pytest.raises(InputError, match="too few pairs"):
        fitted(x, x[:, 0], own, np.arange(count) // each, quadratic(x))


# What is asked.


def test_a_field_that_could_change_nothing_is_no_input() -> None:
    names = [factor.path.rpartition(".")[2] for factor in inputs(load("two-desks"), "memo")]
    assert names == ["authority", "clarity", "latitude", "meaning", "evaluation", "training"]


def test_an_emulator_of_two_desks_knows_what_makes_a_memo_weigh_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "FIELDS", ("clarity", "meaning"))
    found = make("memo", "memo", world="two-desks", points=32, replications=4, scale=0.05)
    assert (found.agency, found.stage, found.cases) == ("fees", "all", "same") and found.issued > 0.0
    assert found.change({}) == 0.0 == found.change({"directives.memo.clarity": 1})
    more, less = ({"directives.memo.authority": "regulatory"}, {"directives.memo.meaning": 0.0})
    assert found.change(more) > found.fit.half_width and found.change(less) < -found.fit.half_width
    assert found.fit.explained > 0.5 and found.points == 32 and found.seeds == [1, 2, 3, 4]


def test_points_that_cannot_be_shared_out_and_fields_that_change_nothing_are_refused() -> None:
    for points, replications in ((96, 8), (64, 3)):
        with pytest.raises(InputError, match="power of two"):
            make("memo", "memo", world="two-desks", points=points, replications=replications)
    with pytest.raises(InputError, match="no such directive"):
        make("memo", "memmo", world="two-desks")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (CLARITY, 1.5, ["outside", "1.5", "0 to 1"]),
        (CLARITY, "high", ["outside", "high", "0 to 1"]),
        ("directives.review-2011.authority", "regulatry", ["no such value", "nearest: regulatory"]),
        ("directives.review-2011.clarty", 0.5, ["no such input", "nearest: directives.review-2011.clarity"]),
    ],
)  # fmt: skip
def test_what_the_emulator_was_not_fitted_to_is_refused(path: str, value: object, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        by_hand().change({path: value})
    for word in words:
        assert word in str(caught.value)


def test_a_change_is_counted_from_what_was_issued() -> None:
    own = load().directives["review-2011"].clarity.value
    assert by_hand().change({CLARITY: 0.5}) == pytest.approx(0.04 * (0.5 - own))


# What is shipped.


def test_an_emulator_is_read_as_it_was_stored_and_only_in_its_own_world(shipped: Emulator) -> None:
    again = emulated.stored("morton-2011", load())
    assert again is not None and again.inputs == shipped.inputs and again.terms == shipped.terms
    assert again.change({CLARITY: 0.2}) == pytest.approx(shipped.change({CLARITY: 0.2}), rel=1e-4)
    assert emulated.stored("morton-2011", load(settings={"rule.metrics": 0.0})) is None
    assert emulated.stored("daca-2012", load()) is None and emulated.stamped("daca-2012") == {}


@pytest.mark.parametrize("scenario", DOSED)
def test_what_is_shipped_is_of_this_world_and_this_model(scenario: str) -> None:
    world = load()
    assert emulated.stamped(scenario) == stamp(scenario, world), "another world or model: run make docs"
    found = emulated.stored(scenario, world)
    assert found is not None and found.directive == DOSED[scenario] and found.scale == usual(scenario).scale
    assert found.inputs == inputs(world, found.directive)
    assert emulated.FILE.stat().st_size < MOST_BYTES


# The command.


def test_the_command_answers_with_its_error_and_what_can_be_asked(shipped: Emulator) -> None:
    done = discretion("emulate", "morton-2011", "--set", f"{CLARITY}=0.2")
    assert done.exit_code == 0, done.output
    change = 100 * shipped.change({CLARITY: 0.2})
    text = " ".join(done.stdout.split())
    for words in ("Shift as issued: +5.00", f"about {change:.2f} ± 0.50 points", "128 pairs", CLARITY, "Estimated"):
        assert words in text
    told = json.loads(discretion("emulate", "morton-2011", "--set", f"{CLARITY}=0.2", "--json").stdout)
    assert told["change"] == pytest.approx(change / 100) and told["shift"] == pytest.approx(0.05 + change / 100)
    assert told["half_width"] == 0.005 and told["luck"] == 0.001 and told["settings"] == [f"{CLARITY}=0.2"]
    assert [one["path"] for one in told["inputs"]] == [factor.path for factor in shipped.inputs]


def test_the_command_refuses_what_cannot_be_asked(shipped: Emulator) -> None:
    for asked, words in {
        ("morton-2012",): ["no such scenario", "nearest: morton-2011"],
        ("morton-2011", "--set", f"{CLARITY}=2"): ["0 to 1"],
        ("morton-2011", "--set", "rule.metrics=0"): ["no such input"],
        ("morton-2011", "--directive", "reveiw-2011"): ["nearest: review-2011"],
        ("april-2017",): ["none comes with the project", "april-2017"],
    }.items():
        done = discretion("emulate", *asked)
        assert done.exit_code == 2 and done.stdout == ""
        for word in words:
            assert word in done.stderr


# A live run.


def drawn(shown: Shown, rates: pd.DataFrame, finished: bool) -> Drawn:
    today = date(2013, 6, 30)
    return Drawn(rates, When(Wanted(shown.setup, today), today, True, finished))


def weeks(favourable: int) -> pd.DataFrame:
    last = [date(2012, 2, 6) + timedelta(weeks=8 * at) for at in range(3)]
    return pd.DataFrame({"agency": "ice", "stage": "review", "week": pd.to_datetime(last), "decided": 100,
                         "favourable": favourable})  # fmt: skip


def test_a_moved_lever_is_answered_at_once_and_then_by_the_run(shipped: Emulator) -> None:
    shown = Shown(scenario="morton-2011", set=(f"{CLARITY}=0.2",))
    guess = f"about {100 * shipped.change({CLARITY: 0.2}):.2f} ± 0.50 points"
    for so_far in (None, drawn(shown, weeks(4), False), drawn(Shown(scenario="morton-2011"), weeks(4), True)):
        told = estimated.told(shown, so_far, weeks(9))
        assert told.startswith("Estimated, until the run is at its end: ") and guess in told
    told = estimated.told(shown, drawn(shown, weeks(4), True), weeks(9))
    assert told.startswith("By this run: -5.00 points") and guess in told and "17 November 2011" in told


def test_nothing_is_estimated_of_what_the_emulator_does_not_know(shipped: Emulator) -> None:
    for shown in (
        Shown(scenario="morton-2011"),
        Shown(scenario="morton-2011", set=("rule.metrics=0",)),
        Shown(scenario="april-2017", set=("directives.april-2017.clarity=1",)),
    ):
        assert estimated.told(shown, None, None) == ""
