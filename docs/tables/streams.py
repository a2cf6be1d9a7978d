"""Stages, routes, exits; groups, laws, resources and metrics."""

from docs.tables.markdown import code, condition_list, figure, table
from model.schema import Edge, Resource, World


def stages(world: World) -> str:
    """Who decides what."""
    rows = [
        [
            f"`{name}`", stage.title, stage.stream, f"`{stage.decider}`", stage.labels["favourable"],
            stage.labels["unfavourable"], str(stage.priority), "yes" if stage.detained_first else "",
            figure(stage.lapse.value) if stage.lapse else "",
        ]
        for name, stage in world.stages.items()
    ]  # fmt: skip
    return table(
        [
            "stage",
            "title",
            "stream",
            "decided by",
            "favourable",
            "unfavourable",
            "priority",
            "detained first",
            "lapses after days",
        ],
        rows,
    )


def routes(world: World) -> str:
    """Where each outcome leads, in the order in which the edges are tried."""
    rows = [
        [f"`{name}`" if not at else "", stage.labels[outcome] if not at else "", *_edge(edge)]
        for name, stage in world.stages.items()
        for outcome in ("favourable", "unfavourable")
        for at, edge in enumerate(stage.edges(outcome))
    ]
    head = ["stage", "outcome", "leads to", "only", "takes", "custody", "days", "those who came along"]
    return table(head, rows)


def _edge(edge: Edge) -> list[str]:
    return [f"`{edge.to}`", _only(edge), _takes(edge), edge.custody or "", _days(edge), _along(edge)]


def _only(edge: Edge) -> str:
    only = [condition_list(edge.when)] if edge.when else []
    if edge.detained is not None:
        only.append("in custody" if edge.detained else "not in custody")
    if edge.share is not None:
        only.append(f"{figure(edge.share.value)} of those who come this far")
    asked = [edge.uses] if edge.uses is not None and not edge.beyond and not edge.waits else []
    only += [f"while there are {name}" for name in (*asked, edge.needs) if name is not None]
    return "; ".join(only)


def _takes(edge: Edge) -> str:
    parts = []
    if edge.uses is not None:
        much = f"{figure(edge.takes.value)} of " if edge.takes else ""
        how = ", even beyond what there is" if edge.beyond else ", in line for it" if edge.waits else ""
        parts.append(f"{much}`{edge.uses}`{how}")
    parts += [f"`{edge.needs}`"] if edge.needs is not None else []
    parts += [f"`{edge.holds}`, even beyond what there is"] if edge.holds is not None else []
    return "; ".join(parts)


def _days(edge: Edge) -> str:
    if edge.lag is None:
        return ""
    most = f", most {figure(edge.lag.most.value)}" if edge.lag.most else ""
    return f"{figure(edge.lag.least.value)}, mean {figure(edge.lag.mean.value)}{most}"


def _along(edge: Edge) -> str:
    parts = [f"separated, to `{edge.separates}`"] if edge.separates is not None else []
    if edge.rejoins is not None:
        parts.append(f"separated and still at {code(*edge.rejoins.places)}: to `{edge.rejoins.to}`")
    return "; ".join(parts)


def exits(world: World) -> str:
    """Where cases end."""
    return table(
        ["exit", "title", "stream", "a family is together again"],
        ([f"`{name}`", row.title, row.stream, "yes" if row.reunites else ""] for name, row in world.exits.items()),
    )


def groups(world: World) -> str:
    """Groups of cases that the world defines once."""
    return table(["group", "who"], ([f"`{name}`", condition_list(any_of)] for name, any_of in world.groups.items()))


def laws(world: World) -> str:
    """What leaves no choice."""
    rows = [
        [f"`{name}`", law.title, code(*law.stages), f"{law.must}: {condition_list(law.when)}",
         "yes" if law.in_force else "only where a directive imposes it", law.source]
        for name, law in world.laws.items()
    ]  # fmt: skip
    return table(["law", "title", "stages", "must be", "in force", "source"], rows)


def customs(world: World) -> str:
    """What is done without being weighed, though no law demands it."""
    rows = [
        [f"`{name}`", custom.title, code(*custom.stages), f"{custom.must}: {condition_list(custom.when)}",
         figure(custom.share.value), custom.source]
        for name, custom in world.customs.items()
    ]  # fmt: skip
    return table(["custom", "title", "stages", "outcome", "share", "source"], rows)


def resources(world: World) -> str:
    """What runs out."""
    rows = [
        [f"`{name}`", entry.title, entry.kind, _amount(entry), f"`{entry.region}`" if entry.region else "",
         figure(entry.reserve.value) if entry.reserve else "", _cost(entry)]
        for name, entry in world.resources.items()
    ]  # fmt: skip
    return table(["resource", "title", "kind", "amount", "one pool in each", "days saved up", "dollars a day"], rows)


def _amount(entry: Resource) -> str:
    """What there is of a resource; in each area, if it has its own."""
    if entry.amount is not None:
        return figure(entry.amount.value)
    return ", ".join(f"{area} {figure(amount.value)}" for area, amount in entry.amounts.items())


def _cost(entry: Resource) -> str:
    parts = [figure(entry.cost.value)] if entry.cost else []
    return ", above the amount ".join([*parts, figure(entry.cost_over.value)] if entry.cost_over else parts)


def clocks(world: World) -> str:
    """Legal limits on time."""
    rows = [
        [f"`{name}`", clock.title, code(*clock.places), figure(clock.limit.value), clock.source]
        for name, clock in world.clocks.items()
    ]
    return table(["clock", "title", "at", "days", "source"], rows)


def metrics(world: World) -> str:
    """What is counted, and where it presses."""
    rows = [
        [f"`{name}`", metric.title, world.agencies[metric.agency].title,
         f"`{metric.stage}`, {metric.outcome}",
         condition_list(metric.when), code(*metric.presses), figure(metric.target.value),
         ("yes" if metric.in_force else "only where a directive counts it")
         + (f", from {metric.starts} on" if metric.starts else "")]
        for name, metric in world.metrics.items()
    ]  # fmt: skip
    return table(["metric", "title", "agency", "event", "of", "presses on", "target a year", "counted"], rows)
