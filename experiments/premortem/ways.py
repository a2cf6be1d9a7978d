"""What could be done otherwise than a draft does: in its wording, its scope, its parts, in capacity, by levers."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from experiments.levers.choice import Pulled
from experiments.premortem.breaks import title
from experiments.premortem.question import Question
from experiments.premortem.weeks import DESK, POOL, WEEK
from model.schema import Directive, Quantity, World
from model.schema.directive import Increase, Staffing
from model.world.levers import amended

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
NOW = "assumed: there on the day of the draft"


def ways(asked: Question, breaks: pd.DataFrame) -> Iterator[Pulled]:
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
            yield f"{heads:,.0f} more officers: {said}", _changed(asked, {name: changed})
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
        yield (
            f"{total:,.0f} more {unit}{' a day' if row.kind == 'flow' else ''}: {said}",
            _changed(asked, {name: changed}),
        )
