"""The cheapest mends: one thing done otherwise in the draft, or beside it, and what each buys and does elsewhere."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from experiments.levers.against_record import costs_over, one_replication, shifts_over
from experiments.levers.choice import ALL, Pulled
from experiments.parallel import Progress, over_seeds
from experiments.premortem.breaks import title
from experiments.premortem.question import Question
from experiments.premortem.weeks import DESK, POOL, WEEK
from experiments.smallest import MATTERS, SMALLEST
from model.schema import Directive, Quantity, Scenario, World
from model.schema.directive import Increase, Staffing
from model.world.levers import amended

HARMS = ("separated", "apart", "not reunited", "beyond the limit", "over capacity", "overtime", "backlog")
"""What a mend may ease, as `experiments.twin.measures.harm` names it."""
TERMS = (
    ("clarity", 1.0, "Say it so that nothing is lost on the way down"),
    ("latitude", 0.0, "Leave no latitude"),
    ("latitude", 1.0, "Leave all latitude"),
    ("monitoring", 1.0, "Follow it up"),
    ("evaluation", 1.0, "Judge managers by it"),
    ("evaluation", 0.0, "Judge nobody by it"),
    ("mandate", 1.0, "Order a look at each case"),
)
"""The draft's own wording: a term, what it becomes, and that in words."""
COLUMNS = ["mend", "shift", "shift_low", "shift_high", "kept", "dollars", "eased", "worse", "elsewhere", "elsewhere_at",
           "front", "best"]  # fmt: skip
BEST, KEPT = 3, 0.5
"""How many mends are worth most; and the share of the draft's shift below which one is no mend, but another draft."""
NOW = "assumed: there on the day of the draft"


