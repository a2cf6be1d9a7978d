"""A rule that was replaced in its module is not half used: the run refuses, or, interpreted, follows throughout."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from experiments.twin import watch
from model import BureaucracyModel, InputError
from model.day import intake, work
from model.rule import decision, terms
from model.rule.terms import culture

DAY = date(2010, 1, 8)


def alone(program: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def lenient(weight: float, signal: float) -> float:
    return 5.0


def build() -> BureaucracyModel:
    return BureaucracyModel("baseline-2010", scale=0.001, rng=1, until=DAY)


@pytest.mark.parametrize(
    ("module", "name"),
    [(culture, "culture"), (terms, "_culture"), (decision, "consider"), (work, "consider"), (work, "MAIN"),
     (intake, "desk_of"), (watch, "overlooked")],
)  # fmt: skip
def test_a_replaced_rule_is_refused_wherever_it_is_used(
    module: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = build()
    monkeypatch.setattr(module, name, lenient)
    for use in (build, model.step, model.run, lambda: model.officers[0].decide(0, "bond")):
        with pytest.raises(InputError, match="has been replaced") as refused:
            use()
        assert refused.value.where == f"{module.__name__}.{name}"  # type: ignore[attr-defined]
        assert "test_replaced_rules" in str(refused.value)
    monkeypatch.undo()
    assert model.run().finished


def test_a_module_that_was_loaded_anew_is_refused() -> None:
    program = """
import importlib
from model import BureaucracyModel, InputError
from model.rule import decision
importlib.reload(decision)
try:
    BureaucracyModel("baseline-2010", scale=0.001, rng=1)
except InputError as refused:
    print(refused.where)
"""
    assert alone(program).startswith("model.rule.decision.")


INTERPRETED = """
from datetime import date
from model import BureaucracyModel, InputError
from model.rule import decision
from model.rule.terms import culture
plain = decision.consider
culture.culture = lambda orientation: 5.0
model = BureaucracyModel("baseline-2010", scale=0.001, rng=1, until=date(2010, 1, 8), trace=True).run()
row = model.recorder.traced().iloc[-1]
officer = next(one for one in model.officers if one.row == row["officer"])
print(row["culture"], officer.decide(int(row["case"]), row["stage"]).terms["culture"])
decision.consider = lambda *columns: plain(*columns)
try:
    model.run()
except InputError as refused:
    print(refused.where)
"""


def test_interpreted_a_rule_is_replaced_throughout_or_refused() -> None:
    told = alone(INTERPRETED, NUMBA_DISABLE_JIT="1").splitlines()
    assert told == ["5.0 5.0", "model.day.work.consider"]


def test_no_machine_code_is_kept_of_what_stands_in_no_file(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "__init__.py").write_text("")
    (tmp_path / "own" / "rules.py").write_text(
        "from model.compiled import compiled\n\n\n@compiled\ndef half(x: float) -> float:\n    return 0.5 * x\n\n\n"
        "@compiled\ndef quarter(x: float) -> float:\n    return half(half(x))\n"
    )
    changed = """
from own import rules
from model import InputError
rules.half = rules.compiled(lambda x: x)
try:
    rules.quarter(8.0)
except InputError as refused:
    print(refused.where)
"""
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])
    changed = changed.replace("rules.quarter\n", "rules.compiled(eval('lambda x: x'))\n", 1)
    assert alone(changed, PYTHONPATH=path) == "own.rules.half"
    assert alone("from own import rules; print(rules.quarter(8.0))", PYTHONPATH=path) == "2.0"
