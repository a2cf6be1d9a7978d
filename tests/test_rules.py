"""Another rule in place of the whole one: shipped rivals, and a rule of one's own in a file of its own."""

from pathlib import Path

import pandas as pd
import pytest

from experiments.patterns import during_run, patterns, under, validate
from experiments.patterns.registry import FOLLOWED
from experiments.patterns.symmetry import alike
from experiments.runs import run
from experiments.theory.lab import Lab
from experiments.twin.flips import flips
from experiments.twin.pairs import pair
from model import BureaucracyModel, InputError, load
from model.arithmetic import exp, sigmoid
from model.explain import explain, load_case
from model.rule.decision import RuleOutput, consider, mandated
from model.rule.rivals import WEIGHS
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERM_NAMES
from model.rule.terms.metrics import attention_left
from model.schema.world import RULES, WHOLE
from model.world.loader import content_hash
from tests.commands import discretion

AS_THE_WHOLE = """
from model.rule.decision import weigh
from model.rule.terms import TERM_NAMES


class AsTheWhole:
    def weigh(self, asked, officer, case, stage, columns):
        whole = weigh(asked, officer, case, stage, columns)
        return whole.notice, dict(zip(TERM_NAMES, whole.terms))


class Stranger:
    def weigh(self, asked, officer, case, stage, columns):
        return {said}


class Silent:
    pass
"""
UNTIL = "2020-04-30"
"""A month into the memo of two-desks."""
MOVED = {
    "directives.memo.evaluation": 1, "directives.memo.mandate": 0.5, "agencies.fees.units.clerks.habit": 0.6,
    "agencies.fees.culture.spread": 0.5, "rule.stake": 0.8, "rule.metrics": 0.5,
}  # fmt: skip
"""A memo that is evaluated and orders a look, before clerks who differ and do not read every request."""


@pytest.fixture(scope="module")
def there() -> BureaucracyModel:
    """The same, who tire and hurry as well."""
    moved = {**MOVED, "rule.strain": 0.2, "rule.haste": 0.5, "agencies.fees.units.clerks.hours": 2}
    return BureaucracyModel("memo", 1.0, rng=1, world="two-desks", settings=moved, until=UNTIL).run()


def by(rule: str, columns: RuleColumns) -> RuleColumns:
    return columns._replace(rule=columns.rule._replace(which=RULES.index(rule)))


def decided(there: BureaucracyModel, rule: str) -> list[tuple[int, int, RuleOutput, RuleOutput]]:
    """Of every third officer and some cases at the first stage: by the whole rule, and by another."""
    columns = there.columns
    asked = [(officer, case) for officer in range(0, len(there.desks.unit), 3) for case in range(0, 600, 20)]
    return [(o, c, consider(o, c, 0, by(WHOLE, columns)), consider(o, c, 0, by(rule, columns))) for o, c in asked]


@pytest.mark.parametrize("rule", list(WEIGHS))
def test_a_rival_adds_up_its_own_terms_and_no_others(rule: str, there: BureaucracyModel) -> None:
    for officer, _, whole, made in decided(there, rule):
        for name, was, now in zip(TERM_NAMES, whole.terms, made.terms, strict=True):
            leans = there._leanings[there.desks.office[officer]]
            there_is = leans if rule == "offices" and name == "culture" else was
            assert now == (there_is if name in WEIGHS[rule] else 0.0)
        threshold = there.stages.threshold[0]
        assert made.judgment == pytest.approx(sigmoid(threshold + sum(made.terms)), rel=1e-12)


def test_each_rival_looks_in_its_own_way(there: BureaucracyModel) -> None:
    columns = there.columns
    for rule in WEIGHS:
        for officer, case, _, made in decided(there, rule):
            habit = columns.habits[there.desks.office[officer], 0]
            looked = 1.0 - (1.0 - habit) * (1.0 - mandated(officer, case, 0, columns))
            unit = there.desks.unit[officer]
            tired = columns.rule.strain * there.desks.backlog[officer]
            tired += columns.units.complexity[unit] * columns.cases.complexity[case]
            rations = looked * attention_left(officer, 0, columns) * exp(-tired)
            assert made.notice == pytest.approx({"sanction": looked, "coping": rations, "offices": habit}[rule])


