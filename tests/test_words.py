"""The words of a world are the world's: the engine knows none of them by name."""

import ast
import re
import tokenize
from datetime import date
from io import StringIO
from pathlib import Path
from tokenize import COMMENT

import numpy as np
import pytest

import model
from model import BureaucracyModel, load
from model.cases.conditions import any_holds
from model.rule.terms.directive import scope_of
from model.schema import Between, Condition, Days, Scope, World
from model.world.loader import WORLDS

ENGINE = Path(model.__file__).parent
WORDS = (
    "ice", "uscis", "cbp", "orr", "eoir", "usao", "ausas?", "immigra[a-z]*", "borders?", "famil(y|ies)", "daca",
    "removals?", "deport[a-z]*", "visas?", "aliens?", "asylum", "detainers?", "morton", "adjudicators?",
    "prosecutors?", "citizens?", "apprehen[a-z]*", "sponsors?", "marshals?", "claudia", "zero-tolerance",
)  # fmt: skip
"""Words that nobody says but of the world immigration.

Not among them are words that a police department, a parole board or a benefits office has as well: custody, detained,
lawyer, charge, conviction, children, parole, docket. *Removed* is what Mesa calls an agent that has left.
"""
FORBIDDEN = re.compile(rf"(?<![A-Za-z])({'|'.join(WORDS)})(?![A-Za-z])", re.IGNORECASE)
AGENT_TYPES = re.compile(r"ICEOfficer|USCISAdjudicator|ImmigrationJudge|BorderPatrolAgent|CaseManager|MagistrateJudge")


