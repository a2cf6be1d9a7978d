"""The headline, against runs made in another way."""

import pandas as pd
import pytest
from scipy import stats

from experiments.headline.record import asks_of_cases, foremost, where_issued
from experiments.headline.stored import stamp, stamped, stored, with_unknown
from experiments.headline.study import in_words, odds, over_replications, same_words
from experiments.headline.words import SILENT, Desk, title, watched, worded, words
from experiments.mechanisms.pair_effects import Outcomes
from experiments.smallest import POSTERIOR
from experiments.twin import pair
from experiments.twin.shift import paired_rates
from experiments.twin.watch import KEYS
from model import BureaucracyModel, load
from model.schema import World
from model.world.streams import within

WORLD = load()
SCALE = 0.016
INTERIOR = words().desks[:3]


def _run(world: World, desks: list[Desk], directives: list[str] | None = None) -> pd.DataFrame:
    """The decisions of a run from its first day on."""
    scenario, kept = watched(world, desks), Outcomes()
    if directives is not None:
        scenario = scenario.model_copy(update={"directives": directives})
    BureaucracyModel(scenario, SCALE, 1, world=world, tables=False, observers=[kept]).run()
    return kept.table()


@pytest.fixture(scope="module")
def found() -> tuple[pd.DataFrame, pd.DataFrame]:
    return same_words(world=WORLD, replications=2, scale=SCALE)


def test_every_form_asks_for_all_that_the_one_before_it_asks() -> None:
    desks = INTERIOR[:1]
    texts = [worded(WORLD, desks, desks[0], form).directives[desks[0].directive] for form in (SILENT, *words().said)]
    for key in ("mandate", "monitoring", "evaluation"):
        sizes = [getattr(text, key).value for text in texts]
        assert sizes == sorted(sizes), key
    weights = [WORLD.rule.authority[text.authority].value for text in texts]
    assert weights == sorted(weights)
    rest = [text.model_dump(exclude={"authority", "mandate", "monitoring", "evaluation", "meaning"}) for text in texts]
    assert all(one == rest[0] for one in rest), "the words are the same"


def test_words_that_nobody_has_said_change_nothing() -> None:
    silent = _run(worded(WORLD, INTERIOR), INTERIOR)
    pd.testing.assert_frame_equal(silent, _run(WORLD, INTERIOR, []), check_exact=True)


@pytest.mark.parametrize("form", words().said)
def test_a_desk_is_moved_as_in_runs_of_their_own(form: str, found: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    desk = INTERIOR[1]
    with_it, without = _run(worded(WORLD, INTERIOR, desk, form), INTERIOR), _run(worded(WORLD, INTERIOR), INTERIOR)
    here = without[(without["day"] >= words().before) & (without["unit"] == _unit(desk))]
    both = here.merge(with_it, on=KEYS, suffixes=("_without", "_with"))
    row = found[1].query("seed == 1 and unit == @desk.unit and form == @form").iloc[0]
    assert (row["decisions"], row["with"], row["without"]) == (
        len(both), pytest.approx(both["p_with"].mean(), abs=1e-15), pytest.approx(both["p_without"].mean(), abs=1e-15),
    )  # fmt: skip


def _unit(desk: Desk) -> int:
    return within(worded(WORLD, INTERIOR), watched(WORLD, INTERIOR)).units().index(desk.unit)


def test_every_desk_of_the_question_is_asked_in_every_form(found: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    figures, every = found
    asked = [(desk.unit, form) for desk in words().desks for form in words().said]
    assert list(zip(figures["unit"], figures["form"], strict=True)) == asked
    assert {desk.agency for desk in words().desks} == {"ice", "eoir", "uscis", "cbp", "usao"}
    assert (every["decisions"] > 100).all() and (every["without"] < 1.0).all()


def test_pairs_are_put_together_with_both_intervals() -> None:
    rows = [("ice", "ice.officers", "order", 100, 0.2 + 0.1 * draw + 0.001 * turn, 0.1, 2 * draw + turn, draw)
            for draw in range(20) for turn in range(2)]  # fmt: skip
    columns = ["agency", "unit", "form", "decisions", "with", "without", "seed", "draw"]
    every = pd.DataFrame(rows, columns=columns).assign(**{"with": lambda table: table["with"] / 10.0})
    drawn, alone = over_replications(every, drawn=True).iloc[0], over_replications(every.head(2)).iloc[0]
    assert drawn["posterior_low"] < drawn["low"] < drawn["shift"] < drawn["high"] < drawn["posterior_high"]
    half = stats.t.ppf(0.95, 1) * 0.0001 / 2.0
    assert (alone["high"] - alone["low"]) / 2.0 == pytest.approx(half)
    assert pd.isna(alone["posterior_low"])
    assert alone["odds"] == pytest.approx(odds(alone["with"]) / odds(0.1))


def test_any_number_of_workers_finds_the_same(found: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    for one, other in zip(found, same_words(world=WORLD, replications=2, scale=SCALE, workers=2), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_it_is_said_in_words(found: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    figures = found[0]
    last = figures[figures["form"] == words().said[-1]].sort_values("shift")
    said = in_words(figures, WORLD)
    for row in (last.iloc[0], last.iloc[-1]):
        assert f"{100.0 * row['shift']:.1f}" in said and title(WORLD, row["unit"]) in said


# The record.


def test_a_directive_of_the_record_shifts_where_it_was_issued_what_a_pair_of_worlds_says() -> None:
    rows = where_issued(world=WORLD, replications=1, scale=SCALE).set_index(["directive", "stage"])
    rates = paired_rates(pair("record-2013", ["review-2011"], seed=1, scale=SCALE), ["stage"]).set_index("stage")
    shift = rates.loc["review", "rate_with"] - rates.loc["review", "rate_without"]
    assert rows.loc[("review-2011", "review"), "shift"] == pytest.approx(shift, abs=1e-12)
    opened = rows.loc[("daca-2012", "daca")]
    assert pd.isna(opened["shift"]) and 0.9 < opened["with"] < 1.0
    assert set(rows.loc["wdtx-guidance-2017"].index) <= {"acceptance", "felony"}
    tried = {name for scenario in words().record for name in WORLD.scenarios[scenario].directives
             if asks_of_cases(WORLD.directives[name])}  # fmt: skip
    assert set(rows.index.get_level_values(0)) == tried and "hires-2018" not in tried


def test_what_is_shipped_is_of_this_world_this_model_and_these_words() -> None:
    assert stamped() == stamp(WORLD), "another world, model or posterior: run make docs"
    known = stored()
    asked = [(desk.unit, form) for desk in words().desks for form in words().said]
    assert list(zip(known.unknown["unit"], known.unknown["form"], strict=True)) == asked
    assert foremost(known.record)["directive"].is_unique


def test_what_is_unknown_stands_beside_the_luck_of_other_pairs(found: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    joined = with_unknown(found[0])
    assert joined["low"].tolist() == found[0]["low"].tolist()
    known = joined.set_index(["unit", "form"]).loc[("cbp.agents", "evaluated")]
    assert known["posterior_low"] < known["posterior_high"]
    assert joined.loc[joined["unit"] == "eoir.judges", list(POSTERIOR)].isna().all(axis=None), "all assumed"
