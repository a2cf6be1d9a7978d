"""Units, mixes of cases, directives, levers and scenarios."""

from docs.tables.markdown import code, condition_list, figure, table
from experiments.levers.words import in_words
from model.schema import Directive, Mix, Unit, World


def units(world: World) -> str:
    """The corps of officers, and the levels above them."""
    rows = []
    for agency, entry in world.agencies.items():
        levels = " > ".join(entry.levels[level].title.lower() for level in entry.chain())
        for name, unit in entry.units.items():
            decides = [stage for stage, row in world.stages.items() if row.decider == f"{agency}.{name}"]
            rows.append(
                [f"`{agency}.{name}`", unit.title, f"`{unit.role}`", code(*decides), figure(unit.staff.value),
                 _offices(unit), levels]
            )  # fmt: skip
    return table(["unit", "title", "agent class", "decides", "officers", "offices", "managers, from the head"], rows)


def _offices(unit: Unit) -> str:
    """How many offices, and whose cases fall to them."""
    if isinstance(unit.offices, str):
        return "one in each area of the world"
    return f"{len(unit.offices)}, one in each of `{unit.region}`" if unit.region else str(len(unit.offices))


def mixes(world: World) -> str:
    """Where cases come from."""
    opened = {mix: name for name, entry in world.directives.items() for mix in entry.opens}
    rows = [
        [
            f"`{name}`",
            mix.title,
            f"`{mix.stage}`",
            _arrivals(mix),
            _ready(mix),
            "areas of the world" if mix.region == "areas" else f"`{mix.region}`",
            f"`{mix.holds}`" if mix.holds else "",
            f"`{opened[name]}`" if name in opened else "",
        ]
        for name, mix in world.mixes.items()
    ]
    columns = ["mix", "title", "enters at", "cases", "ready after, days", "arise in", "holds in custody", "only under"]
    return table(columns, rows)


def _ready(mix: Mix) -> str:
    """The lag before the first desk."""
    if mix.ready is None:
        return ""
    most = f", most {figure(mix.ready.most.value)}" if mix.ready.most else ""
    return f"least {figure(mix.ready.least.value)}, mean {figure(mix.ready.mean.value)}{most}"


def _arrivals(mix: Mix) -> str:
    if mix.leader:
        return f"with the cases of `{mix.leader}`"
    if mix.counts:
        return f"{figure(mix.counts.share.value)} of `{mix.counts.column}` in the series `{mix.counts.series}`"
    if mix.stock:
        first, last = min(mix.stock), max(mix.stock)
        until = f" to {figure(mix.stock[last])} on {last}" if last > first else ""
        return f"pending stock: {figure(mix.stock[first])} on {first}{until}"
    return "; ".join(
        f"{figure(period.cases.value)} {period.cases.unit}, {period.first} to {period.last}" for period in mix.periods
    )


def directives(world: World) -> str:
    """What comes down from the top."""
    rows = [
        [
            f"`{name}`", f"{entry.title} ({entry.issuer})",
            entry.start.isoformat() + (f" to {entry.end}" if entry.end else ""), _addressees(entry),
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


def _addressees(entry: Directive) -> str:
    return code(*entry.to) + (f", in {', '.join(entry.offices)} only" if entry.offices else "")


def _scope(entry: Directive) -> str:
    out = [f"out: {condition_list(entry.scope.exclude)}"] if entry.scope.exclude else []
    inside = [f"in: {condition_list(entry.scope.include)}"] if entry.scope.include else []
    return ". ".join([*out, *inside, f"all others: {entry.scope.otherwise}"])


def _levers(entry: Directive) -> str:
    parts = [f"opens {code(*entry.opens)}"] if entry.opens else []
    parts += [f"supersedes {code(*entry.supersedes)}"] if entry.supersedes else []
    if entry.review:
        whom = f" ({condition_list(entry.review.when)})" if entry.review.when else ""
        parts.append(f"lays what waits at `{entry.review.pending_at}`{whom} before `{entry.review.by}`")
    for lever in ("targets", "counts", "lifts", "imposes", "breaks_with", "moves", "resources", "staff", "recruits"):
        if names := getattr(entry, lever):
            parts.append(f"{lever.replace('_', ' ')} {code(*names)}")
    parts += [f"deters {figure(share.value)} of `{mix}`" for mix, share in entry.deters.items()]
    return "; ".join(parts)


def levers(world: World) -> str:
    """What could be done otherwise."""
    rows = [
        [f"`{name}`", lever.title, lever.question, code(*lever.amends), in_words(lever.changes), lever.source]
        for name, lever in world.levers.items()
    ]
    return table(["lever", "title", "question", "amends", "what changes", "source"], rows)


def scenarios(world: World) -> str:
    """What can be run."""
    rows = [
        [f"`{name}`", entry.question, f"{entry.start} to {entry.end}",
         ", ".join(entry.streams or ["where cases arrive"]), code(*entry.directives) or "none",
         f"`{entry.counterfactual_of}`" if entry.counterfactual_of else ""]
        for name, entry in world.scenarios.items()
    ]  # fmt: skip
    return table(["scenario", "question", "watch", "streams", "directives", "counterfactual of"], rows)


def regions(world: World) -> str:
    """Regions beside the areas of the world."""
    rows = []
    for name, region in world.regions.items():
        if region.parts:
            inside = "; ".join(f"{part}: {', '.join(areas)}" for part, areas in region.parts.items())
        else:
            inside = ", ".join(f"{area} {figure(weight)}" for area, weight in region.areas.items())
        rows.append([f"`{name}`", region.title, f"`{region.of}`" if region.of else "", inside, region.source])
    return table(["region", "title", "made of", "areas with weights, or parts", "source"], rows)


def series(world: World) -> str:
    """Recorded numbers by month and area."""
    rows = [
        [f"`{name}`", row.title, f"`{row.region}`", f"{min(row.rows)} to {max(row.rows)}",
         f"{row.carried_until or ''}", f"`{row.total}`", code(*row.parts), row.source]
        for name, row in world.series.items()
    ]  # fmt: skip
    columns = ["series", "title", "region", "months", "carried until", "total that fills blanks", "of", "source"]
    return table(columns, rows)


def border_dates(world: World) -> str:
    """What came down at the border from 2017 to 2018, in the order of the dates, with where it is on record."""
    issued = [world.directives[name] for name in world.scenarios["zero-tolerance-2018"].directives]
    rows = [
        [f"{entry.start:%-d %B %Y}", entry.title, entry.issuer, entry.source]
        for entry in sorted(issued, key=lambda entry: entry.start)
    ]
    return table(["from", "what", "by", "on record in"], rows)
