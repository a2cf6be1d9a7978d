"""Nothing that is marked ``check`` enters a fit: by type, by the way the code goes, and by what comes out."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from experiments.calibration.fitting import fit
from experiments.calibration.setup import problem
from experiments.calibration.targets import Target
from experiments.patterns import modelled, patterns
from model import load
from model.errors import InputError
from model.schema import Calibration, Prior
from model.world.loader import WORLDS, worlds

SHIPPED = WORLDS / "immigration"
CHECKS = [one for one in modelled(patterns()) if one.use == "check"]


@pytest.mark.parametrize("pattern", CHECKS, ids=lambda one: one.id)
def test_no_checked_pattern_becomes_a_target(pattern) -> None:
    with pytest.raises(InputError, match="a fact that may not be fitted to"):
        Target.of(pattern)


@pytest.mark.parametrize(("world", "name"), [(world, name) for world in worlds() for name in load(world).calibrations])
def test_shipped_calibrations_aim_at_fitted_facts_alone(world: str, name: str) -> None:
    uses = {row["id"]: row["use"] for row in csv.DictReader((WORLDS / world / "evidence.csv").open(encoding="utf-8"))}
    targets = problem(name, world=world).targets
    assert targets and {uses[target.fact] for target in targets} == {"fit"}


def test_priors_do_not_rest_on_the_facts_that_they_meet() -> None:
    for calibration in (one for world in worlds() for one in load(world).calibrations.values()):
        for prior in calibration.priors.values():
            assert not _met(prior, calibration)
            circular = prior.model_copy(update={"source": f"as {calibration.facts[0]} has it"})
            assert _met(circular, calibration) == {calibration.facts[0]}, "and would be seen to"


def _met(prior: Prior, calibration: Calibration) -> set[str]:
    """Facts that a prior rests on, and is fitted to."""
    return set(re.findall(r"\b[A-Z]\d{2,3}\b", prior.source)) & set(calibration.facts)


def test_asking_for_a_checked_fact_is_refused() -> None:
    with pytest.raises(InputError, match="a fact that may not be fitted to") as refused:
        problem("review", facts=["I03", "I04"])
    assert refused.value.where == "fit to I04" and refused.value.found == "check"


def test_a_fact_that_is_moved_to_check_leaves_the_fit(tmp_path: Path) -> None:
    world = _with_evidence(tmp_path / "world", lambda row: {**row, "use": "check"} if row["id"] == "B01" else row)
    with pytest.raises(InputError, match="a fact that may not be fitted to"):
        problem("daca", world=str(world))


def test_the_posterior_is_the_same_to_the_last_bit_whatever_the_checks_say(tmp_path: Path) -> None:
    def nonsense(row: dict[str, str]) -> dict[str, str]:
        return {**row, "value": re.sub(r"\d+", "7", row["value"])} if row["use"] == "check" else row

    worlds = [_with_evidence(tmp_path / name, change) for name, change in (("as-is", dict), ("other", nonsense))]
    assert (worlds[0] / "evidence.csv").read_bytes() != (worlds[1] / "evidence.csv").read_bytes()
    points = [
        fit(problem("daca", world=str(world), scale=0.002), tmp_path / f"fit-{at}", runs=10)
        .posterior.points.to_csv()
        for at, world in enumerate(worlds)
    ]  # fmt: skip
    assert points[0] == points[1]


def test_a_calibration_does_follow_the_fitted_facts(tmp_path: Path) -> None:
    def fewer(row: dict[str, str]) -> dict[str, str]:
        return {**row, "value": "537662 / 200000 / 3000"} if row["id"] == "B01" else row

    world = _with_evidence(tmp_path / "world", fewer)
    as_is, other = (problem("daca", world=name) for name in ("immigration", str(world)))
    assert [target.reach.record for target in other.targets] == [200000 / 203000, 203000.0]
    assert as_is.identity() != other.identity()


def _with_evidence(folder: Path, change) -> Path:
    """A copy of the shipped world, with every row of its evidence changed."""
    shutil.copytree(SHIPPED, folder)
    path = folder / "evidence.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(change(row) for row in rows)
    return folder
