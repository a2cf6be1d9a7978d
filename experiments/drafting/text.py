"""Remarks on the text: of whom it is silent, whom it names, and how far it binds."""

from collections.abc import Iterator

import numpy as np

from experiments.drafting.laid import Laid
from experiments.drafting.remark import Remark, conditions, in_100, lines, several, share, toml
from model.schema.phrases import signed, whose

A_LOT, SOME = 0.2, 0.05
"""Shares of the cases of which a text is silent, from which that is weak, or worth a thought."""
BINDS_NOBODY, LOOSE, AGAINST = 0.7, 0.4, 0.35
"""Latitude from which a text binds nobody, or leaves much; and own readings below which a leaning is against it."""


def silent_groups(laid: Laid) -> Iterator[Remark]:
    """Groups of cases about which the text is silent, and who will fill the gap."""
    part = float(laid.silent.mean()) if laid.asks and laid.silent.size else 0.0
    if part < SOME:
        return
    groups = _groups(laid)
    large = [group for group in groups if group[1] >= 0.01] or groups[:1]
    said = several([f"{words} ({in_100(of)})" for words, of, _ in large], 3)
    fill = several([f"{in_100(laid.own_reading(unit))} with {whose(unit, laid.world)}" for unit in laid.deciders])
    yield Remark(
        "silent groups", "weak" if part >= A_LOT else "think of it",
        f"Of {in_100(part)} of those who may come, it says neither that they are meant nor that they are not: {said}.",
        f"Where a text is silent the reader's own culture fills the gap (odd.md, 7.10): of its force {fill} remains. "
        "Nobody answers for those whom it does not name.",
        "Say that whoever is not named is not meant; or name the largest of these groups as well. Either stands in "
        "place of the draft's own [scope].",
        '[scope]\notherwise = "out"\n' + lines("in", conditions(laid.row.scope.include) or [groups[0][2]]),
    )  # fmt: skip


def _groups(laid: Laid) -> list[tuple[str, float, dict[str, object]]]:
    """Groups by mix and level: in words, their share of those of whom it is silent, and as a condition; largest first.

    A group that is silent through and through is named as one; of another, a part is.
    """
    world, found = laid.world, []
    for at, (name, mix) in enumerate(world.mixes.items()):
        for code, (level, said) in enumerate(world.words.levels.items()):
            here = (laid.cases.mix == at) & (laid.cases.level == code)
            quiet = int((here & laid.silent).sum())
            if quiet:
                some = "some of " if quiet < here.sum() else ""
                condition: dict[str, object] = {"mix": [name], "level": [level]}
                found.append((f"{some}{mix.title}, {said}", quiet / laid.silent.sum(), condition))
    return sorted(found, key=lambda group: -group[1])


def nobody_named(laid: Laid) -> Iterator[Remark]:
    """A text that asks, and names nobody who comes."""
    if not laid.means_somebody or laid.inside.any():
        return
    level = next(iter(laid.world.words.levels))
    yield Remark(
        "nobody named", "breaks",
        "Nobody who comes before these decisions is named in its scope." if laid.stages else
        f"Those whom it addresses decide nothing of what it speaks of, in what {laid.draft.scenario} watches.",
        "Officers answer only for cases that the text names (odd.md, 7.9), so all that it can do here is persuade."
        if laid.stages else "Only those who decide at a stage can follow a text about it (odd.md, 7.8).",
        "Name those who are meant; hold each condition against those who come.",
        f"[scope]\nin = {toml([{'level': [level]}])}",
    )  # fmt: skip


def latitude(laid: Laid) -> Iterator[Remark]:
    """Latitude so wide that it binds nobody, or wide where the readers lean the other way."""
    given = laid.row.latitude.value
    against = [unit for unit in laid.deciders if laid.own_reading(unit) < AGAINST]
    if not laid.asks or given < LOOSE:
        return
    left = [f"{in_100(1 - given + given * laid.own_reading(unit))} with {whose(unit, laid.world)} (leaning "
            f"{signed(laid.orientation(unit))})" for unit in against or laid.deciders]  # fmt: skip
    yield Remark(
        "latitude", "weak" if given >= BINDS_NOBODY else "think of it",
        f"It leaves {in_100(given)} of its force to the reader.",
        f"What is left open is read by one's own leaning (odd.md, 7.10): of its force {several(left)} remains. Who "
        f"answers for it answers for {in_100(1 - given)} of it.",
        'Say what is to be done, and name the exceptions, in place of "may consider" or "where practicable".',
        f"latitude = {share(0.2)}",
    )  # fmt: skip


def bound_by_law(laid: Laid) -> Iterator[Remark]:
    """Cases in scope that a law decides the other way, whatever the text asks."""
    on = laid.row.start
    for name, law in laid.world.laws.items():
        dated = (law.starts is None or law.starts <= on) and (law.ends is None or on < law.ends)
        kept = (law.in_force or name in laid.row.imposes) and dated and name not in laid.row.lifts
        stages = [stage for stage in law.stages if stage in laid.stages]
        if not (kept and stages and law.must == laid.opposite and laid.asks and laid.inside.any()):
            continue
        there = np.logical_or.reduce([laid.at(stage) for stage in stages]) & laid.inside
        part = float((there & laid.holds(law.when)).sum() / max(1, there.sum()))
        if part >= SOME:
            yield Remark(
                "bound by law", "weak" if part >= A_LOT else "think of it",
                f"{in_100(part).capitalize()} of those it names are bound by law: {law.title}.",
                "A law is a bound and not a weight: no text outvotes it (odd.md, 7.9).",
                "Leave them out of the text, or have the law changed first: nobody can do what it asks of them.",
                "[scope]\n" + lines("out", [*conditions(laid.row.scope.exclude), *conditions(law.when)])
                if law.when else f"lifts = {toml([name])}",
            )  # fmt: skip


def kept_by_custom(laid: Laid) -> Iterator[Remark]:
    """Cases in scope that a custom decides the other way, with which the text does not tell anybody to break."""
    broken = {name for one in laid.in_force for name in laid.world.directives[one].breaks_with}
    for name, custom in laid.world.customs.items():
        stages = [stage for stage in custom.stages if stage in laid.stages]
        known = name in laid.row.breaks_with or name in broken
        if known or not stages or custom.must != laid.opposite or not laid.asks:
            continue
        part = float((laid.inside & laid.holds(custom.when)).sum() / max(1, laid.inside.sum()))
        if part >= SOME:
            yield Remark(
                "kept by custom", "weak",
                f"{in_100(part).capitalize()} of those it names have always been treated otherwise: {custom.title}.",
                f"By custom {in_100(custom.share.value)} of them are never weighed, until a directive tells those "
                "addressed to leave the custom (odd.md, 7.9).",
                "Name the custom, and say that it ends.",
                f'breaks_with = ["{name}"]',
            )  # fmt: skip
