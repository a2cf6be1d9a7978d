"""ICE's programmes: jails, deputised police, fugitive teams, and the attorneys' position on bond."""

import pandas as pd
import pytest

from model import BureaucracyModel


def decisions(**moved: float) -> pd.DataFrame:
    settings: dict[str, object] = {f"agencies.ice.units.{unit}": value for unit, value in moved.items()}
    model = BureaucracyModel("baseline-2010", 0.01, 1, settings=settings, until="2010-09-30", trace=True).run()
    table = model.recorder.traced()
    units = pd.Series(model.world.units()).to_numpy()
    return table.assign(unit=units[model.desks.unit[table["officer"]]])


@pytest.fixture(scope="module")
def usual() -> pd.DataFrame:
    return decisions()


def lenient(table: pd.DataFrame, stage: str) -> float:
    """The mean chance of leniency where the law leaves a choice."""
    return float(table.loc[(table["stage"] == stage) & (table["bound"] == 0), "p"].mean())


def test_each_programme_brings_its_own_people_before_its_own_desk(usual: pd.DataFrame) -> None:
    for stage, unit, mixes in (
        ("charge", "ice.officers", {"jail", "border"}), ("deputised", "ice.deputised", {"deputised"}),
        ("fugitive", "ice.fugitive-teams", {"fugitives"}),
    ):  # fmt: skip
        here = usual[usual["stage"] == stage]
        assert len(here) > 100 and set(here["unit"]) == {unit} and set(here["mix"]) == mixes
        assert (usual[usual["mix"].isin(mixes)]["stage"] == "removal").any()


def test_a_programmes_custom_is_its_own(usual: pd.DataFrame) -> None:
    other = decisions(**{"deputised.habit": 1.0})
    assert lenient(other, "deputised") > 5 * lenient(usual, "deputised")
    assert lenient(other, "charge") == pytest.approx(lenient(usual, "charge"), rel=0.05)


def test_attorneys_oppose_bond_by_custom_and_the_judge_decides(usual: pd.DataFrame) -> None:
    position = usual[usual["stage"] == "position"]
    assert len(position) > 500 and position["favourable"].mean() < 0.05 and (position["bound"] == 0).all()
    willing = decisions(**{"attorneys.habits.position": 1.0})
    unopposed = willing[willing["stage"] == "bond-unopposed"]
    assert len(unopposed) > 20 and set(unopposed["unit"]) == {"eoir.judges"}
    assert lenient(usual, "bond") + 0.3 < lenient(willing, "bond-unopposed") < 1.0