def mends(
    asked: Question, breaks: pd.DataFrame, seeds: Sequence[int], scale: float,
    smallest: float = SMALLEST, workers: int = 1, progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Try each mend against the draft as it is, on the same cases.

    Returns:
        One row a mend: ``mend`` in words; ``shift`` of the agency that the draft addresses and moves most, against the
        draft as it is, with its 90 percent interval; ``kept``, the share of the draft's own shift that is left;
        ``dollars`` more than the draft costs; how many harms it ``eased`` and made ``worse`` (differences that matter);
        the largest shift ``elsewhere`` that matters, and ``elsewhere_at`` which agency; whether it is on the ``front``
        (no other keeps as much, costs no more and eases as much), and among the `BEST`: of those that keep `KEPT` or
        more of the shift, those that ease most, and of these that keep most, then that cost least. And one row a mend
        and harm that matters: ``mend``, ``agency``, ``group``, ``measure``, ``unit``, ``record`` (the draft as it is),
        ``difference``, ``low``, ``high``.
    """
    pulled = {one.title: one for one in _mends(asked, breaks)}
    without = {"": Pulled("", "", asked.world, _without(asked), asked.start)}
    work = partial(one_replication, asked.scenario, asked.world, {**without, **pulled}, scale)
    found = over_seeds(work, seeds, 2 + len(pulled), workers, progress)
    rates, accounts = (pd.concat(tables, ignore_index=True) for tables in zip(*found, strict=True))
    shifts, costs = shifts_over(rates, smallest), costs_over(accounts, smallest)
    shifts, costs = shifts[shifts["stage"] == ALL], costs.rename(columns={"lever": "mend"})
    own = shifts[(shifts["lever"] == "") & shifts["agency"].isin(asked.addressed)].set_index("agency")["shift"]
    target = str(own.abs().idxmax())
    eased = costs[costs["measure"].isin(HARMS) & (costs["verdict"] == MATTERS) & (costs["mend"] != "")]
    parts = costs[(costs["agency"] == ALL) | costs["measure"].isin(["overtime", "backlog"])]
    eased = eased.loc[eased.index.intersection(parts[~_sums(parts)].index)]
    rows = [_row(name, target, -float(own[target]), shifts, costs, eased) for name in pulled]
    table = _ranked(pd.DataFrame(rows, columns=COLUMNS[:-2]))
    return table, eased.drop(columns="verdict").reset_index(drop=True)


def _sums(costs: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows are sums over groups or agencies of which the parts are told as well."""
    whole = (costs["agency"] == ALL) & (costs["group"] == ALL)
    return whole & costs["measure"].isin(["beyond the limit", "over capacity", "overtime", "backlog", "cost"])


def _row(
    name: str, target: str, draft: float, shifts: pd.DataFrame, costs: pd.DataFrame, eased: pd.DataFrame
) -> tuple[object, ...]:
    here = shifts[shifts["lever"] == name].set_index("agency")
    change, low, high = (float(value) for value in here.loc[target, ["shift", "low", "high"]].to_numpy())
    others = here[(here["verdict"] == MATTERS) & (here.index != target)]["shift"].to_dict()
    at = max(others, key=lambda agency: abs(others[agency]), default="")
    spent = costs[(costs["mend"] == name) & (costs["measure"] == "cost")]
    total = spent.loc[(spent["agency"] == ALL) & (spent["group"] == ALL), "difference"]
    harms = eased[eased["mend"] == name]["difference"]
    return (
        name, change, low, high, (draft + change) / draft if draft else np.nan, float(total.sum()),
        int((harms < 0).sum()), int((harms > 0).sum()), others.get(at, 0.0), at,
    )  # fmt: skip


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """With the front, and the best.

    >>> rows = pd.DataFrame({"mend": ["a", "b"], "kept": [1.0, 0.9], "dollars": [0.0, 5.0], "eased": [2, 1],
    ...                      "worse": [0, 0]})
    >>> _ranked(rows)[["mend", "front", "best"]].to_numpy().tolist()
    [['a', True, True], ['b', False, True]]
    """
    figures = np.column_stack([table["kept"], -table["dollars"], table["eased"] - table["worse"]]).astype(float)
    beaten = [bool(((figures >= row).all(axis=1) & (figures > row).any(axis=1)).any()) for row in figures]
    net = table["eased"] - table["worse"]
    order = table.assign(net=-net, less=-table["kept"].round(3)).sort_values(
        ["net", "less", "dollars", "mend"], kind="stable"
    )
    best = order.index[(net[order.index] > 0) & (table["kept"][order.index] >= KEPT)][:BEST]
    marked = table.assign(front=[not one for one in beaten], best=table.index.isin(best))
    return marked.loc[order.index].reset_index(drop=True)


def _without(asked: Question) -> Scenario:
    kept = [name for name in asked.scenario.directives if name not in asked.drafts]
    return asked.scenario.model_copy(update={"directives": kept})


def _mends(asked: Question, breaks: pd.DataFrame) -> Iterator[Pulled]:
    """What could be done otherwise: in the wording, in the plan, in capacity, and the levers of the world."""

    def pulled(name: str, world: World, drafts: Sequence[str] = asked.drafts) -> Pulled:
        gone = set(asked.drafts) - set(drafts)
        kept = [text for text in asked.scenario.directives if text not in gone]
        return Pulled(name, "", world, asked.scenario.model_copy(update={"directives": kept}), asked.start)

    for term, value, words in TERMS:
        if any(getattr(text, term).value != value for text in asked.directives):
            yield pulled(words, _changed(asked, {name: _with_term(text, term, value) for name, text in _drafts(asked)}))
    silent = {name: text for name, text in _drafts(asked) if text.scope.otherwise == "silent"}
    for word, words in (("out", "leaves out"), ("in", "covers")):
        if silent:
            scoped = {name: text.model_copy(update={"scope": text.scope.model_copy(update={"otherwise": word})})
                      for name, text in silent.items()}  # fmt: skip
            yield pulled(f"Say that it {words} those of whom it is silent", _changed(asked, scoped))
    for name, text in _drafts(asked) if len(asked.drafts) > 1 else ():
        yield pulled(f"Leave out “{text.title}”", asked.world, [one for one in asked.drafts if one != name])
    yield from (pulled(words, world) for words, world in _capacity(asked, breaks))
    for name, lever in asked.world.levers.items():
        if set(lever.amends) & set(asked.drafts):
            yield pulled(lever.title, amended(asked.world, name))


def _drafts(asked: Question) -> list[tuple[str, Directive]]:
    return list(zip(asked.drafts, asked.directives, strict=True))


def _with_term(text: Directive, term: str, value: float) -> Directive:
    return text.model_copy(update={term: getattr(text, term).model_copy(update={"value": value})})


def _changed(asked: Question, texts: dict[str, Directive]) -> World:
    return asked.world.model_copy(update={"directives": {**asked.world.directives, **texts}})


def _capacity(asked: Question, breaks: pd.DataFrame) -> Iterator[tuple[str, World]]:
    """What each limit of capacity is short of at the worst, there on the day of the draft."""
    (name, text), *_ = _drafts(asked)
    delay = Quantity(value=0.0, unit="days", source=NOW)
    for (kind, what), rows in breaks[breaks["kind"].isin([POOL, DESK])].groupby(["kind", "what"], sort=True):
        parts = rows[rows["area"] != "everywhere"] if len(rows) > 1 else rows
        parts = parts[parts["short"] > 0.0]
        if parts.empty:
            continue
        said = title(asked.world, str(kind), str(what))
        if kind == DESK:
            agency, _, unit = str(what).partition(".")
            entry = asked.world.agencies[agency].units[unit]
            heads = float(np.ceil(parts["short"].iloc[0] / (WEEK * entry.hours.value)))
            more = Staffing(amount=Quantity(value=heads, unit="persons", source=NOW), delay=delay)
            changed = text.model_copy(update={"staff": {**text.staff, str(what): more}})
            yield f"{heads:,.0f} more: {said}", _changed(asked, {name: changed})
            continue
        row = asked.world.resources[str(what)]
        each = WEEK if row.kind == "flow" else 1
        unit = (row.amount or next(iter(row.amounts.values()))).unit
        extra = {area: Quantity(value=float(np.ceil(short / each)), unit=unit, source=NOW)
                 for area, short in zip(parts["area"], parts["short"], strict=True)}  # fmt: skip
        one = next(iter(extra.values())) if row.amount else None
        increase = Increase(amount=one, amounts={} if row.amount else extra, delay=delay)
        changed = text.model_copy(update={"resources": {**text.resources, str(what): increase}})
        total = sum(quantity.value for quantity in extra.values())
        yield f"{total:,.0f} more: {said}", _changed(asked, {name: changed})
