"""The facts of a world's ``evidence.csv``, and the figures in them."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from model.errors import InputError
from model.world.files import text_of
from model.world.loader import WORLDS, worlds

Fact = Mapping[str, str]
Facts = Mapping[str, Fact]
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?")
BY_PLACE = re.compile(r"([A-Z][a-z]+(?: [A-Z][a-z]+)*) (\d+)")


def facts_of(world: str | Path) -> Facts:
    """The rows of a world's ``evidence.csv`` by their ids.

    Raises:
        InputError: there is no such file.
    """
    folder = WORLDS / world if isinstance(world, str) and world in worlds() else Path(world)
    path = folder / "evidence.csv"
    return {row["id"]: row for row in csv.DictReader(text_of(path, path.name).splitlines())}


def figures(fact: Fact) -> list[float]:
    """The numbers in a fact's value, in their order.

    >>> figures({"value": "3000 / 227e6"}), figures({"value": "about none"})
    ([3000.0, 227000000.0], [])
    """
    return [float(number) for number in FIGURE.findall(fact["value"])]


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
