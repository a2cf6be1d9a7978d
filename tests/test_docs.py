"""The documentation tells the truth: tables as the world's files are, names that exist, links that lead somewhere."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from docs.make import BLOCK, GUIDES, README, ROOT, made, pages
from docs.tables import RUNS, TABLES, narrower
from docs.tables.shipped import WORLD
from model import load
from model.rule.terms import TERM_NAMES
from model.schema import (
    Ages,
    Clock,
    Condition,
    Counts,
    Culture,
    Directive,
    Edge,
    Exit,
    Increase,
    Lag,
    Law,
    Level,
    Metric,
    Mix,
    Period,
    Region,
    Rejoin,
    Resource,
    Review,
    Rule,
    Scenario,
    Scope,
    Series,
    Society,
    Stage,
    Unit,
)
from model.world.checks import quantities
from model.world.loader import WORLDS

ODD = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
TEXTS = [*pages(), README, ROOT / "CONTRIBUTING.md"]
BY_HAND = {page: BLOCK.sub("", page.read_text(encoding="utf-8")) for page in TEXTS}
# What a guide adds to a copy of the project is not there in the project; `tests/test_pages.py` runs it.
BY_HAND |= {page: re.sub(r"^```.*?^```", "", BY_HAND[page], flags=re.DOTALL | re.MULTILINE) for page in GUIDES}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_tables_are_those_of_the_world(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = {name for _, name, _, _ in BLOCK.findall(text)}
    assert blocks <= {*TABLES, *RUNS}
    assert all(RUNS[name][1](load(WORLD)) in text for name in blocks & {*RUNS}), "another world or model: run make docs"
    assert made(text, load(WORLD)) == text, "run make docs"


def test_every_table_has_a_place() -> None:
    shown = {name for page in pages() for _, name, _, _ in BLOCK.findall(page.read_text(encoding="utf-8"))}
    assert shown == {*TABLES, *RUNS}


def test_tables_follow_the_world() -> None:
    text = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    moved = made(text, load(WORLD, {"rule.metrics": 0.123}))
    assert moved != text
    assert "| `rule.metrics` | 0.123 |" in moved


def test_a_rule_that_decides_otherwise_makes_a_table_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    world = load(WORLD)
    before = narrower.stamp(world)
    assert narrower.probe() in before
    narrower.probe.cache_clear()
    monkeypatch.setattr(narrower, "load", lambda name: load(name, {"rule.metrics": 0.9}))
    after = narrower.stamp(world)
    narrower.probe.cache_clear()
    assert before.split("probe")[0] == after.split("probe")[0]
    assert before != after


def test_every_parameter_has_its_row() -> None:
    text = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    missing = [path for path, _ in quantities(load(WORLD)) if f"| `{path}` | " not in text]
    assert missing == []


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_functions_and_files_that_are_named_exist(page: Path) -> None:
    assert _nowhere(BY_HAND[page]) == []


def test_a_function_or_a_file_that_is_not_there_is_seen() -> None:
    there = "`model.world.loader.load`, `docs/odd.md`\n::: experiments.scenario"
    gone = "`model.world.loader.lod`, `docs/old.md`\n::: experiments.scenery"
    assert _nowhere(f"{there}\n{gone}") == ["model.world.loader.lod", "experiments.scenery", "docs/old.md"]


def _nowhere(text: str) -> list[str]:
    """Functions and files that a page names and that are not there."""
    named = re.findall(r"`((?:model|experiments|viz|docs)(?:\.\w+)+)`", text)
    named += re.findall(r"^::: (\S+)$", text, re.MULTILINE)
    files = re.findall(r"`((?:model|experiments|viz|docs|tests|benchmarks)/[\w./-]*)`", text)
    return [name for name in named if not _exists(name)] + [name for name in files if not (ROOT / name).exists()]


def _exists(name: str) -> bool:
    words = name.split(".")
    for length in range(len(words), 0, -1):
        try:
            found: object = importlib.import_module(".".join(words[:length]))
        except ModuleNotFoundError:
            continue
        for word in words[length:]:
            if not hasattr(found, word):
                return False
            found = getattr(found, word)
        return True
    return False


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_parameters_that_are_named_exist(page: Path) -> None:
    assert _no_parameters(BY_HAND[page]) == []


def test_a_parameter_that_is_not_there_is_seen() -> None:
    assert _no_parameters("`rule.metrics`, rule.metric and `agencies.ice.culture.lens`") == ["rule.metric"]


def _no_parameters(text: str) -> list[str]:
    """Parameters that a page names and that the world does not have."""
    known = {path for path, _ in quantities(load(WORLD))}
    known |= {path.rsplit(".", n)[0] for path in known for n in range(1, path.count("."))}
    families = "rule|society|agencies|stages|metrics|resources|mixes|directives"
    named = re.findall(rf"(?<![\w./])((?:{families})(?:\.[a-z0-9_-]+)+)", text.replace("rule.md", ""))
    known.add("rule.name")
    shares = {f"{path}.{level}" for path in known for level in load(WORLD).words.levels if path.endswith("levels")}
    shares |= {f"metrics.{name}.in_force" for name in load(WORLD).metrics}
    shares |= {f"directives.{name}.start" for name in load(WORLD).directives}
    return [path for path in named if path not in known | shares and path != "rule.equities.e"]


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there), target


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_odd_names_all_that_a_world_can_say() -> None:
    by_hand = BY_HAND[ROOT / "docs" / "odd.md"]
    kinds = (
        Ages, Clock, Condition, Counts, Culture, Directive, Edge, Exit, Increase, Lag, Law, Level, Metric, Mix, Period,
        Region, Rejoin, Resource, Review, Rule, Scenario, Scope, Series, Society, Stage, Unit,
    )  # fmt: skip
    labels = {
        "title", "source", "labels", "stream", "note", "issuer", "kind", "colour", "full_name", "role",
        "offices_source", "stock_source", "question", "file", "rows", "counterfactual_of",
    }  # fmt: skip
    for kind in kinds:
        for name, field in kind.model_fields.items():
            word = field.alias or name
            assert word in labels or re.search(rf"\b{word}\b", by_hand), f"{kind.__name__}.{word}"


def test_odd_knows_every_word_of_the_vocabulary() -> None:
    by_hand = BY_HAND[ROOT / "docs" / "odd.md"]
    words = load(WORLD).words
    for word in (*words.levels, *words.charges, *words.circumstances, *words.numbers, *words.roles, *TERM_NAMES):
        assert re.search(rf"\b{word}\b", by_hand), word
    assert all(
        f"`rule.equities.{equity}`" in (ROOT / "docs" / "parameters.md").read_text() for equity in words.equities
    )


def test_odd_has_every_element_of_the_protocol() -> None:
    heads = re.findall(r"^## \d (.*)$", ODD, re.MULTILINE)
    assert heads[:7] == [
        "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
        "Design concepts", "Initialisation", "Input data", "Submodels",
    ]  # fmt: skip
    concepts = (
        "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing",
        "Interaction", "Stochasticity", "Collectives", "Heterogeneity", "Observation",
    )  # fmt: skip
    assert all(f"**{concept}" in ODD for concept in concepts)


def test_the_readme_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ROOT / project["readme"] == README
    assert (WORLDS / WORLD).is_dir()


def test_every_dependency_has_a_lowest_version() -> None:
    """Without one, the oldest that `tests.matrix` tries would be one that nobody has run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["discovery"], *extras["calibration"]]
    assert [need for need in needed if ">=" not in need] == []
