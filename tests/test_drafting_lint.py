"""What is said of a draft: each rule of a draft that gives cause, and not of one that does not."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from experiments.drafting.lint import RULES, lint
from experiments.drafting.reading import Draft, draft_of
from experiments.drafting.remark import GRADES, WIDE, Remark
from model import load
from model.world.loader import worlds
from tests.worldcopy import written

WORLD = load()
ABOUT = {"title": "Ours", "issuer": "us", "source": "assumed: a draft of our own"}


def share(value: float) -> dict[str, object]:
    return {"value": value, "unit": "share", "source": "assumed: for a test"}


def own(folder: Path, like: str, **terms: object) -> Draft:
    """A draft like a directive of the world, with some terms that are otherwise."""
    file = folder / "ours.toml"
    file.write_text(written({"like": like, **ABOUT, **terms}))
    return draft_of(file, WORLD)


def said(draft: Draft) -> dict[str, Remark]:
    return {remark.rule: remark for remark in lint(draft)}


NO_QUOTA = {"value": 0, "unit": "persons", "source": "assumed: the quota is dropped"}
BROKEN: dict[str, tuple[str, dict[str, object], str]] = {
    "nobody named": ("review-2011", {"scope": {"in": [{"mix": ["adults"]}]}}, "breaks"),
    "silent groups": ("review-2011", {}, "weak"),
    "latitude": ("review-2011", {"latitude": share(0.8)}, "weak"),
    "bound by law": ("injunction-2018", {}, "weak"),
    "kept by custom": ("el-paso-2017", {"breaks_with": [], "start": "2017-03-08"}, "weak"),
    "addressed in vain": ("review-2011", {"to": ["ice.attorneys", "ice.officers"]}, "weak"),
    "offices left": ("review-2011", {"offices": ["Los Angeles"]}, "think of it"),
    "hours": ("review-2011", {}, "breaks"),
    "capacity": ("speech-2018", {}, "weak"),
    "nobody answers": ("review-2011", {"monitoring": share(0.0)}, "breaks"),
    "not on paper": ("review-2011", {"scope": {"in": [{"equities": ["crime-victim", "health"]}]}}, "weak"),
    "training": ("detainer-2012", {}, "breaks"),
    "contradiction": ("dnm-guidance-2017", {"start": date(2017, 8, 16)}, "weak"),
    "ends too much": ("zero-tolerance-2018", {}, "think of it"),
    "ends nothing": ("guidance-2018", {}, "think of it"),
    "counted otherwise": ("detainer-2012", {}, "weak"),
    "not told": ("zero-tolerance-2018", {}, "weak"),
}
GOOD: dict[str, tuple[str, dict[str, object]]] = {
    "nobody named": ("review-2011", {}),
    "silent groups": ("daca-2012", {}),
    "latitude": ("daca-2012", {}),
    "bound by law": ("review-2011", {}),
    "kept by custom": ("el-paso-2017", {}),
    "addressed in vain": ("review-2011", {}),
    "offices left": ("review-2011", {}),
    "hours": ("zero-tolerance-2018", {}),
    "capacity": ("speech-2018", {"start": "2018-09-02"}),
    "nobody answers": ("review-2011", {}),
    "not on paper": ("review-2011", {}),
    "training": ("detainer-2012", {"union_consents": True}),
    "contradiction": ("zero-tolerance-2018", {}),
    "ends too much": ("zero-tolerance-2018", {"supersedes": ["wdtx-guidance-2017"]}),
    "ends nothing": ("guidance-2018", {"supersedes": []}),
    "counted otherwise": ("detainer-2012", {"targets": {"removals": NO_QUOTA, "criminal-removals": NO_QUOTA}}),
    "not told": ("daca-2012", {}),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_speaks_where_there_is_cause(rule: str, tmp_path: Path) -> None:
    like, terms, grade = BROKEN[rule]
    found = said(own(tmp_path, like, **terms) if terms else draft_of(like, WORLD))
    assert rule in found and found[rule].grade == grade


@pytest.mark.parametrize("rule", GOOD)
def test_a_rule_is_silent_where_there_is_none(rule: str, tmp_path: Path) -> None:
    like, terms = GOOD[rule]
    assert rule not in said(own(tmp_path, like, **terms) if terms else draft_of(like, WORLD))


def test_every_rule_is_tried_both_ways() -> None:
    assert len(RULES) == len(BROKEN) and set(BROKEN) == set(GOOD)


@pytest.mark.parametrize("world", worlds())
def test_what_is_proposed_fits_the_draft_that_it_is_laid_into(world: str, tmp_path: Path) -> None:
    whole = load(world)
    for name in whole.directives:
        draft = draft_of(name, whole)
        for at, remark in enumerate(lint(draft)):
            file = tmp_path / f"{name}-{at}.toml"
            terms = {"like": name, "start": draft.directive.start, **tomllib.loads(remark.example)}
            file.write_text(written(terms))
            again = draft_of(file, whole, draft.scenario)
            assert again.directive != draft.directive, remark


@pytest.mark.parametrize("rule", BROKEN)
def test_an_example_fits_a_terminal_and_the_draft(rule: str, tmp_path: Path) -> None:
    like, terms, _ = BROKEN[rule]
    draft = own(tmp_path, like, **terms) if terms else draft_of(like, WORLD)
    example = said(draft)[rule].example
    assert all(len(line) <= WIDE for line in example.splitlines() if not line.startswith("  {"))
    file = tmp_path / "again.toml"
    file.write_text(written({"like": like, **ABOUT, **terms, **tomllib.loads(example)}))
    assert draft_of(file, WORLD, draft.scenario).directive != draft.directive


def test_remarks_come_gravest_first_with_a_section_of_the_description() -> None:
    for name in ("review-2011", "zero-tolerance-2018", "detainer-2012"):
        remarks = lint(draft_of(name, WORLD))
        grades = [GRADES.index(remark.grade) for remark in remarks]
        assert grades == sorted(grades)
        assert all("odd.md, 7." in remark.why for remark in remarks)


def test_who_is_consulted_has_been_told() -> None:
    memo, asked = (said(draft_of(name, WORLD))["not told"].what
                   for name in ("zero-tolerance-2018", "zero-tolerance-consulted"))  # fmt: skip
    assert "Courts" in memo and "ORR" in memo and "ICE" in memo
    assert "Courts" not in asked and "ORR" not in asked and "ICE" in asked


def test_the_memo_of_april_2018_is_told_what_the_inspector_general_found() -> None:
    found = said(draft_of("zero-tolerance-2018", WORLD))
    assert "Parents apprehended with their children" in found["silent groups"].what
    assert all(word in found["not told"].what for word in ("ORR", "Courts", "Marshals beds"))


def test_what_only_adds_means_is_not_read_as_a_text() -> None:
    assert [lint(draft_of(name, WORLD)) for name in ("hires-2018", "capacity-2018")] == [[], []]


def test_a_text_of_a_time_at_which_nobody_comes_names_nobody(tmp_path: Path) -> None:
    found = said(own(tmp_path, "daca-2012", start=date(2011, 6, 1)))
    assert found["nobody named"].grade == "breaks" and "silent groups" not in found
