"""Every parameter, grouped by what it belongs to."""

from collections.abc import Mapping

from docs.tables.markdown import figure, table
from docs.tables.shipped import taken_over
from model.schema import Quantity, Shares, World
from model.world.checks import quantities

Entries = list[tuple[str, Quantity | Shares]]


def parameters(world: World) -> str:
    """Every parameter, grouped by what it belongs to."""
    known = dict(quantities(world))
    groups: dict[tuple[str, ...], Entries] = {}
    for path, entry in known.items():
        groups.setdefault(_group_of(world, path), []).append((path, entry))
    return "\n\n".join(_group(world, keys, entries, known) for keys, entries in groups.items())


def _group_of(world: World, path: str) -> tuple[str, ...]:
    kind, name, *_ = path.split(".")
    if kind == "stages":
        return kind, world.stages[name].stream
    return (kind, name) if kind in ("agencies", "mixes", "directives", "levers") else (kind,)


def _group(world: World, keys: tuple[str, ...], entries: Entries, known: Mapping[str, Quantity | Shares]) -> str:
    rows = []
    for path, entry in entries:
        above = taken_over(path)
        source = f"as `{above}`" if above and known.get(above) == entry else entry.source
        rows.append([f"`{path}`", *_value(entry), source])
    return f"### {_heading(world, keys)}\n\n" + table(["parameter", "value", "unit", "range", "source"], rows)


def _heading(world: World, keys: tuple[str, ...]) -> str:
    kind, *name = keys
    if kind == "agencies":
        return f"Agency: {world.agencies[name[0]].title}"
    if kind == "mixes":
        return f"Mix `{name[0]}`: {world.mixes[name[0]].title.lower()}"
    if kind == "directives":
        return f"Directive `{name[0]}`: {world.directives[name[0]].title}"
    if kind == "levers":
        return f"Lever `{name[0]}`: {world.levers[name[0]].title}"
    return f"Stages of the stream `{name[0]}`" if kind == "stages" else kind.capitalize()


def _value(entry: Quantity | Shares) -> tuple[str, str, str]:
    if isinstance(entry, Shares):
        shares = ", ".join(f"{name} {figure(share)}" for name, share in entry.shares.items())
        return shares, "shares", "0 to 1, sum 1"
    return figure(entry.value), entry.unit, " to ".join(map(figure, entry.bounds))
