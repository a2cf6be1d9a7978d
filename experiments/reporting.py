"""What was true, what the heads of agencies believed, and what it helps to consult those whom a directive loads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from experiments.paired import observed
from experiments.parallel import Progress, Tick, over_seeds, seeds_from, silent
from experiments.smallest import SMALLEST, judged
from experiments.twin.intervals import paired, paired_by
from model import BureaucracyModel
from model.arguments import unknown_scenario
from model.errors import InputError
from model.observers import Observer
from model.record.heard import answers_given, heard
from model.schema import Directive, Scenario, World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings

Condition = str | tuple[int | None, bool]
"""`AS_IT_IS`; or days before the start, None for nobody asked, and whether they find capacity."""
AS_IT_IS = "as it is"
TRUE = "true"


@dataclass(frozen=True)
class Reporting:
    """What was reported in a scenario, and under other times of consultation.

    Attributes:
        world: with its settings.
        scenario: its name.
        seeds: of the replications.
        scale: share of the real system.
        weekly: one row a Sunday, report (or ``attention``) and whose it is (``true``, or the agency whose head believes
            it): ``day``, ``report``, ``whose``, ``replications``, ``severity`` (mean, 0 to 1), ``low``, ``high``
            (90 percent, over seeds).
        answers: one row an answer and replication: ``seed``, ``day``, ``directive``, ``hears``, ``does``, ``effect``.
        consulted: one row a time of consultation, with the capacity that those asked find or without, and measure:
            ``lead`` (days before the start; none where nobody is asked), ``capacity``, ``measure``, ``unit``,
            ``replications``, ``nobody`` and ``value`` (means, of the real system), ``difference``, ``low``, ``high``
            (90 percent, paired by seed) and ``verdict``. Empty unless leads were asked for.
    """

    world: World = field(repr=False)
    scenario: str
    seeds: list[int]
    scale: float
    weekly: pd.DataFrame = field(repr=False)
    answers: pd.DataFrame = field(repr=False)
    consulted: pd.DataFrame = field(repr=False)

    def _repr_html_(self) -> str:
        title = escape(self.world.scenarios[self.scenario].title)
        return f"<p><b>{title}: what was reported</b></p>{self.weekly.to_html(index=False)}"


def reporting(  # noqa: D417 - the rest is told once, for all studies
    scenario: str,
    leads: Sequence[int] = (),
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.1,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Reporting:
    """Run a scenario and keep what is reported in it; and run it again with other times of consultation.

    Args:
        scenario: of a world with reports.
        leads: days before the start at which everybody whom a directive of the scenario consults is asked, each tried
            with the capacity that they find and without it, against a world in which nobody is asked.
        smallest: effect of interest, as a share of what there is where nobody is asked.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: a world without reports; leads, where no directive of the scenario consults anybody; a name or
            number that cannot be used.

    >>> found = reporting("zt-consulted", [30], replications=2, scale=0.02)
    >>> sorted(set(found.consulted["lead"])), set(found.weekly["report"]) >= {"children-apart", "attention"}
    ([30], True)
    """
    typed = world_of(world, settings)
    if scenario not in typed.scenarios:
        raise unknown_scenario(typed, scenario, "scenario")
    if not typed.reports:
        raise InputError("nothing is reported in this world", where="world", found=typed.name,
                         allowed="a world with [reports.NAME] (docs/extending/world.md)")  # fmt: skip
    watched = typed.scenarios[scenario]
    asks = [name for name in watched.directives if typed.directives[name].consults]
    if leads and not asks:
        able = [n for n, row in typed.scenarios.items() if any(typed.directives[d].consults for d in row.directives)]
        raise InputError("no directive of this scenario consults anybody", where="scenario", found=scenario, known=able)
    conditions: dict[Condition, World] = {AS_IT_IS: typed}
    tried: list[tuple[int | None, bool]] = [(lead, found) for lead in dict.fromkeys(leads) for found in (False, True)]
    for lead, found in [(None, False), *tried] if leads else []:
        conditions[lead, found] = _asked(typed, asks, lead, found)
    seeds = seeds_from(seed, replications)
    runs = over_seeds(partial(_one, watched, conditions, scale), seeds, len(conditions), workers, progress)
    weekly, answers, measured = (pd.concat(part, ignore_index=True) for part in zip(*runs, strict=True))
    return Reporting(typed, scenario, seeds, scale, _over_seeds(weekly), answers, _compared(measured, smallest))


def _asked(world: World, names: Sequence[str], lead: int | None, found: bool) -> World:
    """The world in which everybody is asked so many days before, or nobody; with what they find, or without it."""
    directives = {name: _with_lead(world.directives[name], lead, found) for name in names}
    return world.model_copy(update={"directives": {**world.directives, **directives}})


def _with_lead(directive: Directive, lead: int | None, found: bool) -> Directive:
    days = {name: ahead.model_copy(update={"value": float(lead or 0)}) for name, ahead in directive.consults.items()}
    kept = {name: more for name, more in directive.resources.items() if found or more.by is None}
    return directive.model_copy(update={"consults": {} if lead is None else days, "resources": kept})


class _Unwatched(Observer):
    """Nobody looks at single days."""

    daily = False


def _one(
    scenario: Scenario, conditions: dict[Condition, World], scale: float, seed: int, tick: Tick = silent
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What was reported and answered as it is, and the measures of every other condition, under one seed."""
    pairs = [(scenario, world) for world in conditions.values()]
    weekly, answers, measured = pd.DataFrame(), pd.DataFrame(), list[pd.DataFrame]()
    for condition, (model, _) in zip(conditions, observed(pairs, seed, scale, _Unwatched, done=tick), strict=True):
        if isinstance(condition, str):
            weekly, answers = heard(model), answers_given(model).assign(seed=seed)
        else:
            lead, found = condition
            measured.append(_measures(model).assign(lead=lead, capacity=found, seed=seed))
    empty = pd.DataFrame(columns=["measure", "unit", "value", "lead", "capacity", "seed"])
    return weekly, answers, pd.concat(measured, ignore_index=True) if measured else empty


