"""The arguments of a model, read or refused: a scenario, a share, a last day."""

from datetime import date
from numbers import Real

from model.errors import InputError
from model.schema import Scenario, World


def scenario_of(world: World, scenario: str | Scenario) -> Scenario:
    """A scenario by name, or one of one's own whose directives the world knows."""
    if isinstance(scenario, Scenario):
        for name in scenario.directives:
            if name not in world.directives:
                raise InputError("no such directive", where="scenario", found=name, known=world.directives)
        return scenario
    if not isinstance(scenario, str) or scenario not in world.scenarios:
        raise unknown_scenario(world, scenario, "scenario")
    return world.scenarios[scenario]


def unknown_scenario(world: World, name: object, where: str = "scenario") -> InputError:
    """What is said of a scenario that a world does not have; the file of a directive is none, and is told its way."""
    told = InputError("no such scenario", where=where, found=name, known=world.scenarios)
    if isinstance(name, str) and name.endswith(".toml"):
        told = InputError("a file where the name of a scenario belongs", where=where, found=name, allowed=(
            f"{told.allowed}; a directive of your own is tried by: discretion premortem {name}; "
            "a scenario of your own stands in scenarios/ of a folder that --world names"
        ))  # fmt: skip
    return told


def share_of_all(scale: float) -> float:
    """The share of the real system that is simulated.

    >>> share_of_all(1)
    1.0
    """
    if not isinstance(scale, Real) or isinstance(scale, bool) or not 0.0 < scale <= 1.0:
        raise InputError("a scale is above 0 and at most 1", where="scale", found=scale, allowed="0 < scale <= 1")
    return float(scale)


def last_day(scenario: Scenario, until: date | str | None) -> date:
    """The last day of the watch: the scenario's, or an earlier one."""
    if until is None:
        return scenario.end
    day = _day(until)
    if not scenario.start <= day <= scenario.end:
        raise InputError(
            "the last day is outside the scenario", where="until", found=str(until),
            allowed=f"{scenario.start} to {scenario.end}",
        )  # fmt: skip
    return day


def _day(until: object) -> date:
    """A day that was given as a date, as a time of that day, or as a text.

    >>> from datetime import datetime
    >>> _day("2012-02-15") == _day(datetime(2012, 2, 15, 9)) == date(2012, 2, 15)
    True
    """
    try:
        return date.fromisoformat(str(until)[:10] if isinstance(until, date) else str(until))
    except ValueError:
        raise InputError("not a day", where="until", found=until, allowed="a day such as 2012-02-15") from None
