import csv
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from experiments.demonstrations import DEMONSTRATIONS, demonstrate, summary
from experiments.demonstrations.same_facts import same_facts
from experiments.precomputed.demonstrated import stored
from model import InputError, load
from model.explain import explain
from tests.app.verdicts import verdicts
from viz.app.address import read_query
from viz.app.demonstrations import ORDER, demonstrations
from viz.app.pages.demonstrations.pictures import GRID, SIDES
from viz.app.pages.demonstrations.result import told
from viz.app.pages.demonstrations.sheet import PLAN
from viz.app.pages.demonstrations.url_state import STEPS, Guessed, Shown, guess, written
from viz.app.routes import PLACES
from viz.charts import guesses_and_result
from viz.charts.guesses import LETTERS, WRONG


def load_evidence() -> dict[str, str]:
    """The use of each fact by its name."""
    text = files("model").joinpath("worlds/immigration/evidence.csv").read_text(encoding="utf-8")
    return {row["id"]: row["use"] for row in csv.DictReader(text.splitlines())}


WORKS = ("Rabin", "Wilson", "Inspector General", "Lopez Oliva", "Kagan", "Biber")


@pytest.mark.parametrize("name", ORDER)
def test_what_is_guessed_is_what_the_experiment_gives(name: str) -> None:
    found = demonstrate(name, seeds=[1], scale=0.002)
    asked = demonstrations()[name]
    assert asked.run == name
    guessed = {guess.key for guess in asked.predict}
    assert guessed == set(found["key"]) if name != "budget" else guessed < set(found["key"])
    assert ((found["low"] <= found["median"]) & (found["median"] <= found["high"])).all()


def test_every_demonstration_has_a_text_and_an_experiment() -> None:
    assert list(demonstrations()) == list(ORDER) == list(DEMONSTRATIONS)


@pytest.mark.parametrize("name", ORDER)
def test_a_demonstration_lasts_about_ten_minutes_and_rests_on_the_literature(name: str) -> None:
    one = demonstrations()[name]
    assert 6 <= one.stage.minutes + 2 + one.reveal.minutes + one.explain.minutes <= 10
    for asked in one.discuss:
        assert any(work in asked.source for work in WORKS), asked.source
        assert asked.question.endswith("?")


@pytest.mark.parametrize("name", ORDER)
def test_what_happened_stands_beside_every_figure_with_the_verdict_on_the_model(name: str) -> None:
    facts = load_evidence()
    for asked in demonstrations()[name].predict:
        found = asked.happened
        assert found.note and bool(found.pattern) == bool(found.status)
        if not found.pattern:
            continue
        assert verdicts()[found.pattern] == ("fails" if found.status == "fails" else "holds"), found
        fact = facts[found.pattern.split(".")[0]]
        assert (fact == "fit") == (found.status == "fitted"), found


@pytest.mark.parametrize("name", ORDER)
def test_a_figure_that_is_known_to_be_wrong_is_not_told_as_a_result(name: str) -> None:
    one, known = demonstrations()[name], stored(name)
    assert known is not None
    rows = told(one, summary(name, known.figures))
    guess = pd.DataFrame({"label": [rows["label"][0]], "who": ["Ana"], "value": [0.5]})
    chart = guesses_and_result(rows, guess, list(rows["label"])).to_dict()
    [shown] = [table for table in chart["datasets"].values() if "figures" in table[0]]
    for row, wrong in zip(shown, rows["fails"], strict=True):
        assert (WRONG in row["figures"]) == bool(wrong)


@pytest.mark.parametrize("name", ORDER)
def test_what_stands_in_the_picture_fits_on_a_phone(name: str) -> None:
    one, known = demonstrations()[name], stored(name)
    assert known is not None
    rows = told(one, summary(name, known.figures))
    guess = pd.DataFrame({"label": [rows["label"][0]], "who": ["Ana"], "value": [0.5]})
    chart = guesses_and_result(rows, guess, list(rows["label"]), width=310).to_dict()
    [shown] = [table for table in chart["datasets"].values() if "figures" in table[0]]
    lines = [*chart["title"]["text"], *(line for row in shown for line in (row["figures"], *row["under"]))]
    assert max(map(len, lines)) <= LETTERS


def test_the_table_of_two_by_two_has_a_place_for_each_figure() -> None:
    asked = {guess.key for guess in demonstrations()["whose"].predict}
    assert {key for keys in GRID.values() for key in keys} == asked
    world = load()
    for stage, desk in zip(SIDES, ("ice", "uscis"), strict=True):
        assert world.stages[stage].decider.split(".")[0] == desk


def test_worlds_of_one_seed_are_compared_seed_by_seed() -> None:
    known = stored("counted")
    assert known is not None
    rows = summary("counted", known.figures).set_index("key")
    issued, dropped = (np.array(known.figures[key]) for key in ("as-issued", "no-quotas"))
    assert rows.loc["no-quotas", "shift"] == pytest.approx((dropped - issued).mean())
    assert rows.loc["no-quotas", "shift_low"] > 0.0 and rows.loc["no-quotas", "low"] < rows.loc["as-issued", "high"]
    assert np.isnan(rows.loc["as-issued", "shift"])


@pytest.mark.parametrize("name", ORDER)
def test_the_links_of_a_demonstration_lead_to_what_they_promise(name: str) -> None:
    from viz.app.pages.case.url_state import Shown as Case
    from viz.app.pages.live_run.url_state import Shown as Memo

    kinds = {"/case": Case, "/memo": Memo}
    one = demonstrations()[name]
    for text in (one.stage, one.explain):
        path, _, query = (text.link or "/about").partition("?")
        assert path in {place.path for place in PLACES}
        if path in kinds:
            state, problems = read_query(kinds[path], query)
            assert problems == []
            if path == "/memo":
                load(settings=state.set)


def test_a_seed_gives_the_same_figures_and_another_gives_others() -> None:
    one, same, other = (demonstrate("fading", [seed], 0.002) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one["median"].equals(other["median"])


def test_the_figures_are_those_of_the_explanations() -> None:
    found = {one.stage: one.probability for one in explain("claudia", seed=4, scale=0.002)}
    figures = same_facts(4, 0.002, lambda done, total: None)
    assert figures == {"charge": found["charge"], "attorneys": found["review"], "adjudicators": found["t-visa"]}


def test_there_is_no_other_demonstration() -> None:
    with pytest.raises(InputError, match="no such demonstration"):
        demonstrate("no-such")


def test_a_teachers_sheet_fills_fifty_minutes() -> None:
    assert sum(minutes for minutes, _, _ in PLAN) == 50
    assert {step for _, step, _ in PLAN} <= set(STEPS)


def test_guesses_are_kept_in_the_link() -> None:
    for text in ("Ana:4,97,12", ":0", "guess 2:100,0"):
        assert written(guess(text)) == text
    assert guess("a:b:1,2") == Guessed("a:b", (1, 2))
    for text in ("Ana", "Ana:", "Ana:x", "Ana:1,-2", "Ana:99999", "A\x00:1"):
        with pytest.raises(InputError):
            guess(text)
    assert read_query(Shown, "guess=x&guess=Ana%3A4")[0].guess == (Guessed("Ana", (4,)),)
