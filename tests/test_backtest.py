"""The pre-mortem tried on the record: what was known then, what it warns of, and how that is counted."""

import csv
import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from experiments.premortem.backtest import back_test, knew_too_much, known_then, untold, warned
from experiments.premortem.episode_files import Outcome, episode, episodes
from experiments.premortem.question import question
from experiments.smallest import MATTERS, NONE_THAT_MATTERS
from model import load
from model.errors import InputError
from model.world.checks import quantities
from model.world.loader import folder_of
from model.world.streams import read
from tests.commands import discretion

FACT = re.compile(r"\b[A-Z]\d{2,3}\b")


def periods(world: str) -> dict[str, str]:
    with (folder_of(world) / "evidence.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["period"] for row in csv.DictReader(file)}


def cited(name: str) -> set[str]:
    one = episodes()[name]
    asked = question(one.drafts, load(one.world))
    return {
        fact for _, entry in quantities(read(asked.world, asked.scenario)) for fact in FACT.findall(entry.source or "")
    }


@pytest.mark.parametrize("name", episodes())
def test_what_is_called_later_is_cited_and_no_fact_of_a_later_year_is_left_out(name: str) -> None:
    one = episodes()[name]
    known, used = periods(one.world), cited(name)
    year = question(one.drafts, load(one.world)).start.year
    ends = {fact: max(map(int, re.findall(r"(?:19|20)\d\d", known[fact])), default=0) for fact in used}
    assert set(one.later) <= used
    assert {fact for fact, end in ends.items() if end > year} <= set(one.later)
    assert all(ends[fact] >= year or not ends[fact] for fact in one.later)
    assert {fact for outcome in one.outcomes for fact in outcome.facts} <= set(known)


@pytest.mark.parametrize("name", episodes())
def test_calibrations_that_rest_on_later_facts_are_drawn_from_their_priors(name: str) -> None:
    one = episodes()[name]
    for key, calibration in load(one.world).calibrations.items():
        if set(calibration.facts) & set(one.later):
            assert key in one.priors


def test_the_priors_are_wider_than_what_the_facts_left() -> None:
    world, path = load(), "stages.review.threshold"
    then = pd.DataFrame(known_then(episode("review-2011"), world, 40, 1))
    now = pd.DataFrame(known_then(episode("april-2018"), world, 40, 1))
    assert then[path].std() > 1.5 * now[path].std()
    assert set(then.columns) == set(now.columns)


def test_what_could_not_be_set_back_is_told() -> None:
    one = episode("patrol-2013")
    knew = knew_too_much(one, question(one.drafts, load("patrol")))
    assert set(knew["path"]).isdisjoint(known_then(one, load("patrol"), 1, 1)[0]) and "N255" in " ".join(knew["facts"])
    review = episode("review-2011")
    paths = set(knew_too_much(review, question(review.drafts, load()))["path"])
    assert "stages.review.threshold" not in paths and "agencies.eoir.units.judges.staff" in paths


def outcome(kind: str, measure: str = "", **more: Any) -> Outcome:
    given = {"name": "it", "happened": True, "facts": ("P04",), "record": "it did", "agency": "usao", **more}
    return Outcome(kind=kind, measure=measure, **given)  # type: ignore[arg-type]


FOUND: Any = SimpleNamespace(
    shift=pd.DataFrame(
        [("agency", "usao", "all", -0.2, 0.4, MATTERS), ("office", "usao", "SDTX", -0.3, 0.3, MATTERS),
         ("office", "usao", "WDTX", -0.1, 0.5, MATTERS), ("stage", "usao", "acceptance", -0.2, 0.4, MATTERS),
         ("agency", "ice", "all", 0.0, 0.4, NONE_THAT_MATTERS)],
        columns=["by", "agency", "group", "shift", "rate_with", "verdict"],
    ),
    effects=pd.DataFrame(
        [("usao", "all", "all", "backlog", "cases", 900.0, MATTERS),
         ("usao", "felony", "all", "backlog", "cases", -900.0, MATTERS)],
        columns=["agency", "stage", "group", "measure", "unit", "difference", "verdict"],
    ),
)  # fmt: skip
BROKE = pd.DataFrame([("beds", 0.5, 4, 8, 20.0), ("slots", 0.25, 2, 8, 9.0)],
                     columns=["what", "chance", "broke", "worlds", "day"])  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (outcome("limit", "beds"), True), (outcome("limit", "slots"), False), (outcome("limit", "hours"), False),
        (outcome("effect", "backlog"), True), (outcome("effect", "backlog", way=-1), False),
        (outcome("effect", "custody"), False), (outcome("shift", way=-1), True), (outcome("shift", way=1), False),
        (outcome("shift", agency="ice"), False), (outcome("rate", "acceptance", least=0.4), True),
        (outcome("rate", "acceptance", least=0.41), False), (outcome("rate", "felony"), False),
        (outcome("uneven"), True), (outcome("uneven", agency="ice"), False), (outcome("none"), False),
    ],
)  # fmt: skip
def test_a_warning_is_a_figure_of_the_report(asked: Outcome, told: bool) -> None:
    assert warned(asked, FOUND, BROKE)[0] is told


def test_an_episode_is_tried_and_counted() -> None:
    found = back_test("patrol-2013", episode("patrol-2013"), draws=1, replications=2, days=60)
    fewer = found.table.iloc[0]
    assert (fewer["verdict"], fewer["lead"]) == ("hit", 27) and "agencies.nypd.units.patrol.staff" in fewer["knew"]
    assert found.tries.draws == 1 and found.asked.scenario.directives == ["course-2012", "letter-2012", "justify-2013"]


def test_an_episode_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no such episode") as refused:
        episode("april-2017")
    assert "april-2018" in str(refused.value)
    done = discretion("backtest", "april-2017")
    assert done.exit_code == 2 and "no such episode" in done.stderr


def test_what_the_record_does_not_mention_is_no_false_alarm_and_nothing_is_told_twice() -> None:
    one = episode("april-2018")
    rows = [("resource", "court-slots", "Initial appearances", 1.0), ("resource", "marshals-beds", "Beds", 1.0),
            ("separation", "", "People taken", 1.0), ("resource", "processing", "Files", 0.25)]  # fmt: skip
    broke = pd.DataFrame(rows, columns=["kind", "what", "title", "chance"]).assign(broke=8, worlds=8, day=9.0)
    told = list(untold("april-2018", one, broke))
    assert [(row[1], row[-2]) for row in told] == [("Initial appearances", "record silent")]
