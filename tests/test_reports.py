"""What is reported, believed, seen and answered (`model.day.reports`, `model.day.answers`)."""

import copy
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.paired import observed
from experiments.reporting import reporting
from model import BureaucracyModel, load
from model.errors import InputError
from model.observers import Observer
from model.record.heard import answers_given, heard
from model.world.documents import Document
from model.world.loader import typed

SCALE = 0.02
REPORT = {
    "title": "Cases that wait", "agency": "bureau", "waiting": "request",
    "begins": {"value": 0, "unit": "persons", "source": "a test of reports"},
    "full": {"value": 10, "unit": "persons", "source": "a test of reports"},
    "visible": {"value": 0.0, "unit": "share", "source": "a test of reports"}, "source": "a test of reports",
}  # fmt: skip
REPORTING = {
    "candour": {"value": 0.8, "unit": "share", "source": "a test of reports"},
    "contact": {"value": 0.5, "unit": "share", "source": "a test of reports"},
    "attention": {"value": 7, "unit": "days", "source": "a test of reports"},
}


def _border(**settings: Any) -> BureaucracyModel:
    moved = {key.replace("__", "."): value for key, value in settings.items()}
    return BureaucracyModel("zt-answered", SCALE, 1, world=load(settings=moved), until="2018-08-31").run()


def test_a_report_climbs_a_manager_a_week_and_loses_what_candour_holds_back() -> None:
    """ORR has one manager between the field and the head, who is judged by nothing: 0.9 of it, a week later."""
    table = heard(_border())
    apart = table[table["report"] == "children-apart"]
    true, believed = apart["true"].to_numpy(), apart["orr"].to_numpy()
    free = (apart["day"] < date(2018, 6, 20)).to_numpy()[1:]
    assert true[1:][free].max() > 0.5
    assert np.allclose(believed[1:][free], 0.9 * true[:-1][free])


def test_those_who_are_judged_by_it_hold_it_back() -> None:
    """The referral changes judge chiefs of the Border Patrol (0.6); were they not, 0.9 of it would reach the top."""
    world = load()
    unjudged = {f"directives.{name}.evaluation": 0.0 for name in world.directives}
    for settings, share in (({}, 0.9 * 0.4), (unjudged, 0.9)):
        model = BureaucracyModel("zt-answered", SCALE, 1, world=load(settings=settings), until="2018-06-10").run()
        managers = model.hierarchy.managers
        border = (managers.agency == list(model.world.agencies).index("cbp")) & (managers.part == 0.5)
        assert border.sum() > 5 and np.allclose(model.heard.share[border] ** 2, share)


@pytest.mark.parametrize("beds", [0.0, 0.9])
def test_attention_is_what_is_seen_and_fades_by_half(beds: float) -> None:
    table = heard(_border(**{"reporting__attention": 7, "reports__marshals-beds-full__visible": beds}))
    seen = table[table["report"] == "attention"]["true"].to_numpy()
    true = {name: rows["true"].to_numpy() for name, rows in table.groupby("report")}
    visible = np.maximum(true["children-apart"], 0.5 * true["children-past-72-hours"])
    visible = np.maximum(visible, beds * true["marshals-beds-full"])
    assert np.allclose(seen[1:], np.maximum(visible[1:], 0.5 * seen[:-1]))


def test_other_agencies_hear_by_contact_or_from_the_news() -> None:
    table = heard(_border(reporting__contact=0.4))
    rows = table[table["report"] == "children-apart"]
    seen = table[table["report"] == "attention"]["true"].to_numpy()
    assert np.allclose(rows["usao"], np.maximum(0.4, seen) * rows["orr"])


def test_the_end_of_a_directive_can_be_an_outcome() -> None:
    given = answers_given(_border())
    assert list(given["does"]) == ["issues order-2018", "issues injunction-2018"]
    assert [(row.effect - row.day).days for row in given.itertuples()] == [14, 30]
    unseen = _border(**{f"reports__{name}__visible": 0.0 for name in load().reports})
    assert answers_given(unseen).empty
    assert unseen.heard.attention[0] == 0.0


@pytest.mark.parametrize("after", [0, 3])
def test_an_answer_takes_effect_on_its_day_whether_or_not_anybody_looks(after: int) -> None:
    """Also before the next Monday, which is when the run would have asked again."""
    settings = {f"directives.zero-tolerance-answered.answers.{at}.after": after for at in (0, 1)}
    world = load(settings=settings)
    quick = BureaucracyModel("zt-answered", SCALE, 1, world=world, until="2018-06-30").run()
    slow = BureaucracyModel("zt-answered", SCALE, 1, world=world, until="2018-06-30")
    while not slow.finished:
        slow.step()
    pd.testing.assert_frame_equal(quick.recorder.outcomes(), slow.recorder.outcomes())
    assert len(answers_given(quick)) == 2


def test_a_directive_that_is_an_answer_has_no_day_of_its_own() -> None:
    unseen = _border(**{f"reports__{name}__visible": 0.0 for name in load().reports})
    active = dict(zip(unseen.directive_names, unseen.directives.active, strict=True))
    assert active["referral-change-2018"] and not active["order-2018"] and not active["injunction-2018"]


