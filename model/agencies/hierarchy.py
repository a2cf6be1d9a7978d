"""Who reports to whom: a network of managers, down which directives travel a step a day."""

from dataclasses import dataclass
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

from model.agencies.officers import Desks, Offices, cultures, office_names
from model.cases.draws import Floats, normals, purpose
from model.schema import World

Numbers = npt.NDArray[np.int64]


class Managers(NamedTuple):
    """One row a manager, heads before those who report to them.

    Attributes:
        parent: the manager above, -1 for the head of an agency.
        agency, unit, office: codes; unit and office are -1 for a head.
        judged: how far judged by numbers, 0 to 1.
        orientation: leaning, in log-odds.
        mission: steepness of unwillingness, from the unit's culture.
        part: one over the managers below the head in the chain to which this one belongs; 1 for a head.
    """

    parent: Numbers
    agency: Numbers
    unit: Numbers
    office: Numbers
    judged: Floats
    orientation: Floats
    mission: Floats
    part: Floats


@dataclass(frozen=True)
class Hierarchy:
    """The managers of a world at a scale.

    Attributes:
        managers: the managers as columns.
        titles: what each is called.
        above: for each officer, the manager whom they report to.
        gone: managers whose post is vacant (`model.posts`); those below report past them.
    """

    managers: Managers
    titles: list[str]
    above: Numbers
    gone: npt.NDArray[np.bool_]

    def graph(self) -> nx.DiGraph:
        """The managers as a directed graph from heads downwards, nodes numbered by row."""
        graph = nx.DiGraph()
        there = np.flatnonzero(~self.gone).tolist()
        for row in there:
            graph.add_node(row, title=self.titles[row], agency=int(self.managers.agency[row]))
        parent = self.managers.parent
        graph.add_edges_from((int(parent[row]), row) for row in there if parent[row] >= 0)
        return graph


def build(world: World, offices: Offices, desks: Desks, seed: int) -> Hierarchy:
    """The managers and the reporting lines of a world."""
    rows: list[tuple[int, int, int, int, float]] = []
    titles: list[str] = []
    above = np.full(len(desks.unit), -1, dtype=np.int64)
    names = office_names(world)
    agency_of = [unit.split(".")[0] for unit, _ in names]
    for code, (agency_name, agency) in enumerate(world.agencies.items()):
        chain = [agency.levels[level] for level in agency.chain()]
        head = _add(rows, titles, (-1, code, -1, -1, 0.0), chain[0].title)
        for office in (at for at, name in enumerate(agency_of) if name == agency_name):
            unit, above_here = int(offices.unit[office]), [head]
            officers = np.arange(offices.first[office], offices.first[office] + offices.size[office])
            reports_to = np.full(len(officers), head, dtype=np.int64)
            for level in chain[1:]:
                groups = 1 if level.span is None else max(1, int(np.ceil(len(officers) / level.span.value)))
                judged = level.judged_by_numbers.value if level.judged_by_numbers else 0.0
                made = [
                    _add(
                        rows, titles,
                        (above_here[place * len(above_here) // groups], code, unit, office, judged),
                        f"{level.title}, {names[office][1]}",
                    )
                    for place in range(groups)
                ]  # fmt: skip
                reports_to = np.array(made)[np.arange(len(officers)) * groups // len(officers)]
                above_here = made
            above[officers] = reports_to
    gone = np.zeros(len(rows), dtype=np.bool_)
    return Hierarchy(_managers(world, offices, rows, titles, seed), titles, above, gone)


def _add(rows: list[tuple[int, int, int, int, float]], titles: list[str], row: tuple[int, int, int, int, float],
         title: str) -> int:  # fmt: skip
    rows.append(row)
    titles.append(title)
    return len(rows) - 1


def _managers(world: World, offices: Offices, rows: list[tuple[int, int, int, int, float]], titles: list[str],
              seed: int) -> Managers:  # fmt: skip
    parent, agency, unit, office = (np.array([row[at] for row in rows], dtype=np.int64) for at in range(4))
    own = cultures(world)
    heads = [a.culture for a in world.agencies.values()]
    culture = [heads[a] if u < 0 else own[u] for a, u in zip(agency, unit, strict=True)]
    history = np.where(office >= 0, offices.history[np.maximum(office, 0)], 0.0)
    spread = np.array([c.spread.value * (1.0 - c.formation.value) for c in culture])
    keys = np.array(
        [purpose("manager", a, u, o, t) for a, u, o, t in zip(agency, unit, office, _ranks(titles), strict=True)]
    )
    own_leaning = spread * normals(np.uint64(seed), keys.astype(np.uint64), purpose("leaning"))
    return Managers(
        parent, agency, unit, office,
        judged=np.array([row[4] for row in rows]),
        orientation=np.array([c.orientation.value for c in culture]) + history + own_leaning,
        mission=np.array([c.mission.value for c in culture]),
        part=np.where(parent < 0, 1.0, _parts(world)[agency]),
    )  # fmt: skip


def _parts(world: World) -> Floats:
    """One over the levels of managers below the head, by agency."""
    return np.array([1.0 / max(1, len(agency.levels) - 1) for agency in world.agencies.values()])


def _ranks(titles: list[str]) -> list[str]:
    """Titles made unique by counting those before of the same name, so that a manager's key outlasts changes."""
    seen: dict[str, int] = {}
    ranks = []
    for title in titles:
        seen[title] = seen.get(title, -1) + 1
        ranks.append(f"{title}/{seen[title]}")
    return ranks
