"""The pre-mortem tried on the record, as its page tells it."""

from functools import cache

from docs.tables.markdown import table
from docs.tables.stamps import fingerprint, stamped
from experiments.premortem.backtest import BackTest, back_test
from experiments.premortem.episode_files import episodes
from experiments.premortem.question import question
from experiments.smallest import FEWEST_DRAWS
from model.schema import World
from model.world.loader import load
from model.world.streams import read
from viz.reports.backtest import HEAD, VERDICTS, counts, rows_of

DRAWS, EACH, DAYS, PROBED = FEWEST_DRAWS, 2, 100, "patrol-2013"


def warnings(world: World) -> str:
    """A table an episode, and how often each verdict."""
    found = {name: _of(name, DRAWS) for name in episodes()}
    parts = [f"Made with {stamp(world)}."]
    for name, one in found.items():
        told = episodes()[name]
        parts += [
            f"### {told.title}",
            f"{len(one.tries.seeds)} pairs at scale {one.scale:g}, {one.tries.draws} draws, from {one.asked.start} to "
            f"{one.asked.scenario.end}, in `{one.asked.into}`. {len(one.knew)} parameters rest on later facts "
            f"({', '.join(told.later)}) and could not be set back"
            + (f"; priors of {' and '.join(told.priors)} were drawn." if told.priors else "."),
            table(HEAD, rows_of(one)),
        ]  # fmt: skip
    rows = [[name, *(str(counts(one.table)[name][verdict]) for verdict in VERDICTS)] for name, one in found.items()]
    return "\n\n".join([*parts, "### Counted", table(["episode", *VERDICTS], rows)])


def stamp(_world: World) -> str:
    """The episodes and what of their worlds they read, and a probe."""
    told = list(episodes().values())
    asked = [question(one.drafts, load(one.world), days=DAYS) for one in told]
    parts = [read(one.world, one.scenario) for one in asked]
    return stamped("content", [*told, *parts, *(one.scenario for one in asked)], _probe())


@cache
def _probe() -> str:
    found = _of(PROBED, 1)
    return fingerprint({f"{row['agency']} {row['by']} {row['group']}": row["shift"]
                        for row in found.tries.shift.to_dict("records")})  # fmt: skip


def _of(name: str, draws: int) -> BackTest:
    return back_test(name, episodes()[name], draws=draws, replications=EACH, days=DAYS)
