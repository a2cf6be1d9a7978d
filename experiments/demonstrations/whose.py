"""Where should discretion live: the same review of the same docket, in other hands."""

from datetime import date

from experiments.parallel import Progress, one_of
from experiments.rates import rates
from model import BureaucracyModel
from model.schema import World
from model.world.levers import amended
from model.world.loader import load

SCENARIO, UNTIL = "record-2013", date(2013, 3, 31)
REVIEW, DACA = "review", "daca"
LEVERS = {"prosecutors": "", "adjudicators": "uscis-review", "daca-at-ice": "daca-at-ice"}


def whose(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """Leniency in two programmes, decided where they were, and decided by the other agency.

    Returns:
        Shares favourable: ``prosecutors``: of the cases that ICE's attorneys reviewed from November 2011 on;
        ``adjudicators``: of the same review, had USCIS adjudicators made it; ``daca``: of the DACA requests that USCIS
        decided; ``daca-at-ice``: of the same requests, had ICE decided them.
    """
    figures: dict[str, float] = {}
    for at, (key, lever) in enumerate(LEVERS.items()):
        days = one_of(progress, at, len(LEVERS))
        world = amended(load(), lever) if lever else load()
        model = BureaucracyModel(SCENARIO, scale, seed, world=world, until=UNTIL).run(days)
        figures[key] = _rate(model, world, DACA if lever == "daca-at-ice" else REVIEW)
        if not lever:
            figures["daca"] = _rate(model, world, DACA)
    return {key: figures[key] for key in ("prosecutors", "adjudicators", "daca", "daca-at-ice")}


def _rate(model: BureaucracyModel, world: World, stage: str) -> float:
    outcomes = model.recorder.outcomes()
    since = world.directives["review-2011"].start
    decided = outcomes[(outcomes["stage"] == stage) & (outcomes["week"].dt.date >= since)]
    return float(rates(decided, ["stage"])["rate"].iloc[0]) if len(decided) else float("nan")
