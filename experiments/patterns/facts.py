"""The facts of a world's ``evidence.csv``, and the figures in them."""

import re
from collections.abc import Mapping
from pathlib import Path

from model.errors import InputError
from model.world.files import csv_lines, text_of
from model.world.loader import folder_of

Fact = Mapping[str, str]
Facts = Mapping[str, Fact]
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?")
SEPARATED = re.compile(r"\d,\d")
COLUMNS = ("id", "statistic", "value", "unit", "use")
BY_PLACE = re.compile(r"([A-Z][a-z]+(?: [A-Z][a-z]+)*) (\d+)")


def facts_of(world: str | Path) -> Facts:
    """The rows of a world's ``evidence.csv`` by their ids; none if there is no such file.

    Raises:
        InputError: no such world, or not what a fact consists of.
    """
    path = folder_of(world) / "evidence.csv"
    if not path.exists():
        return {}
    columns, lines = csv_lines(text_of(path, path.name), path.name)
    for needed in COLUMNS:
        if needed not in columns:
            raise InputError("no such column", where=path.name, found=needed, known=columns)
    return {row["id"]: row for _, row in lines}


def figures(fact: Fact, count: int | None = None) -> list[float]:
    """The numbers in a fact's value, in their order.

    Args:
        fact: a row of ``evidence.csv``.
        count: how many there are; None for any.

    Raises:
        InputError: more or fewer, or thousands separators, which would make two numbers of one.

    >>> figures({"value": "3000 / 227e6"}), figures({"value": "about none"})
    ([3000.0, 227000000.0], [])
    """
    value, where = fact["value"], f"evidence.csv: {fact.get('id', '')}, value"
    if SEPARATED.search(value):
        raise InputError("thousands separators in a number", where=where, found=value, known=[value.replace(",", "")],
                         allowed="digits alone, such as 347691")  # fmt: skip
    found = [float(number) for number in FIGURE.findall(value)]
    if count is not None and len(found) != count:
        raise InputError(f"not the {count} numbers that a pattern reads", where=where, found=value,
                         allowed="numbers in digits, with a stroke between two")  # fmt: skip
    return found


def figure(facts: Facts, where: str) -> float:
    """A number by where it stands: ``I03`` the only one of a fact, ``I17.2`` its second, ``P20:Yuma`` that of a place.

    Raises:
        InputError: no such fact, or it has no such number, or several where one is meant.

    >>> facts = {"A1": {"value": "499 / 1843", "statistic": "by sector: San Diego 3099 Yuma 2367"}}
    >>> figure(facts, "A1.2"), figure(facts, "A1:San Diego")
    (1843.0, 3099.0)
    """
    whole, _, place = where.partition(":")
    name, _, at = whole.partition(".")
    fact = fact_of(facts, name)
    if not at and not place:
        return figures(fact, 1)[0]
    numbers = by_place(fact) if place else {str(n): number for n, number in enumerate(figures(fact), start=1)}
    if (key := place.lower() or at) not in numbers:
        raise InputError("no such number in the fact", where=f"evidence.csv: {name}", found=where, known=numbers)
    return numbers[key]


def by_place(fact: Fact) -> dict[str, float]:
    """The numbers by place that follow the colon in what a fact says, with the places in small letters.

    >>> by_place({"statistic": "accepted in FY2017 by sector: San Diego 3099 Yuma 2367"})
    {'san diego': 3099.0, 'yuma': 2367.0}
    """
    return {place.lower(): float(number) for place, number in BY_PLACE.findall(fact["statistic"].split(":", 1)[-1])}


def fact_of(facts: Facts, name: str) -> Fact:
    """A fact by its id.

    Raises:
        InputError: the world has no such fact.
    """
    if name not in facts:
        raise InputError("no such fact", where="evidence.csv", found=name, known=facts)
    return facts[name]
