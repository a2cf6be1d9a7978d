"""A scenario watches some streams: the part of the world that lies in them."""

from model.schema import Agency, Directive, Edge, Scenario, World
from model.world.case_days import watched
from model.world.once import once


@once
def within(world: World, scenario: Scenario) -> World:
    """The world as far as a scenario's streams go: their stages, and the agencies, laws and resources they involve."""
    streams = watched(world, scenario)
    stages = {name: stage for name, stage in world.stages.items() if stage.stream in streams}
    exits = {name: way for name, way in world.exits.items() if way.stream in streams}
    mixes = {name: mix for name, mix in world.mixes.items() if mix.stage in stages}
    directives = {name: row for name, row in world.directives.items() if name in scenario.directives}
    units = {stage.decider for stage in stages.values()} | {
        unit for row in directives.values() for stage, unit in row.moves.items() if stage in stages
    }
    resources = {r for stage in stages.values() for edge in _edges(stage.favourable, stage.unfavourable)
                 for r in (edge.uses, edge.needs, edge.holds)} | {mix.holds for mix in mixes.values()}  # fmt: skip
    small = world.model_copy(
        update={
            "agencies": {name: _agency(name, agency, units) for name, agency in world.agencies.items()
                         if any(unit.split(".")[0] == name for unit in units)},
            "stages": stages, "exits": exits, "mixes": mixes,
            "laws": {name: law.model_copy(update={"stages": [s for s in law.stages if s in stages]})
                     for name, law in world.laws.items() if set(law.stages) & set(stages)},
            "customs": {name: custom.model_copy(update={"stages": [s for s in custom.stages if s in stages]})
                        for name, custom in world.customs.items() if set(custom.stages) & set(stages)},
            "clocks": {name: clock for name, clock in world.clocks.items() if set(clock.places) & set(stages)},
            "metrics": {name: metric.model_copy(update={"presses": [s for s in metric.presses if s in stages]})
                        for name, metric in world.metrics.items() if metric.stage in stages},
            "resources": {name: row for name, row in world.resources.items() if name in resources},
        }
    )  # fmt: skip
    told = {name: report for name, report in world.reports.items() if report.agency in small.agencies
            and (report.waiting is None or report.waiting in stages)
            and (report.clock is None or report.clock in small.clocks)
            and (report.resource is None or report.resource in resources)}  # fmt: skip
    small = small.model_copy(update={"reports": told})
    return small.model_copy(update={"directives": {n: _directive(small, row) for n, row in world.directives.items()}})


def read(world: World, scenario: Scenario) -> World:
    """What a run of a scenario reads of a world: `within`, without what is only told, and without other directives."""
    small = within(world, scenario)
    used = {mix.counts.series for mix in small.mixes.values() if mix.counts is not None}
    return small.model_copy(
        update={
            "directives": {name: small.directives[name] for name in scenario.directives},
            "series": {name: row for name, row in world.series.items() if name in used},
            "scenarios": {}, "levers": {}, "cases": {}, "calibrations": {}, "patterns": {}, "title": "",
            "summary": "",
        }
    )  # fmt: skip


def _edges(*groups: list[Edge]) -> list[Edge]:
    return [edge for group in groups for edge in group]


def _agency(name: str, agency: Agency, units: set[str]) -> Agency:
    kept = {title: unit for title, unit in agency.units.items() if f"{name}.{title}" in units}
    return agency.model_copy(update={"units": kept})


def _directive(world: World, row: Directive) -> Directive:
    """A directive with those of its effects that the world has a place for."""
    units = world.units()
    review = row.review
    both = review is not None and review.pending_at in world.stages and review.by in world.stages
    return row.model_copy(
        update={
            "targets": {name: to for name, to in row.targets.items() if name in world.metrics},
            "counts": [name for name in row.counts if name in world.metrics],
            "lifts": [name for name in row.lifts if name in world.laws],
            "imposes": [name for name in row.imposes if name in world.laws],
            "breaks_with": [name for name in row.breaks_with if name in world.customs],
            "moves": {stage: unit for stage, unit in row.moves.items() if stage in world.stages},
            "resources": {name: more for name, more in row.resources.items() if name in world.resources},
            "staff": {unit: more for unit, more in row.staff.items() if unit in units},
            "recruits": {unit: leaning for unit, leaning in row.recruits.items() if unit in units},
            "opens": [name for name in row.opens if name in world.mixes],
            "deters": {name: share for name, share in row.deters.items() if name in world.mixes},
            "review": review if both else None,
        }
    )
