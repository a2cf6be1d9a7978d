"""The shift: by how much a directive moves the rate of favourable decisions, on the same cases.

The rates are *expected* ones: the mean of the probabilities that the rule gave, in place of the outcomes that were
then drawn. Both estimate the same shift. Let ``M`` be 1 if a decision is made in both worlds, ``p`` its probability in
one of them and ``Y`` its outcome. A decision's own two draws are used for nothing else, and only once it is made; so
``M`` and ``p`` depend on other draws alone, and given these ``Y`` is favourable with probability ``p``. Hence
``E[M * Y] = E[M * p]``, decision by decision, and sums and differences agree as well. What falls away is the noise of
the draws themselves (Rao and Blackwell's argument): a case that flips counts as the chance that it does.

What is left is that seeds draw other cases and other officers. Pairing cancels what both worlds share of it, and the
leanings of those who happen to sit at the desks (`experiments.twin.control_variates`), which are known, take out part
of what they do not share (`experiments.twin.intervals.adjusted`).
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.intervals import adjusted, over_draws, paired, unpaired
from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT, WITH, WITHOUT
from experiments.twin.pairs import Pair

LEANING = "leaning of "


def shared(decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions on the first day or later that both worlds made: the same cases, at the same stage."""
    return decisions[decisions["after"] & ~decisions["kind"].isin([ONLY_WITH, ONLY_WITHOUT])]


def paired_rates(pair: Pair, by: Sequence[str] = ("agency",)) -> pd.DataFrame:
    """Of one pair and each group: the rates of both worlds, from the directives' first day on.

    Args:
        pair: two worlds.
        by: columns that make the groups: ``agency``, ``unit``, ``stage``, ``office``, ``level``.

    Returns:
        ``seed``, the groups; ``decisions`` that both worlds made; of these ``rate_with``, ``rate_without`` (expected)
        and ``drawn_with``, ``drawn_without`` (outcomes); ``all_with``, ``all_without``: outcomes of all decisions of
        either world, as anybody would have them who runs it on its own; and for each unit of the world that decides
        in the group ``leaning of UNIT`` (missing for the others), the controls of `over_pairs`.
    """
    table = pair.decisions[pair.decisions["after"]]
    sides = {f"{name}_{side}": f"{column}_{side}" for name, column in (("rate", "p"), ("drawn", "favourable"))
             for side in ("with", "without")}  # fmt: skip
    both = shared(table)[[*by, *sides.values()]].astype({column: "float64" for column in sides.values()})
    groups = both.groupby(list(by), observed=True)
    rates = groups[list(sides.values())].mean().set_axis(list(sides), axis=1)
    rates.insert(0, "decisions", groups.size())
    for side in (WITH, WITHOUT):
        made = table.loc[table["p" + side].notna(), [*by, "favourable" + side]]
        rates["all" + side] = made.astype({"favourable" + side: "float64"}).groupby(list(by), observed=True).mean()
    rates = rates.join(_leanings(pair, by)).reset_index()
    rates.insert(0, "seed", pair.seed)
    return rates


def _leanings(pair: Pair, by: Sequence[str]) -> pd.DataFrame:
    """How the desks lean that decide in each group, one column a unit: the mean of their offices, by their cases."""
    made = pair.decisions[pair.decisions["after"]]
    places = made[list(by)].assign(of=made["unit"], at=made["office"]).drop_duplicates()
    desks = pair.desks.rename(columns={"unit": "of", "office": "at"})
    found = places.astype({"of": str, "at": str}).merge(desks, on=["of", "at"])
    sums = found.assign(leaning=found["share"] * found["leaning"]).groupby([*by, "of"], observed=True)
    totals = sums[["leaning", "share"]].sum()
    return (totals["leaning"] / totals["share"]).unstack("of").add_prefix(LEANING)


def shift(pairs: Iterable[Pair], by: Sequence[str] = ("agency",)) -> pd.DataFrame:
    """The paired difference of the discretion rate on the same cases, with its interval over replications.

    Decisions that only one world made are no part of it, however many; nor is what was decided before the
    directives' first day. Pairs are taken one at a time, and none is kept.

    Args:
        pairs: one a replication, with seeds of their own.
        by: columns that make the groups.

    Returns:
        As `over_pairs`.
    """
    tables = [paired_rates(one, by) for one in pairs]
    return over_pairs(pd.concat(tables, ignore_index=True), by)


def over_pairs(tables: pd.DataFrame, by: Sequence[str] = ("agency",), smallest: float = SMALLEST) -> pd.DataFrame:
    """The shift by group, from the rates of every pair (`paired_rates`), with its ``draw`` if parameters were drawn.

    Returns:
        The groups; ``replications``; ``decisions`` (mean of a replication); ``rate_with``, ``rate_without`` and their
        difference ``shift`` with ``low`` and ``high`` (expected, `adjusted` by the leanings of the desks); ``drawn``,
        ``drawn_low``, ``drawn_high`` (the difference of the outcomes, `paired`); ``unpaired_low``, ``unpaired_high``
        (`unpaired`, outcomes of all decisions); ``ratio`` and ``ratio_drawn``, the widths of the first and of the
        second interval over that of the third; ``posterior_low``, ``posterior_high`` of the shift (`over_draws`, none
        without draws); ``verdict`` (`experiments.smallest.judged`).

    Three pairs, too few for their controls; the expected shifts are 0.01, 0.01 and 0.02, so 0.0133 ± 0.0097:

    >>> rates = [0.11, 0.13, 0.15], [0.10, 0.12, 0.13]
    >>> sides = [(name, at) for name in ("rate", "drawn", "all") for at in (0, 1)]
    >>> tables = pd.DataFrame({f"{name}_{('with', 'without')[at]}": rates[at] for name, at in sides})
    >>> found = over_pairs(tables.assign(agency="ice", decisions=100)).iloc[0]
    >>> [round(float(found[name]), 4) for name in ("shift", "low", "high", "ratio")], found["verdict"]
    ([0.0133, 0.0036, 0.0231, 0.3142], 'matters')
    """
    rows = []
    for group, values in tables.groupby(list(by), observed=True):
        a, b = values["rate_with"].to_numpy(float), values["rate_without"].to_numpy(float)
        known = values.filter(like=LEANING).dropna(axis="columns")
        draws = values.get("draw")
        same = adjusted(a - b, known, draws=draws).within(-1.0, 1.0)
        with_it, without = (adjusted(rates, known, draws=draws).within(0.0, 1.0) for rates in (a, b))
        drawn = paired(values["drawn_with"].to_numpy(float) - values["drawn_without"].to_numpy(float), draws=draws)
        alone = unpaired(values["all_with"].to_numpy(float), values["all_without"].to_numpy(float), draws=draws)
        width = alone.high - alone.low
        rows.append(
            (
                *group, len(values), float(values["decisions"].mean()), with_it.mean, without.mean, *same, *drawn,
                alone.low, alone.high, *((i.high - i.low) / width if width > 0.0 else np.nan for i in (same, drawn)),
                *over_draws(a - b, draws, known),
            )
        )  # fmt: skip
    columns = [
        *by, "replications", "decisions", "rate_with", "rate_without", "shift", "low", "high", "drawn", "drawn_low",
        "drawn_high", "unpaired_low", "unpaired_high", "ratio", "ratio_drawn", *POSTERIOR,
    ]  # fmt: skip
    return judged(pd.DataFrame(rows, columns=columns), smallest)