def sources() -> list[Path]:
    return sorted(path for path in ENGINE.rglob("*.py") if WORLDS not in path.parents)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_the_engine_knows_nothing_of_immigration(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [f"{at}: {line}" for at, line in enumerate(lines, 1) if FORBIDDEN.search(line) or AGENT_TYPES.search(line)]
    assert said == []


STUDIES = ("experiments", "viz")
NOT_ALL = {"borders?": "the border", "famil(y|ies)": "families"}
"""Words that measures come in (a family) or that a style sheet has (border), and what is looked for in their place."""
FORBIDDEN_THERE = re.compile(
    rf"(?<![A-Za-z])({'|'.join(NOT_ALL.get(word, word) for word in WORDS)})(?![A-Za-z])", re.IGNORECASE
)
OF_IMMIGRATION = {
    **{f"experiments/border/{name}.py": "the account of one episode, in the figures of its inspectors" for name in (
        "__init__", "account", "children", "downstream", "flow", "months", "names", "prosecution", "worked", "year")},
    **{path: "that account in tables and charts" for path in (
        "viz/reports/border.py", "viz/reports/border_charts.py", "viz/charts/families.py", "viz/charts/districts.py",
        "viz/charts/__init__.py")},
    "viz/cli/downstream.py": "the command of that account", "viz/app/pages/downstream/views.py": "its page",
    "viz/reports/run.py": "hangs that account on a run where there is one", "viz/cli/run.py": "the same",
    **{f"experiments/theory/{name}.py": "claims of the literature on these agencies, tried on them" for name in (
        "checks", "compliance", "cultures", "instruments", "quotas")},
    **{f"experiments/demonstrations/{name}.py": "the guided demonstrations, each of one world" for name in (
        "__init__", "counted", "fading", "limits", "same_facts", "whose")},
    "viz/app/pages/demonstrations/pictures.py": "their pictures",
    "experiments/forecasts/judges_quota.py": "one registered forecast",
    "viz/cli/demo.py": "the command of the headline shows what it prints",
    "viz/reports/levers.py": "heads of columns for an exit that this world has", "viz/cli/levers.py": "the same",
}  # fmt: skip
"""What belongs to the world immigration and says so: nothing here is asked of another world."""


def rooms() -> list[Path]:
    root = ENGINE.parent
    found = [path for room in STUDIES for path in sorted((root / room).rglob("*.py"))]
    return [path for path in found if path.relative_to(root).as_posix() not in OF_IMMIGRATION]


def said_in(text: str) -> list[str]:
    """What a file says for itself: its names, texts, comments and docstrings, less the examples that these put."""
    tree = ast.parse(text)
    names = {word for node in ast.walk(tree) for word in _named(node)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    comments = [token.string for token in tokenize.generate_tokens(StringIO(text).readline) if token.type == COMMENT]
    return [*names, *map(without_examples, [*texts, *comments])]


def _named(node: ast.AST) -> list[str]:
    return [str(getattr(node, key)).replace("_", " ") for key in ("id", "attr", "arg", "name") if hasattr(node, key)]


def without_examples(text: str) -> str:
    """A text less its doctests, the commands that it shows, and what it puts as an example (``such as``)."""
    text = re.sub(r"^ *(>>>|\.\.\.) .*(\n(?! *\n).*)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ *discretion .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"[Ss]uch\s+as\s+.*?(?=[;:)]|\.\s|$)", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", rooms(), ids=lambda path: path.relative_to(ENGINE.parent).as_posix())
def test_studies_and_faces_know_nothing_of_immigration(path: Path) -> None:
    assert [text for text in said_in(path.read_text(encoding="utf-8")) if FORBIDDEN_THERE.search(text)] == []


def test_only_the_example_of_a_text_may_be_of_immigration() -> None:
    for text in ('"A visa, such as one for victims"', '"Of a kind (such as visas) at USCIS"', "# such as 1; a visa"):
        assert any(FORBIDDEN_THERE.search(said) for said in said_in(text)), text
    assert not any(FORBIDDEN_THERE.search(said) for said in said_in('"An agency, such as ICE or USCIS. Its offices"'))


@pytest.mark.parametrize("path", OF_IMMIGRATION)
def test_what_belongs_to_immigration_speaks_of_it(path: str) -> None:
    assert any(FORBIDDEN_THERE.search(said) for said in said_in((ENGINE.parent / path).read_text(encoding="utf-8")))


def test_the_list_would_find_what_used_to_stand_there() -> None:
    for line in ("family = 1", "prior_removals: Codes", 'AT_THE_BORDER = ("language",)', 'world="immigration"',
                 "self.families", "an adjudicator: backlog or not"):  # fmt: skip
        assert FORBIDDEN.search(line), line
    assert AGENT_TYPES.search("class ICEOfficer(Officer):")
    assert not FORBIDDEN.search("an agent that is removed; the notice; a device; familiar")


def test_words_of_ones_own_are_drawn_told_and_asked_for() -> None:
    """Another order of levels, a circumstance, a number and an equity that follows from ages, in a world of clerks."""
    tables = load("two-desks").model_dump(by_alias=True, exclude_unset=True)
    words, mix = tables["words"], tables["mixes"]["walk-ins"]
    words["circumstances"] = {"loud": {"title": "Loud", "true": "there were noise", "false": "there were no noise"}}
    words["numbers"] = {
        "visits": {"title": "Visits", "none": "there were no visit", "some": "there were {n} visits",
                   "drawn": {"once": "came", "twice": "came again"}},
    }  # fmt: skip
    words["equities"]["old"] = {"said": "old age", "follows": [{"age": {"min": 65}}]}
    tables["rule"]["equities"]["old"] = tables["rule"]["equities"]["hardship"]
    half = {"value": 0.5, "unit": "share", "source": "by choice"}
    mix["circumstances"], mix["numbers"] = {"loud": half}, {"visits": {"once": half, "twice": half}}
    mix["ages"] = {
        name: {"value": value, "unit": "years", "source": "by choice"}
        for name, value in (("mean", 65), ("spread", 10), ("youngest", 18), ("oldest", 99), ("residence", 5),
                            ("least_residence", 0))
    }  # fmt: skip
    world = World.model_validate(tables)
    run = BureaucracyModel("memo", 1.0, rng=1, world=world)
    cases = run.cases
    assert (cases.circumstances & 1).mean() == pytest.approx(0.5, abs=0.03)
    shares = [(cases.numbers[:, 0] == n).mean() for n in (0, 1, 2)]
    assert shares == pytest.approx([0.5, 0.25, 0.25], abs=0.03)
    assert ((cases.equities >> 1 & 1) == (cases.age >= 65)).all() and 0.3 < (cases.age >= 65).mean() < 0.7
    asked = Condition(circumstances=["loud"], numbers={"visits": Between(min=2)})
    holds = any_holds(world, [asked], cases)
    assert (holds == ((cases.circumstances & 1 == 1) & (cases.numbers[:, 0] == 2))).all()


def test_a_day_of_entry_is_a_fact_of_a_case() -> None:
    """Whole years here lie between entry and arrival, and a text speaks of those who came from a day on."""
    day = date(2005, 3, 14)
    world = load()
    scope = Scope.model_validate({"in": [{"entered": {"first": day}}], "otherwise": "out"})
    text = world.directives["review-2011"].model_copy(update={"scope": scope})
    world = world.model_copy(update={"directives": {**world.directives, "review-2011": text}})
    model = BureaucracyModel("morton-2011", scale=0.002, rng=1, world=world, until="2012-01-31", trace=True).run()
    cases = model.cases
    days = model.start.toordinal() + cases.arrival - cases.entered
    years = cases.age - cases.entry_age
    assert (np.floor(365.25 * years) <= days).all() and (days <= 365.25 * (years + 1)).all()
    since = any_holds(world, [Condition(entered=Days(first=day))], cases)
    until = any_holds(world, [Condition(entered=Days(last=day))], cases)
    both = any_holds(world, [Condition(entered=Days(first=day, last=day))], cases)
    assert (since == (cases.entered >= day.toordinal())).all() and 0.2 < since.mean() < 0.8
    assert (since | until).all() and ((since & until) == both).all()
    texts, at = model.directives, model.directive_names.index("review-2011")
    spoken = [scope_of(cases.bits, case, at, texts) == 1 for case in range(len(since))]
    assert spoken == since.tolist()
