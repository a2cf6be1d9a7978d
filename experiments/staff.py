"""The people of a model as tables: who reports to whom, and where everybody stands today.

>>> from model import BureaucracyModel
>>> model = BureaucracyModel("daca-2012", scale=0.002, rng=1)
>>> staff = people(model)
>>> staff.groupby("kind").size().to_dict() == {"manager": len(model.managers), "officer": len(model.officers)}
True
>>> bool(standing(model).set_index("id").loc["o0", "culture"] == model.officers[0].culture)
True
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from model import BureaucracyModel
from model.agencies.officers import office_names
from model.schema import World

MANAGER, OFFICER = "manager", "officer"


def people(model: BureaucracyModel) -> pd.DataFrame:
    """Who there is: managers from the heads downwards, then officers. Nothing of it changes in a run, but by
    removing or replacing somebody.

    Returns:
        ``id`` (``m`` or ``o`` and the row), ``kind``, ``title``, ``agency``, ``unit`` and ``office`` (empty for the
        head of an agency), ``level`` (0 for a head) and ``above``, the id of the manager reported to.
    """
    world, managers = model.world, model.hierarchy.managers
    agencies, units, offices = list(world.agencies), world.units(), [name for _, name in office_names(world)]
    levels, there = _levels(managers.parent), ~model.desks.vacant
    called = {name: unit_title(world, name) for name in units}
    rows = [
        (f"m{row}", MANAGER, title, agencies[agency], units[unit] if unit >= 0 else "",
         offices[office] if office >= 0 else "", levels[row], f"m{parent}" if parent >= 0 else "")
        for row, (title, agency, unit, office, parent) in enumerate(
            zip(model.hierarchy.titles, managers.agency, managers.unit, managers.office, managers.parent, strict=True)
        )
        if not model.hierarchy.gone[row]
    ]  # fmt: skip
    rows += [
        (f"o{row}", OFFICER, called[units[unit]], units[unit].split(".")[0], units[unit], offices[office],
         levels[above] + 1, f"m{above}")
        for row, unit, office, above in zip(
            np.flatnonzero(there), model.desks.unit[there], model.desks.office[there], model.hierarchy.above[there],
            strict=True,
        )
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "kind", "title", "agency", "unit", "office", "level", "above"])


def unit_title(world: World, unit: str) -> str:
    """A unit by its agency and its own title.

    >>> from model import load
    >>> unit_title(load(), "ice.attorneys"), unit_title(load(), "usao.attorneys")
    ('ICE trial attorneys', 'USAO attorneys (AUSAs)')
    """
    agency, _, name = unit.partition(".")
    title = world.agencies[agency].units[name].title
    return f"{world.agencies[agency].title} {title[0].lower()}{title[1:]}"


def _levels(parent: npt.NDArray[np.int64]) -> list[int]:
    levels: list[int] = []
    for above in parent:
        levels.append(0 if above < 0 else levels[above] + 1)
    return levels


def exposure(model: BureaucracyModel, directive: str) -> npt.NDArray[np.float64]:
    """How far a directive has reached everybody, 0 to 1, in the order of `people`; nobody if it is not issued here."""
    if directive not in model.directive_names:
        return np.zeros(len(culture(model)))
    at = model.directive_names.index(directive)
    return _of_those_there(model, model.endorsement.endorsed[:, at], model.desks.exposure[:, at])


def culture(model: BureaucracyModel) -> npt.NDArray[np.float64]:
    """Everybody's leaning in log-odds, negative towards enforcement, in the order of `people`."""
    return _of_those_there(model, model.hierarchy.managers.orientation, model.desks.orientation)


def _of_those_there(
    model: BureaucracyModel, managers: npt.NDArray[np.float64], officers: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    return np.concatenate([managers[~model.hierarchy.gone], officers[~model.desks.vacant]])


def standing(model: BureaucracyModel) -> pd.DataFrame:
    """Where everybody stands today.

    Returns:
        In the order of `people`: ``id``, ``culture`` (log-odds), ``numbers`` (for a manager the share of emphasis that
        goes to numbers, for an officer the strongest pressure of a metric), ``backlog`` (months of work; missing for
        managers), ``lenient`` and ``expected`` (an officer's own fading record, in decisions: what was lenient, and
        what the unit would have made of as many), and a column for each directive of the scenario, its exposure.
    """
    none = np.full(len(model.hierarchy.titles), np.nan)
    pressure = model.desks.pressure.max(axis=1, initial=0.0)
    return pd.DataFrame(
        {
            "id": [f"m{row}" for row in np.flatnonzero(~model.hierarchy.gone)]
            + [f"o{row}" for row in np.flatnonzero(~model.desks.vacant)],
            "culture": culture(model),
            "numbers": _of_those_there(model, model.emphasis, pressure),
            "backlog": _of_those_there(model, none, model.desks.backlog),
            "lenient": _of_those_there(model, none, model.records.lenient),
            "expected": _of_those_there(model, none, model.records.expected),
            **{name: exposure(model, name) for name in model.directive_names},
        }
    )