@pytest.mark.parametrize("rule", list(WEIGHS))
def test_worlds_under_a_rival_are_twins(rule: str) -> None:
    """The same cases before the same officers; under fixed effects of offices no memo changes anything."""
    one = pair("memo", world="two-desks", scale=1.0, settings={**MOVED, "rule.name": rule})
    counts = one.counts()
    assert counts["same"] > 5000 and counts["only with"] + counts["only without"] == 0
    assert (counts["flipped"] == 0) == (rule == "offices")
    assert set(flips(one)["cause"]) <= {"direct", "ripple"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(AS_THE_WHOLE.replace("{said}", "1.0, {}"))
    return path


def test_a_rule_of_ones_own_that_says_what_the_whole_says_decides_alike(file: Path) -> None:
    settings = {**MOVED, "rule.name": f"{file}:AsTheWhole"}
    model, whole = (
        BureaucracyModel("memo", 1.0, rng=1, world="two-desks", settings=moved, until=UNTIL).run()
        for moved in (settings, MOVED)
    )
    pd.testing.assert_frame_equal(model.recorder.outcomes(), whole.recorder.outcomes())
    officer, made = model.officers[3], consider(3, 40, 0, by(WHOLE, model.columns))
    assert officer.decide(40, model.stage_names[0]).probability == made.p


def test_a_twin_of_ones_own_rule_is_laid_to_what_the_rule_says_of_directives(file: Path) -> None:
    settings = {**MOVED, "rule.metrics": 0, "rule.name": f"{file}:AsTheWhole"}
    own = pair("memo", world="two-desks", scale=0.5, settings=settings)
    whole = pair("memo", world="two-desks", scale=0.5, settings={**MOVED, "rule.metrics": 0})
    pd.testing.assert_frame_equal(own.decisions, whole.decisions)
    assert flips(own)["cause"].tolist() == flips(whole)["cause"].tolist()


@pytest.mark.parametrize(
    ("said", "what", "found"),
    [("1.2, {}", "not a chance", "1.2"), ("1.0, {'cultur': 1.0}", "no such term", "'cultur'"),
     ("1.0, {'culture': float('nan')}", "a term that is no number", "nan"), ("0.5", "not what a rule says", "0.5"),
     ("1.0, {'culture': 'high'}", "not what a rule says", "high")],
)  # fmt: skip
def test_what_no_rule_can_say_is_refused(said: str, what: str, found: str, file: Path) -> None:
    file.write_text(AS_THE_WHOLE.replace("{said}", said))
    with pytest.raises(InputError) as refused:
        run("memo", 1.0, world="two-desks", settings=[f"rule.name={file}:Stranger"])
    assert refused.value.what == what and found in str(refused.value) and "Stranger.weigh" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("{}:Strangr", None, ["no such rule in the file", "nearest: Stranger"]),
     ("{}:Silent", None, ["a rule that weighs nothing", "weigh(self, asked"]),
     ("{}x.py:Mine", None, ["cannot be read", "No such file"]),
     ("{}:Mine", "import no_such_module", ["stops with ModuleNotFoundError"]),
     ("copping", None, ["no such rule", "nearest: coping"])],
)  # fmt: skip
def test_a_rule_that_is_not_there_is_refused(name: str, text: str | None, words: list[str], file: Path) -> None:
    if text is not None:
        file.write_text(text)
    done = discretion(
        "run", "memo", "--world", "two-desks", "--rule", name.format(file), "--out", str(file.parent / "o")
    )
    assert done.exit_code == 2 and all(word in done.stderr for word in words), done.stderr


def test_a_world_names_a_shipped_rule_and_no_code(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desks"
    folder.mkdir()
    text = (Path(load.__code__.co_filename).parents[1] / "worlds/two-desks/world.toml").read_text()
    (folder / "world.toml").write_text(text.replace("[rule]\n", '[rule]\nname = "coping"\n'))
    assert load(folder).rule.name == "coping"
    (folder / "world.toml").write_text(text.replace("[rule]\n", f'[rule]\nname = "{file}:AsTheWhole"\n'))
    with pytest.raises(InputError, match="asked for where the world is run"):
        load(folder)


def test_a_world_is_another_under_another_rule_and_under_another_file(file: Path) -> None:
    def stamp(rule: str) -> str:
        return content_hash(load("two-desks", {"rule.name": rule}))

    before = stamp(f"{file}:AsTheWhole")
    assert stamp(WHOLE) == content_hash(load("two-desks")) and len({stamp(rule) for rule in RULES} | {before}) == 5
    file.write_text(file.read_text() + "\n# another thought\n")
    assert stamp(f"{file}:AsTheWhole") != before


def test_an_explanation_is_of_the_whole_rule() -> None:
    with pytest.raises(InputError, match="takes the whole rule apart"):
        explain("applicant", "two-desks", scale=1.0, settings={"rule.name": "coping"})


def test_nobody_is_followed_by_a_rule_of_ones_own(file: Path) -> None:
    settings = {"rule.name": f"{file}:AsTheWhole"}
    model = BureaucracyModel("memo", 1.0, rng=1, world="two-desks", settings=settings, until="2020-01-02").run()
    with pytest.raises(InputError, match="follows one person asks for a shipped rule"):
        during_run._before(model, load_case("applicant", model.world), "request")


def test_a_rule_of_ones_own_is_held_against_all_patterns_but_those_that_follow_somebody(file: Path) -> None:
    followed = [one.id for one in under(f"{file}:AsTheWhole", patterns()) if getattr(one, "reason", "") == FOLLOWED]
    assert {"I18.ice", "I18.uscis", "I36"} <= {*followed}
    asked = {"world": "two-desks", "replications": 2, "scale": 0.02}
    told = [validate(settings=[f"rule.name={rule}"], **asked).tally for rule in (WHOLE, f"{file}:AsTheWhole")]
    assert told[0] == told[1] and told[0]["structure"]["of"]


@pytest.mark.parametrize("rule", RULES)
def test_two_agencies_with_the_same_data_decide_alike_by_every_rule(rule: str) -> None:
    assert alike(Lab(load(settings={"rule.name": rule}), 1, 0.005)) == {"alike": 0.0}


def test_a_command_names_a_rule(tmp_path: Path) -> None:
    ways = ["--world", "two-desks", "--scale", "1", "--json"]
    told = discretion("run", "memo", *ways, "--rule", "offices", "--out", str(tmp_path / "run"))
    assert told.exit_code == 0 and "rule.name=offices" in (tmp_path / "run" / "run.json").read_text()
