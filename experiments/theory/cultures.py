"""T02, T03, T07: what an agency's culture does to the same text, the same facts, and to change."""

import numpy as np

from experiments.theory.lab import MEMO, Lab, early, effect, effect_in_log_odds, free, spread
from experiments.traced_runs import Traced

SWAP = {"review": "uscis.centres", "u-visa": "ice.attorneys"}
"""Two decisions, each in the hands of the other agency."""
STAGE = "custody"
"""A decision that every deportation officer makes, and that is not a foregone conclusion."""


def agreement(lab: Lab) -> dict[str, float]:
    """T02: a directive that agrees with the culture is taken up faster than one that cuts against it.

    Source: Rabin 2014, Parts III to V.

    Design: the text of June 2011, issued to one agency alone, once asking for leniency and once, of the same people,
    for severity. Severity agrees with ICE and leniency with USCIS. Each against no directive.

    Refuted if at either agency the text that cuts against the culture has moved decisions as far within eight weeks.

    Measured: the change in log-odds of the mean chance of leniency over the same cases, in the direction asked for,
    within eight weeks: with the culture less against it.
    """
    found = {}
    for title, agency, agrees in (("ICE", "ice", -1), ("USCIS", "uscis", 1)):
        reached = {}
        for direction in (agrees, -agrees):
            text = lab.text(MEMO, direction=direction, to=[agency])
            both = early(free(lab.run({MEMO: text}), lab.run({}), agency), text.start)
            reached[direction] = direction * effect_in_log_odds(both)
        found[f"lead of agreement at {title}"] = reached[agrees] - reached[-agrees]
    return found


def same_facts(lab: Lab) -> dict[str, float]:
    """T03: two agencies with the same facts decide differently.

    Source: Rabin 2014, Part II: ICE prosecuted for two years whom USCIS granted a visa, each under a law of its own.
    Here the law is the same as well, so that culture alone is left.

    Design: two decisions change hands and nothing else: ICE's review for prosecutorial discretion goes to the
    adjudicators of USCIS, and USCIS's U visas go to the trial attorneys of ICE. No directive asks for anything.

    Refuted if either decision comes out no more leniently at USCIS than at ICE.

    Measured: the mean chance of leniency at USCIS less that at ICE, over the same cases.
    """
    move = lab.text(MEMO, to=[], moves=SWAP)
    swapped, usual = lab.run({MEMO: move}), lab.run({})
    return {
        "review, at USCIS less at ICE": effect(free(swapped, usual, "ice", "review")),
        "U visas, at USCIS less at ICE": -effect(free(swapped, usual, "uscis", "u-visa")),
    }


def formation(lab: Lab) -> dict[str, float]:
    """T07: the earlier the formation and the stronger the mission, the smaller the spread and the slower the change.

    Source: Wilson 1989, pp. 68 and 101 (Rabin 2014, Parts III.A and IV), of formation and mission; spread and slowness
    are a reading of theirs.

    Design: ICE as it is, and ICE with the formation and the sense of mission of the agency of the world that has the
    least of each; both with the memos of June 2011, which cut against its culture, and without.

    Refuted if the loosely formed agency's officers are no further apart, are moved no further by the memos, or change
    no more of their leaning in the course of the watch.

    Measured, loosely less strongly formed: the standard deviation over officers of the mean chance of leniency in
    custody decisions without a directive; the change in log-odds by the memos, over the same cases; the mean change of
    an officer's leaning from the first day to the last, in log-odds.
    """
    cultures = [agency.culture for agency in lab.world.agencies.values()]
    loose = {
        f"agencies.ice.culture.{part}": min(getattr(culture, part).value for culture in cultures)
        for part in ("formation", "mission")
    }
    text = {MEMO: lab.text(MEMO)}
    usual, other = lab.run({}), lab.run({}, loose)
    moved = [
        effect_in_log_odds(free(lab.run(text, settings), nothing, "ice"))
        for settings, nothing in ((None, usual), (loose, other))
    ]
    return {
        "spread of officers": _apart(other) - _apart(usual),
        "moved by the memos": moved[1] - moved[0],
        "change of leanings": _changed(other) - _changed(usual),
    }


def _apart(run: Traced) -> float:
    """How far officers are apart in custody decisions that the law leaves to them."""
    made, stage = run.decisions, run.model.stage_names.index(STAGE)
    officers = made[(made["stage"] == stage) & (made["bound"] == 0)].groupby("officer")["p"]
    return spread(officers.mean(), officers.size())


def _changed(run: Traced) -> float:
    """How far the leanings of ICE's officers are from where they were on the first day."""
    units = [at for at, unit in enumerate(run.model.world.units()) if unit.startswith("ice.")]
    own = np.isin(run.model.desks.unit, units)
    return float(np.abs(run.model.desks.orientation - run.trace.leanings)[own].mean())