def _measures(model: BureaucracyModel) -> pd.DataFrame:
    """What each report is about, summed over the run, in figures of the real system."""
    world, resources = model.world, model.recorder.resource_table()
    kept, rows = heard(model), []
    for name, report in world.reports.items():
        if report.clock:
            at = list(world.clocks).index(report.clock)
            rows.append((report.title, "person-days", model.clocks.breaches[at].sum() / model.scale))
        elif report.resource:
            over = resources.loc[resources["what"] == report.resource, "days_over"].sum()
            rows.append((f"{report.title}: over", "unit-days", over / model.scale))
        else:
            most = kept.loc[kept["report"] == name, "extent"].max() if len(kept) else 0.0
            rows.append((f"{report.title}: most at once", "persons", most))
    return pd.DataFrame(rows, columns=["measure", "unit", "value"])


def _over_seeds(weekly: pd.DataFrame) -> pd.DataFrame:
    long = (
        weekly.drop(columns="extent")
        .melt(["day", "report"], var_name="whose", value_name="severity")
        .dropna(subset="severity")
    )
    rows = [(*group, len(values), *paired(values["severity"]).within(0.0, 1.0))
            for group, values in long.groupby(["day", "report", "whose"], sort=False)]  # fmt: skip
    return pd.DataFrame(rows, columns=["day", "report", "whose", "replications", "severity", "low", "high"])


def _compared(measured: pd.DataFrame, smallest: float) -> pd.DataFrame:
    nobody = measured[measured["lead"].isna()]
    asked = measured[measured["lead"].notna()]
    both = asked.merge(nobody[["measure", "seed", "value"]], on=["measure", "seed"], suffixes=("", "_nobody"))
    both = both.rename(columns={"value_nobody": "nobody"})
    both["difference"] = both["value"] - both["nobody"]
    table = paired_by(both, ["lead", "capacity", "measure", "unit"], "difference", ["nobody", "value"])
    table["lead"] = table["lead"].astype(int)
    return judged(table, smallest, of="nobody", unit="unit")
