from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from experiments.mechanisms import KINDS, dose_response
from experiments.mechanisms.doses import doses
from experiments.mechanisms.pair_effects import ALL, GROUP
from experiments.mechanisms.switches import switched_off
from experiments.mechanisms.trials import Trial, tried
from experiments.mechanisms.undefined import undefined
from experiments.smallest import MATTERS
from model import InputError, load
from model.schema import Scenario

SCALE = 0.003


def weeks(*names: str, start: date, end: date) -> Scenario:
    return Scenario(title="Weeks", question="?", start=start, end=end, directives=list(names))


WATCHED = {
    "discretion-2011": weeks("discretion-2011", start=date(2011, 6, 1), end=date(2011, 8, 15)),
    "review-2011": weeks("discretion-2011", "review-2011", start=date(2011, 11, 10), end=date(2012, 1, 15)),
    "detainer-2012": weeks("detainer-2012", start=date(2012, 12, 10), end=date(2013, 2, 15)),
    "daca-2012": weeks("daca-2012", start=date(2012, 8, 1), end=date(2012, 9, 30)),
    "referral-change-2018": weeks("referral-change-2018", start=date(2018, 4, 20), end=date(2018, 6, 20)),
    "capacity-2018": weeks("zero-tolerance-2018", "referral-change-2018", "referral-change-texas",
                           "referral-change-california", "referral-change-arizona", "capacity-2018",
                           start=date(2018, 4, 1), end=date(2018, 7, 31)),
}  # fmt: skip


def at_doses(name: str, settings: Mapping[str, Mapping[str, object]], moved: Mapping[str, object] = {}) -> pd.DataFrame:
    """The effects under some settings, a column each."""
    against = {label: {**moved, **sets} for label, sets in settings.items()}
    table = tried(Trial(WATCHED[name], (name,), "immigration", 3, SCALE, moved, against))
    return table.pivot(index=GROUP, columns="label", values="effect")


def different(name: str, few: bool) -> None:
    """Each dose of each kind that is defined gives other effects than the next; or only the least and the most do."""
    by_kind = {kind: doses(load(), name, kind) for kind in KINDS}
    by_kind = {kind: [every[0], every[-1]] if few else every for kind, every in by_kind.items() if every}
    assert by_kind
    effects = at_doses(name, {f"{dose.over} {dose.at}": dose.settings for every in by_kind.values() for dose in every})
    for kind, every in by_kind.items():
        assert len(every) > 1
        for one, other in pairwise(every):
            assert not effects[f"{kind} {one.at}"].equals(effects[f"{kind} {other.at}"]), (kind, one.at, other.at)


def test_every_dose_that_is_defined_changes_something() -> None:
    different("review-2011", few=False)


@pytest.mark.parametrize("name", ["discretion-2011", "detainer-2012", "daca-2012", "referral-change-2018"])
def test_the_most_of_anything_differs_from_the_least(name: str) -> None:
    different(name, few=True)


def test_a_directive_is_one_dose_of_every_kind() -> None:
    for name in load().directives:
        for kind in KINDS:
            every = doses(load(), name, kind)
            assert sum(dose.own for dose in every) == bool(every)
            assert [dose.at for dose in every] == sorted({dose.at for dose in every})
            assert bool(every) != bool(undefined(load(), name, kind))


def test_more_notice_brings_resources_earlier_until_all_are_there() -> None:
    found = {dose.at: dose for dose in doses(load(), "capacity-2018", "notice")}
    assert list(found) == [0.0, 30.0, 60.0, 90.0] and found[0.0].own
    different("capacity-2018", few=False)


