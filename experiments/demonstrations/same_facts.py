"""Same facts, two agencies: Claudia's file before the desks that had a say."""

from experiments.parallel import Progress
from model.explain import explain_in, load_case, run_to
from model.world.loader import load

CASE = "claudia"
FIGURES = {"charge": "charge", "attorneys": "review", "adjudicators": "t-visa"}


def same_facts(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """The chance of a favourable decision before the typical officer of each desk.

    Returns:
        Shares: ``charge`` (deportation officers do not charge her), ``attorneys`` (ICE's trial attorneys offer
        closure), ``adjudicators`` (USCIS grants the T visa).
    """
    world = load()
    file = load_case(CASE, world)
    model = run_to(world, file.scenario, file.on, seed, scale, progress)
    found = {one.stage: one.probability for one in explain_in(model, file)}
    return {key: found[stage] for key, stage in FIGURES.items()}
