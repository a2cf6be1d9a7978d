"""Section 5 of docs/odd.md: the part of a world that a scenario watches."""

from model.schema import Mix, Scenario, World


def watched(world: World, scenario: Scenario) -> World:
    streams = scenario.streams or [
        world.stages[m.stage].stream for m in world.mixes.values() if comes(world, m, scenario)
    ]
    stages = {name: stage for name, stage in world.stages.items() if stage.stream in streams}
    mixes = {name: mix for name, mix in world.mixes.items() if mix.stage in stages}
    issued = [world.directives[name] for name in scenario.directives]
    units = {stage.decider for stage in stages.values()}
    units |= {unit for directive in issued for stage, unit in directive.moves.items() if stage in stages}
    agencies = {}
    for name, agency in world.agencies.items():
        mine = {title: unit for title, unit in agency.units.items() if f"{name}.{title}" in units}
        if mine:
            agencies[name] = agency.model_copy(update={"units": mine})
    edges = [edge for stage in stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    resources = {name for edge in edges for name in (edge.uses, edge.needs, edge.holds)}
    resources |= {mix.holds for mix in mixes.values()}
    metrics = {
        name: metric.model_copy(update={"presses": [stage for stage in metric.presses if stage in stages]})
        for name, metric in world.metrics.items()
        if metric.stage in stages
    }
    directives = {
        name: entry.model_copy(update={"review": None})
        if entry.review and not {entry.review.by, entry.review.pending_at} <= set(stages)
        else entry
        for name, entry in world.directives.items()
    }
    clocks = {name for name, clock in world.clocks.items() if set(clock.places) & set(stages)}
    reports = {
        name: report for name, report in world.reports.items()
        if report.agency in agencies and {report.waiting} <= {None, *stages} and {report.clock} <= {None, *clocks}
        and {report.resource} <= {None, *resources}
    }  # fmt: skip
    return world.model_copy(
        update={
            "reports": reports, "stages": stages, "mixes": mixes, "agencies": agencies, "metrics": metrics,
            "directives": directives,
            "exits": {name: way for name, way in world.exits.items() if way.stream in streams},
            "resources": {name: row for name, row in world.resources.items() if name in resources},
        }
    )  # fmt: skip


def comes(world: World, mix: Mix, scenario: Scenario) -> bool:
    if mix.counts:
        series = world.series[mix.counts.series]
        carried = series.carried_until and scenario.start <= series.carried_until
        months = [month for month in series.rows if f"{scenario.start:%Y-%m}" <= month <= f"{scenario.end:%Y-%m}"]
        return bool(months or (carried and f"{scenario.end:%Y-%m}" > max(series.rows)))
    return any(period.first <= scenario.end and period.last >= scenario.start for period in mix.periods)
