"""On which days a world has cases, by mix and by stream; and which streams a scenario watches."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from model.errors import InputError, Words
from model.schema import Mix, Scenario, World

Span = tuple[date, date]
"""A first and a last day."""
DAY = timedelta(days=1)
Where = Callable[[Iterable[object]], str]


def arrivals_of(world: World, mix: Mix) -> list[Span]:
    """The days on which cases of a mix come, in order and without gaps inside; none of what is pending at the start."""
    if mix.leader is not None:
        return arrivals_of(world, world.mixes[mix.leader])
    if mix.counts is not None:
        series = world.series[mix.counts.series]
        return [(series.first_day, series.carried_until or series.last_day)]
    return joined((period.first, period.last) for period in mix.periods)


def arrivals_in(world: World, stream: str) -> list[Span]:
    """The days on which cases of a stream come."""
    return joined(span for mix in mixes_of(world, [stream]).values() for span in arrivals_of(world, mix))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that meet or follow on each other as one."""
    whole: list[Span] = []
    for first, last in sorted(spans):
        if whole and first <= whole[-1][1] + DAY:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    return whole


def missing(spans: list[Span], first: date, last: date) -> list[Span]:
    """The days from ``first`` to ``last`` that no span holds."""
    found = []
    for start, end in spans:
        found.append((first, min(start - DAY, last)))
        first = max(first, end + DAY)
    return [span for span in [*found, (first, last)] if span[0] <= span[1]]


def meet(spans: list[Span], first: date, last: date) -> bool:
    """Whether some day from ``first`` to ``last`` lies in a span."""
    return any(start <= last and first <= end for start, end in spans)


def told(spans: list[Span]) -> str:
    """Days in words.

    >>> told([(date(2009, 10, 1), date(2014, 9, 30))]), told([])
    ('2009-10-01 to 2014-09-30', 'no day')
    """
    return " and ".join(f"{first} to {last}" for first, last in spans) or "no day"


def mixes_of(world: World, streams: Iterable[str]) -> dict[str, Mix]:
    """The mixes that enter in some streams."""
    wanted = set(streams)
    return {name: mix for name, mix in world.mixes.items() if world.stages[mix.stage].stream in wanted}


def in_scenario(keys: Iterable[object]) -> str:
    """The place of a key of a scenario that no file names."""
    return ": ".join(["scenario", *(str(key) for key in keys if isinstance(key, str))])


def watched(world: World, scenario: Scenario, where: Where = in_scenario) -> set[str]:
    """The streams of a scenario: those it names, or those in which cases come while it lasts.

    Raises:
        InputError: an unknown stream, or one of which no case comes while the scenario lasts.
    """
    known = list(dict.fromkeys(stage.stream for stage in world.stages.values()))
    days = {stream: arrivals_in(world, stream) for stream in known}
    busy = [name for name in known if not days[name] or meet(days[name], scenario.start, scenario.end)]
    for stream in scenario.streams or []:
        if stream not in known:
            raise InputError("no such stream", where=where(["streams"]), found=stream, known=known)
        if stream not in busy:
            raise InputError(f"no case of this stream comes from {scenario.start} to {scenario.end}",
                             where=where(["streams"]), found=stream, allowed=told(days[stream]))  # fmt: skip
    if not busy:
        raise InputError(
            "no case comes on these days", where=where(["start"]), found=Words(f"{scenario.start} to {scenario.end}"),
            allowed="; ".join(f"{name} {told(spans)}" for name, spans in days.items()),
        )  # fmt: skip
    return set(scenario.streams or busy)
