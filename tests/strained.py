"""A border in which everything that the world's files can say comes to pass within a few months, at a small scale.

Some of it comes to pass in no world that ships: children have no convictions, and nothing is counted at the Border
Patrol, the courts and ORR, so that what is said there of convictions and of numbers waits for a world that has them.
"""

from datetime import date, timedelta

from model import load
from model.schema import Between, Condition, Directive, Scenario, Scope, World

START = date(2018, 4, 2)
LATER = {"directors-review-2017": 45, "injunction-2018": 50, "injunction-noticed": 62}
"""Days until the director reviews releases, and until the orders to reunite, once children have been apart a while."""
UNITS = ("cbp.units.agents", "usao.units.attorneys", "courts.units.magistrates", "ice.units.border",
         "orr.units.intake", "orr.units.case-managers", "orr.units.specialists", "orr.units.director")  # fmt: skip
VISIBLE = {
    "society.least_staff": 14,
    "agencies.usao.units.attorneys.hours": 0.25,
    "stages.felony.lapse": 10,
    "stages.handover.threshold": 4,
    "stages.sentencing.unfavourable.1.lag.most": 60,
    **{f"stages.sentencing.favourable.{edge}.lag.{key}": days
       for edge in (1, 2) for key, days in (("mean", 25), ("most", 30))},
    "agencies.usao.units.attorneys.local.SDCA": -1,
    "resources.attorney-hours.amounts.SDCA": 6000,
    "resources.attorney-hours.amounts.SDTX": 150,
    "resources.court-slots.amounts.SDCA": 80,
    "resources.orr-beds.amount": 8000,
    "mixes.adults.circumstances.contagious": 0.3,
    "mixes.families.numbers.prior_removals.once": 0.3,
    "mixes.families.companions.2": 0.4,
    "mixes.other-crime.lawyer_released": 0.7,
    "directives.hires-2018.resources.attorney-hours.delay": 40,
    "directives.capacity-2018.resources.attorney-hours.delay": 50,
    "directives.zero-tolerance-consulted.resources.attorney-hours.delay": 45,
    "directives.capacity-2018.resources.court-slots.delay": 55,
    "directives.capacity-2018.resources.marshals-beds.delay": 60,
    "directives.capacity-2018.resources.orr-beds.delay": 65,
    **{f"mixes.{mix}.lawyer_released": 0.3
       for mix in ("adults", "families", "family-children", "unaccompanied", "in-care")},
    **{f"agencies.{unit}.habit": 0.7 for unit in UNITS},
    **{f"agencies.{unit}.turnover": 0.9 for unit in UNITS},
}  # fmt: skip
"""Few officers with little time, few beds and hours, some lawyers; custom that leaves some cases unseen."""
COUNTED = {"cbp": "referral", "courts": "sentencing", "orr": "placement"}
"""Decisions that are counted here and in no world that ships, so that managers are judged by numbers."""


def strained(world: World) -> World:
    """The shipped world with `VISIBLE` settings, and with every directive of the border issued in its first weeks."""
    issued = {name: _issued(name, at, world.directives[name]) for at, name in enumerate(_names(world))}
    trains = world.directives["training-2012"].model_copy(
        update={"to": list(world.agencies), "direction": -1, "authority": "economic", "start": START, "end": None,
                "supersedes": []}
    )  # fmt: skip
    pattern = world.metrics["entry-prosecutions"]
    counted = {
        f"counted-{agency}": pattern.model_copy(
            update={"agency": agency, "stage": stage, "presses": [stage], "in_force": True}
        )
        for agency, stage in COUNTED.items()
    }
    alone = world.mixes["unaccompanied"]
    levels = alone.levels.model_copy(update={"shares": {"none": 0.8, "level-3": 0.2}})
    return world.model_copy(
        update={
            "mixes": {**world.mixes, "unaccompanied": alone.model_copy(update={"levels": levels})},
            "directives": {**world.directives, **issued, "probe": trains},
            "metrics": {**world.metrics, **counted},
        }
    )


def scenario() -> Scenario:
    """All directives of the border together."""
    names = [*_names(load()), "probe"]
    end = START + timedelta(days=104)
    return Scenario(title="all", question="?", start=START, end=end, streams=["border"], directives=names)


def _names(world: World) -> list[str]:
    """The directives of scenarios of the border."""
    streams = [row for row in world.scenarios.values() if row.streams == ["border"]]
    return sorted({name for row in streams for name in row.directives})


def _issued(name: str, at: int, row: Directive) -> Directive:
    """A directive of the border that speaks of everybody, ends, bars and asks nothing, and begins soon."""
    everybody = [Condition(age=Between(min=0))]
    start = START + timedelta(days=LATER.get(name, at % 12))
    scope = Scope(**{"in": everybody, "out": [], "otherwise": "silent"})
    changed = {"start": start, "end": None, "supersedes": [], "imposes": [], "scope": scope}
    return row.model_copy(update={**changed, "consults": {}, "answers": []})
