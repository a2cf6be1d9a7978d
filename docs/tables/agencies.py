"""Units, mixes of cases, directives and scenarios."""

from docs.tables.markdown import code, condition_list, figure, table
from model.schema import Directive, Mix, World


def units(world: World) -> str:
    """The corps of officers, and the levels above them."""
    rows = []
    for agency, entry in world.agencies.items():
        levels = " > ".join(entry.levels[level].title.lower() for level in entry.chain())
        for name, unit in entry.units.items():
            decides = [stage for stage, row in world.stages.items() if row.decider == f"{agency}.{name}"]
            offices = len(world.areas if isinstance(unit.offices, str) else unit.offices)
            rows.append(
                [f"`{agency}.{name}`", unit.title, f"`{unit.role}`", code(*decides), figure(unit.staff.value),
                 str(offices), levels]
            )  # fmt: skip
    return table(["unit", "title", "agent class", "decides", "officers", "offices", "managers, from the head"], rows)


def mixes(world: World) -> str:
    """Where cases come from."""
    opened = {mix: name for name, entry in world.directives.items() for mix in entry.opens}
    rows = [
        [
            f"`{name}`",
            mix.title,
            f"`{mix.stage}`",
            _arrivals(mix),
            f"`{opened[name]}`" if name in opened else "",
        ]
        for name, mix in world.mixes.items()
    ]
    return table(["mix", "title", "enters at", "cases", "only under"], rows)


def _arrivals(mix: Mix) -> str:
    if mix.stock:
        first, last = min(mix.stock), max(mix.stock)
        return f"pending stock: {figure(mix.stock[first])} on {first} to {figure(mix.stock[last])} on {last}"
    return "; ".join(
        f"{figure(period.cases.value)} {period.cases.unit}, {period.first} to {period.last}" for period in mix.periods
    )


def directives(world: World) -> str:
    """What comes down from the top."""
    rows = [
        [
            f"`{name}`", f"{entry.title} ({entry.issuer})",
            entry.start.isoformat() + (f" to {entry.end}" if entry.end else ""), code(*entry.to),
            code(*entry.stages or []) or "all of theirs", entry.authority, f"{entry.direction:+d}",
            _scope(entry), _levers(entry), entry.source,
        ]
        for name, entry in sorted(world.directives.items(), key=lambda item: item[1].start)
    ]  # fmt: skip
    return table(
        [
            "directive",
            "title",
            "from",
            "to",
            "stages",
            "authority",
            "direction",
            "scope",
            "besides",
            "source",
        ],
        rows,
    )


def _scope(entry: Directive) -> str:
    out = [f"out: {condition_list(entry.scope.exclude)}"] if entry.scope.exclude else []
    inside = [f"in: {condition_list(entry.scope.include)}"] if entry.scope.include else []
    return ". ".join([*out, *inside, f"all others: {entry.scope.otherwise}"])


def _levers(entry: Directive) -> str:
    parts = [f"opens {code(*entry.opens)}"] if entry.opens else []
    parts += [f"supersedes {code(*entry.supersedes)}"] if entry.supersedes else []
    if entry.review:
        parts.append(f"lays what waits at `{entry.review.pending_at}` before `{entry.review.by}`")
    named = {"targets": entry.targets, "counts": entry.counts, "lifts": entry.lifts, "imposes": entry.imposes,
             "moves": entry.moves, "resources": entry.resources, "recruits": entry.recruits}  # fmt: skip
    parts += [f"{lever} {code(*names)}" for lever, names in named.items() if names]
    return "; ".join(parts)


def scenarios(world: World) -> str:
    """What can be run."""
    rows = [
        [f"`{name}`", entry.question, f"{entry.start} to {entry.end}", code(*entry.directives) or "none"]
        for name, entry in world.scenarios.items()
    ]
    return table(["scenario", "question", "watch", "directives"], rows)
