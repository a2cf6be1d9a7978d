"""The world two-desks: five predictions by hand, each with one mechanism, beside what the model makes of them.

By hand, with ``s(x) = 1 / (1 + exp(-x))`` and leanings of +0.5 in the North and -0.5 in the South:

1. no memo: ``s(0.5)`` and ``s(-0.5)``;
2. a memo that is heard, accepted and weighs 1: ``s(1.5)`` and ``s(0.5)``;
3. a sense of mission of 1: in the South the chief passes on ``exp(-0.5)`` of it and a clerk accepts ``exp(-0.5)`` of
   that, so that it weighs ``exp(-1)``: ``s(1.5)`` and ``s(-0.5 + 0.3679)``;
4. half of the requests are read: half of the second; the others are waived, if that is what becomes of the unread;
5. somebody answers for it, at a stake of 1: ``s(2.5)`` and ``s(1.5)``.
"""

from math import exp

import pytest

from model import BureaucracyModel, load
from model.world.loader import WORLDS

MISSION = {"agencies.fees.culture.mission": 1.0}
HALF = {"agencies.fees.units.clerks.habit": 0.5}
SPARED = {**HALF, "stages.request.unnoticed": "favourable"}
ANSWERED = {"directives.memo.evaluation": 1.0}
Rates = dict[str, float]


def s(x: float) -> float:
    return 1.0 / (1.0 + exp(-x))


def rates(settings: dict[str, object], since: str, until: str) -> tuple[Rates, Rates, Rates]:
    """Chance of a waiver, share waived and standard error of that share, by desk, from one day to before another."""
    model = BureaucracyModel("memo", 1.0, rng=1, world="two-desks", settings=settings, trace=True).run()
    made = model.recorder.traced()
    made = made[(made["day"] >= since) & (made["day"] < until)]
    by = made.groupby(made["officer"].map(lambda row: model.officers[row].office))
    error = (by["p"].mean() * (1.0 - by["p"].mean()) / by.size()) ** 0.5
    return by["p"].mean().to_dict(), by["favourable"].mean().to_dict(), error.to_dict()


@pytest.mark.parametrize(
    ("settings", "since", "until", "north", "south"),
    [
        ({}, "2020-01-01", "2020-04-01", s(0.5), s(-0.5)),
        ({}, "2020-04-03", "2020-07-01", s(1.5), s(0.5)),
        (MISSION, "2020-04-03", "2020-07-01", s(1.5), s(-0.5 + exp(-1.0))),
        (HALF, "2020-04-03", "2020-07-01", 0.5 * s(1.5), 0.5 * s(0.5)),
        (SPARED, "2020-04-03", "2020-07-01", 0.5 * s(1.5) + 0.5, 0.5 * s(0.5) + 0.5),
        (ANSWERED, "2020-04-03", "2020-07-01", s(2.5), s(1.5)),
    ],
    ids=["no memo", "a memo", "mission", "half unread", "the unread are waived", "answered for"],
)
def test_what_one_predicts_by_hand_is_what_the_model_does(
    settings: dict[str, object], since: str, until: str, north: float, south: float
) -> None:
    chance, share, error = rates(settings, since, until)
    assert chance == pytest.approx({"North": north, "South": south}, abs=1e-4)
    for office, wanted in (("North", north), ("South", south)):
        assert abs(share[office] - wanted) < 3.0 * error[office]


def test_the_whole_world_is_one_file_and_twenty_officers() -> None:
    folder = WORLDS / "two-desks"
    assert [path.name for path in folder.iterdir()] == ["world.toml"]
    model = BureaucracyModel("memo", 1.0, rng=1, world="two-desks")
    assert sorted({officer.office for officer in model.officers}) == ["North", "South"]
    assert len(model.officers) == 20 and len(load("two-desks").directives) == 1
    assert {type(officer).__name__ for officer in model.officers} == {"Clerk"}


def test_nobody_who_is_not_looked_at_is_decided_but_as_the_stage_says() -> None:
    for settings, becomes in ((HALF, False), (SPARED, True)):
        model = BureaucracyModel("memo", 1.0, rng=1, world="two-desks", settings=settings, trace=True).run()
        made = model.recorder.traced()
        unread = made[~made["noticed"]]
        assert len(unread) > 2000 and (unread["favourable"] == becomes).all()
        reasons = model.recorder.paths.table()
        told = reasons[reasons["reason"] == "notice"]
        assert told["cases"].sum() == len(unread)
        assert set(told["outcome"]) == {"favourable" if becomes else "unfavourable"}