def test_what_the_scenario_does_not_have_is_refused_in_its_file_and_else_not_issued() -> None:
    world = load()
    answered = world.scenarios["zt-answered"]
    without = answered.model_copy(update={"directives": [d for d in answered.directives if d != "order-2018"]})
    model = BureaucracyModel(without, SCALE, 1, world=world, until="2018-08-31").run()
    assert list(answers_given(model)["does"]) == ["issues injunction-2018"]
    tables = world.model_dump(by_alias=True, exclude_unset=True)
    tables["scenarios"]["zt-answered"]["directives"].remove("order-2018")
    with pytest.raises(InputError, match="issues what this scenario does not have"):
        typed(Document(Path("immigration"), tables))


def test_worlds_are_the_same_until_somebody_answers() -> None:
    world = load()
    record, answered = world.scenarios["zero-tolerance-2018"], world.scenarios["zt-answered"]
    pair = observed([(record, world), (answered, world)], 1, SCALE, Observer)
    (one, _), (other, _) = pair
    day = answers_given(other)["effect"].min()
    tables = [model.recorder.outcomes() for model in (one, other)]
    whole = pd.Timestamp(day) - pd.Timedelta(days=7)
    pd.testing.assert_frame_equal(*(table[table["week"] < whole].reset_index(drop=True) for table in tables))


def test_capacity_that_is_asked_for_is_there_so_much_earlier() -> None:
    def first_day(lead: int) -> Any:
        settings = {f"directives.zero-tolerance-consulted.consults.{a}": lead for a in ("usao", "courts", "orr")}
        model = BureaucracyModel("zt-consulted", SCALE, 1, world=load(settings=settings)).run()
        beds = model.recorder.resource_table().query("what == 'orr-beds'")
        return beds[beds["amount"] > beds["amount"].iloc[0] * 1.5]["day"].min()

    assert first_day(0) - first_day(28) == pd.Timedelta(days=28)


def test_a_half_run_model_goes_on_to_the_same_answers() -> None:
    whole = _border()
    half = BureaucracyModel("zt-answered", SCALE, 1, until="2018-08-31")
    while half.today < date(2018, 6, 1):
        half.step()
    for other in (copy.deepcopy(half), pickle.loads(pickle.dumps(half))):
        pd.testing.assert_frame_equal(heard(other.run()), heard(whole))
        pd.testing.assert_frame_equal(answers_given(other), answers_given(whole))


def test_asking_alone_changes_what_is_believed_and_nothing_else() -> None:
    found = reporting("zt-consulted", [14], scale=SCALE, replications=2)
    asked = found.consulted.query("not capacity")
    assert (asked["difference"] == 0.0).all() and (found.consulted.query("capacity")["difference"] != 0.0).any()
    believed = found.weekly[(found.weekly["report"] == "children-apart") & (found.weekly["whose"] == "usao")]
    assert (believed.set_index("day")["severity"].loc[date(2018, 3, 11) :] == 1.0).all()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reports": {"queue": {**REPORT, "waiting": "nowhere"}}}, ["no such stage", "nowhere"]),
        ({"reports": {"queue": {**REPORT, "agency": "nobody"}}}, ["no such agency", "nobody"]),
        ({"reports": {"queue": {**REPORT, "apart": True}}}, ["several things", "waiting"]),
        ({"reports": {"attention": REPORT}}, ["another name"]),
        ({"reports": {"queue": REPORT}, "reporting": None}, ["how they travel", "candour"]),
        ({"reports": {"queue": {**REPORT, "full": {**REPORT["full"], "value": 0}}}}, ["full before it begins"]),
        ({"answer": {"hears": "gossip", "ends": True}}, ["no such report", "gossip"]),
        ({"answer": {"hears": "attention", "issues": "nothing"}}, ["no such other directive", "nothing"]),
        ({"answer": {"hears": "attention"}}, ["does nothing", "issues, ends, puts_off"]),
        ({"consults": {"nobody": {"value": 3, "unit": "days", "source": "a test of reports"}}}, ["no such agency"]),
    ],
)  # fmt: skip
def test_one_clear_message(changes: dict[str, Any], words: list[str]) -> None:
    tables = load("two-desks").model_dump(by_alias=True, exclude_unset=True)
    stage, agency = next(iter(tables["stages"])), next(iter(tables["agencies"]))
    for report in changes.get("reports", {}).values():
        report["waiting"] = stage if report["waiting"] == "request" else report["waiting"]
        report["agency"] = agency if report["agency"] == "bureau" else report["agency"]
    tables["reporting"] = changes.get("reporting", REPORTING)
    if tables["reporting"] is None:
        del tables["reporting"]
    tables["reports"] = changes.get("reports", {})
    directive = tables["directives"]["memo"]
    if "answer" in changes:
        days = {"value": 3, "unit": "days", "source": "a test of reports"}
        above = {"value": 0.5, "unit": "share", "source": "a test of reports"}
        directive["answers"] = [{"above": above, "after": days, **changes["answer"]}]
    directive |= {"consults": changes["consults"]} if "consults" in changes else {}
    with pytest.raises(InputError) as caught:
        typed(Document(Path("two-desks"), tables))
    for word in words:
        assert word in str(caught.value)
