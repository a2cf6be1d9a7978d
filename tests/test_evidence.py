"""Every parameter says what it rests on, and every pattern that fails is explained."""

import re
from pathlib import Path

import pytest

from docs.make import DOCS
from docs.tables.evidence import basis, citations
from docs.tables.shipped import WORLD, facts
from experiments.patterns import modelled, patterns
from experiments.patterns.facts import figures
from model import InputError, load
from model.world.checks import quantities
from model.world.loader import WORLDS
from tests.worldcopy import changed_copy

REFERENCES = (DOCS / "odd.md").read_text(encoding="utf-8").split("## References")[1]
CREDIBILITY = (DOCS / "credibility.md").read_text(encoding="utf-8")
GROUND = re.compile(
    r"\b(?:[IBPT]\d\d|J\d{3})\b|assumed: .{4,}|unverified|\d+ U\.S\.C\.|by (definition|law|the definition)\b|^as for |"
    r"(?P<work>[A-Z][\w ]*?) (?P<year>\d{4}),"
)
"""A fact; a reason; general knowledge that says so; a statute; a definition; a like parameter; a publication."""


def ungrounded(sources: dict[str, str]) -> list[str]:
    """Parameters whose source is none of what a source may be, or a publication that odd.md does not cite."""
    found = []
    for path, source in sources.items():
        ground = GROUND.search(source)
        cited = ground is None or ground["work"] is None or _cited(ground["work"], ground["year"])
        if ground is None or not cited or re.search(r"\bassumed\b(?!: .{4,}| of)", source):
            found.append(path)
    return found


def _cited(work: str, year: str) -> bool:
    name = work.replace("DOJ OIG", "Office of the Inspector General").split(" and ")[0].strip()
    return any(name in entry and f"({year})" in entry for entry in re.sub(r"\n  ", " ", REFERENCES).split("\n- "))


def test_every_parameter_has_a_source_or_an_assumption_with_its_reason() -> None:
    assert ungrounded({path: quantity.source for path, quantity in quantities(load(WORLD))}) == []


def test_a_parameter_without_either_is_seen() -> None:
    bad = {"a": "see above", "b": "assumed", "c": "assumed: no", "d": "expert opinion", "e": "Nobody 1999, p. 3"}
    good = {"f": "I12; assumed: a split", "g": "fitted to I02", "h": "Rabin 2014, Part III", "i": "8 U.S.C. 1226(c)"}
    assert ungrounded(bad | good) == list(bad)


def test_what_a_parameter_rests_on_is_told_by_its_first_words() -> None:
    verified = {fact["id"]: True for fact in facts()}
    assert {basis(quantity.source, verified) for _, quantity in quantities(load(WORLD))} == {
        "a fact", "a fact and an assumption", "an assumption", "fitted to a fact", "general knowledge, unverified",
        "a statute or publication", "a definition", "what a like parameter rests on",
    }  # fmt: skip


def test_patterns_of_a_fact_have_its_use_and_its_figures() -> None:
    known = {fact["id"]: fact for fact in facts()}
    for one in modelled(patterns(WORLD)):
        if one.use != "structure":
            assert (one.use, one.stream) == (known[one.fact]["use"], known[one.fact]["stream"]), one.id
            assert len(known[one.fact]["source"]) > 5 and known[one.fact]["locator"] + known[one.fact]["note"]


def test_a_fact_that_sets_nothing_says_so() -> None:
    """An input is cited in the world, or its note says that it is not used; what is marked ``none`` is not cited."""
    citing = citations(load(WORLD))
    idle = {fact["id"]: fact["note"] for fact in facts() if fact["use"] == "input" and not citing[fact["id"]]}
    assert [name for name, note in idle.items() if "not used" not in note] == []
    unused = {fact["id"]: fact["note"] for fact in facts() if fact["use"] == "none"}
    assert unused and [name for name, note in unused.items() if citing[name] or "sets nothing" not in note] == []


def test_a_bound_of_record_is_held_from_its_own_side() -> None:
    sides = {"(lower bound)": "at least", "(upper bound)": "at most"}
    known = {fact["id"]: fact["unit"] for fact in facts()}
    found = {
        one.id: (one.rule.reach.kind if one.rule.reach else "", side)
        for one in modelled(patterns(WORLD))
        for bound, side in sides.items()
        if one.use != "structure" and bound in known[one.fact]
    }
    assert {*found} == {"I02", "P04"}
    assert all(kind == side for kind, side in found.values())


def test_every_pattern_that_fails_is_explained_and_none_that_does_not() -> None:
    rows = re.findall(r"^\| ([A-Z]\d\d)\S* \|.*\| \*\*(?:fails|not modelled)\*\* \|$", CREDIBILITY, re.MULTILINE)
    why = CREDIBILITY.split("### What fails, and why")[1].split("\n## ")[0]
    explained = [name for bold in re.findall(r"^- \*\*(.*?)\*\*", why, re.MULTILINE)
                 for name in re.findall(r"\b[A-Z]\d\d\b", bold)]  # fmt: skip
    assert sorted(explained) == sorted(set(rows))


@pytest.mark.parametrize(
    ("value", "nearest"), [("347,691", "347691"), ("seven", ""), ("#N/A", ""), ("", ""), ("1 / 2", "")]
)
def test_a_figure_that_cannot_be_read_is_refused(value: str, nearest: str) -> None:
    with pytest.raises(InputError) as caught:
        figures({"id": "I25", "value": value}, 1)
    assert (caught.value.where, caught.value.found) == ("evidence.csv: I25, value", value)
    assert caught.value.nearest == nearest


def test_facts_without_a_column_of_theirs_are_refused(tmp_path: Path) -> None:
    text = (WORLDS / WORLD / "evidence.csv").read_text(encoding="utf-8")
    change = {"file": "evidence.csv", "content": text.replace(",value,", ",amount,", 1)}
    with pytest.raises(InputError, match="no such column"):
        patterns(changed_copy(change, tmp_path / "world"))
