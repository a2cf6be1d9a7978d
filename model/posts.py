"""Posts: who sits at which desk and who manages whom, when agents are removed, replaced or added.

A post is a row of the desks or of the hierarchy, and outlasts whoever holds it. While a desk is vacant its cases fall
to others of the office (`model.day.queues.desk_in`); while a manager's post is vacant, those who reported there report
to the next above. Who takes a post over takes it as it stands: leaning, hours, and as a
successor the queue.
"""

from typing import TYPE_CHECKING, cast

import mesa
import numpy as np

from model.agents import Manager, Officer, Post, role
from model.day.intake import hand_on
from model.errors import InputError, Words

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


class Posts:
    """Who holds each post of a model, and what follows when a post is taken or left.

    The agents are made when somebody first asks for one: a run decides in columns, and needs none of them.
    """

    def __init__(self, model: "BureaucracyModel") -> None:
        """Every post is to be filled, by the agent type of its role."""
        lines = model.hierarchy
        self.model = model
        self.filled = False
        self._officers: list[Officer | None] = [None] * len(model.desks.unit)
        self._managers: list[Manager | None] = [None] * len(lines.titles)
        self._above, self._parent = lines.above.copy(), lines.managers.parent.copy()
        units, words = [u for a in model.world.agencies.values() for u in a.units.values()], model.world.words.roles
        self._roles = [role(u.role, words[u.role].title, words[u.role].about) for u in units]

    @property
    def officers(self) -> list[Officer | None]:
        """By row, who is there; None where the desk is vacant."""
        self.fill()
        return self._officers

    @property
    def managers(self) -> list[Manager | None]:
        """By row, who is there; None where the post is vacant."""
        self.fill()
        return self._managers

    def fill(self) -> None:
        """An agent for every post, of the role that its unit has; once."""
        if self.filled:
            return
        self.filled = True
        for row, unit in enumerate(self.model.desks.unit):
            self._roles[unit](self.model, row)
        for row in range(len(self._managers)):
            Manager(self.model, row)

    def take(self, agent: Post) -> None:
        """Somebody takes a post that is free; raises InputError if it is not, or not theirs to take."""
        posts, row = self._of(agent), agent.row
        self._check(posts, type(agent), row)
        if posts[row] is not None:
            raise InputError(
                "the post is taken", where=f"{type(agent).__name__}(model, row)", found=row,
                allowed=f"{self._free(posts)}; or replace whoever is there: agent.replace(...)",
            )  # fmt: skip
        posts[row] = agent
        if isinstance(agent, Officer):
            if self.model.desks.vacant[row]:
                self._seat(row, vacant=False)
        elif self.model.hierarchy.gone[row]:
            self._report(row, gone=False)

    def leave(self, agent: Post) -> None:
        """Somebody leaves, and the post is vacant; raises InputError if nobody could take over the work."""
        model, row = self.model, agent.row
        if isinstance(agent, Officer):
            here = model.desks.office == model.desks.office[row]
            if here.sum() - model.desks.vacant[here].sum() == 1:
                raise InputError(
                    "the last officer of an office cannot leave: nobody would decide its cases", where="remove",
                    found=Words(f"{agent.title} {row}, {agent.unit}, {agent.office}"),
                    allowed="another officer: replace(...), or fill a vacant desk of the office first",
                )  # fmt: skip
            self._seat(row, vacant=True)
            self._starts_anew(row)
            self._hand_over(row)
        elif self._parent[row] < 0:
            raise InputError(
                "the head of an agency cannot leave: every directive comes down from there", where="remove",
                found=Words(agent.title), allowed="another head: replace(...)",
            )  # fmt: skip
        else:
            self._report(row, gone=True)
        self._of(agent)[row] = None

    def succeed(self, old: Post, kind: type[Post], culture: float | None) -> Post:
        """A successor, of the same role and perhaps of another leaning, takes over a post; returns the successor."""
        posts, row = self._of(old), old.row
        self._check(posts, kind, row)
        if culture is not None:
            old.culture = culture
        posts[row] = None
        mesa.Model.deregister_agent(self.model, old)
        try:
            new = kind(self.model, row)
        except Exception:
            if posts[row] is not None:
                mesa.Model.deregister_agent(self.model, posts[row])
            posts[row] = old
            mesa.Model.register_agent(self.model, old)
            raise
        if isinstance(new, Officer):
            self._starts_anew(row)
        return new

    def _starts_anew(self, row: int) -> None:
        """Nobody has a record of what was decided at a desk before them."""
        self.model.records.lenient[row] = self.model.records.expected[row] = 0.0

    def _hand_over(self, row: int) -> None:
        """What waits at a desk that has become vacant is handed on, and hours overdrawn there are forgotten.

        Where officers share hours, the queue and what is overdrawn stay theirs.
        """
        model, office = self.model, self.model.desks.office[row]
        if model.offices.shares[office] < 0:
            model.credit[row] = 0.0
            hand_on(row, office, model.ways, model.traffic)
            model.waiting.hours[row] = 0.0

    def holds(self, agent: Post) -> bool:
        """Whether an agent is at its post."""
        return self._of(agent)[agent.row] is agent

    def manager(self, row: int) -> Manager:
        """The manager at a row to whom somebody reports, which no vacant post is."""
        return cast(Manager, self.managers[row])

    def _of(self, agent: Post) -> list[Post | None]:
        return cast(list[Post | None], self.officers if isinstance(agent, Officer) else self.managers)

    def _check(self, posts: list[Post | None], kind: type[Post], row: object) -> None:
        """A row that is a post, and a class that may hold it."""
        if not isinstance(row, int | np.integer) or isinstance(row, bool) or not 0 <= row < len(posts):
            raise InputError(
                "no such post: an agent takes a desk that there is", where=f"{kind.__name__}(model, row)", found=row,
                allowed=f"{self._free(posts)}; more desks are the staff of a unit, in the world",
            )  # fmt: skip
        role = self._roles[self.model.desks.unit[row]] if posts is self.officers else Manager
        if not issubclass(kind, role):
            raise InputError(
                "a post of another role", where=f"row {row}", found=Words(kind.__name__),
                allowed=f"{role.__name__}, or a class of your own made from it",
            )  # fmt: skip

    @staticmethod
    def _free(posts: list[Post | None]) -> str:
        free = [str(row) for row, held in enumerate(posts) if held is None]
        return f"a vacant post: {', '.join(free[:10])}" if free else "a vacant post, of which there is none"

    def _seat(self, row: int, vacant: bool) -> None:
        """A desk is vacant or not."""
        self.model.desks.vacant[row] = vacant

    def _report(self, row: int, gone: bool) -> None:
        """Everybody reports to the nearest of those above who is there."""
        lines = self.model.hierarchy
        lines.gone[row] = gone
        for drawn, now in ((self._parent, lines.managers.parent), (self._above, lines.above)):
            now[:] = drawn
            while (past := (now >= 0) & lines.gone[now]).any():
                now[past] = self._parent[now[past]]