@pytest.mark.parametrize(
    ("name", "kind", "moved", "why"),
    [
        ("detainer-2012", "training", {}, "the union of ice.officers"),
        ("review-2011", "mandate", switched_off(load(), ["notice"]), "every case by custom"),
        ("review-2011", "evaluation", switched_off(load(), ["metrics", "accountability"]), "no numbers"),
        ("review-2011", "monitoring", {"society.erosion": 0.0, "rule.stake": 0}, "nothing is forgotten"),
        ("review-2011", "clarity", {"directives.review-2011.meaning": 0, "directives.review-2011.mandate": 0},
         "makes nobody look"),
        ("capacity-2018", "clarity", {}, "asks nothing of anybody"),
    ],
)  # fmt: skip
def test_where_no_dose_is_defined_none_would_change_anything(
    name: str, kind: str, moved: dict[str, object], why: str
) -> None:
    world = load(settings=moved)
    assert why in undefined(world, name, kind) and doses(world, name, kind) == []
    effects = at_doses(name, {str(at): {f"directives.{name}.{kind}": at} for at in (0.0, 1.0)}, moved)
    assert effects["0.0"].equals(effects["1.0"])


def test_a_text_that_asks_nothing_has_no_strength_and_one_without_resources_no_notice() -> None:
    world = load()
    assert undefined(world, "review-2011", "notice") == "it promises no resource that could come earlier"
    assert undefined(world, "capacity-2018", "notice") == ""
    assert "asks nothing" in undefined(world, "capacity-2018", "strength")


def test_strength_is_the_instrument_and_none_is_a_text_without_meaning() -> None:
    found = {dose.label: dose for dose in doses(load(), "review-2011", "strength")}
    assert found["none"].settings == {"directives.review-2011.meaning": 0.0}
    assert found["soft"].settings == {"directives.review-2011.authority": "soft"}
    assert found["regulatory"].own and not found["regulatory"].settings
    effects = at_doses("review-2011", {label: dose.settings for label, dose in found.items()})
    at = effects.loc[("ice", "review", "same")]
    assert at["none"] < at["soft"] < at["economic"] < at["regulatory"]


def test_the_same_worlds_without_are_behind_every_dose_and_intervals_are_paired() -> None:
    found = dose_response(
        WATCHED["review-2011"], "review-2011", ["mandate", "training"], "ice", replications=2, scale=SCALE
    )
    assert found.seeds == [1, 2] and set(found.worths["agency"]) == {"ice"} and not found.undefined
    table = found.by_dose.query("stage == 'review'")
    own = table[table["own"]]
    assert set(own["over"]) == {"mandate", "training"} and own["effect"].nunique() == 1
    change = found.response.query("stage == 'review' and over == 'mandate'").iloc[0]
    by_seed = found.worths.query("stage == 'review' and over == 'mandate'").pivot(
        index="seed", columns="at", values="effect"
    )
    assert (change["least"], change["most"]) == (0.0, 1.0)
    assert change["change"] == pytest.approx((by_seed[1.0] - by_seed[0.0]).mean())
    assert change["low"] < change["change"] < change["high"] and change["verdict"] == MATTERS
    assert found.by_dose[found.by_dose["stage"] == ALL]["low"].notna().all()
    assert "review-2011" in found._repr_html_() and "mandate" in found._repr_html_()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"directive": "reveiw-2011"}, ["no such directive", "nearest: review-2011"]),
        ({"directive": "daca-2012"}, ["no such directive to take away"]),
        ({"over": ["strenght"]}, ["no such kind of dose", "nearest: strength"]),
        ({"over": ["notice"]}, ["no dose could change anything", "promises no resource"]),
        ({"agency": "icee"}, ["no such agency", "nearest: ice"]),
        ({"replications": 0}, ["replications", "1 or more"]),
        ({"workers": 0}, ["workers", "1 or more"]),
        ({"seed": -1}, ["seed", "not negative"]),
    ],
)
def test_what_cannot_be_run_is_refused(asked: dict[str, object], words: list[str]) -> None:
    arguments: dict[str, object] = {"directive": "review-2011", "scale": SCALE, **asked}
    with pytest.raises(InputError) as caught:
        dose_response(WATCHED["review-2011"], **arguments)  # type: ignore[arg-type]
    for word in words:
        assert word in str(caught.value)
