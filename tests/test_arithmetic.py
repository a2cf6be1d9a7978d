"""The same bits on every processor: the model's own exponential, logarithm and normal quantile, and no others."""

import ast
import hashlib
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from scipy.special import ndtri

import model
from model.arithmetic import exp, exps, log, logs, normal_quantile

MODEL = Path(model.__file__).parent
ELSEWHERE = {
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "logaddexp", "power", "float_power", "pow", "sin", "cos",
    "tan", "arctan", "sinh", "cosh", "tanh", "arctanh", "cbrt", "hypot", "ndtri", "expit", "logit", "dot", "matmul",
    "einsum", "inner", "vdot",
}  # fmt: skip
"""Functions whose last bit hangs on the processor, the C library or the linear algebra that is installed."""

EXPONENTS = np.concatenate([np.linspace(-745.0, 709.0, 50_001), np.linspace(-5.0, 5.0, 50_001)])
POSITIVE = np.concatenate([np.linspace(1e-9, 4.0, 50_001), 2.0 ** np.arange(-1070, 1020, dtype=float)])
CHANCES = np.concatenate([np.linspace(1e-9, 1.0 - 1e-9, 50_001), 2.0 ** -np.arange(1.0, 55.0)])


@pytest.mark.parametrize(
    ("ours", "theirs", "at"), [(exps, math.exp, EXPONENTS), (logs, math.log, POSITIVE)], ids=["exp", "log"]
)
def test_within_a_unit_in_the_last_place_of_the_c_library(ours, theirs, at) -> None:
    expected = np.array([theirs(x) for x in at])
    assert (np.abs(ours(at) - expected) <= np.spacing(np.abs(expected))).all()


def test_the_quantile_is_that_of_the_normal_distribution() -> None:
    np.testing.assert_allclose([normal_quantile(p) for p in CHANCES], ndtri(CHANCES), rtol=2e-15)


@pytest.mark.parametrize(
    ("one", "at"), [(exp, EXPONENTS), (log, POSITIVE), (normal_quantile, CHANCES)], ids=["exp", "log", "quantile"]
)
def test_interpreted_and_compiled_agree_to_the_last_bit(one, at) -> None:
    assert all(one.py_func(x) == one(x) for x in at[::7].tolist())


def test_the_bits_are_those_of_every_other_machine() -> None:
    digest = hashlib.sha256()
    for values in (exps(EXPONENTS), logs(POSITIVE), np.array([normal_quantile(p) for p in CHANCES])):
        digest.update(values.astype("<f8").tobytes())
    assert digest.hexdigest()[:16] == "3e80513d82a84c53"


def test_the_model_uses_no_function_whose_last_bit_the_machine_chooses() -> None:
    found = []
    for path in MODEL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"math", "numpy", "scipy"}:
                found += [f"{path.name}: {name.name}" for name in node.names if name.name in ELSEWHERE]
            if isinstance(node, ast.Attribute) and node.attr in ELSEWHERE and isinstance(node.value, ast.Name):
                found += [f"{path.name}: {node.value.id}.{node.attr}"] * (node.value.id in {"np", "numpy", "math"})
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                found.append(f"{path.name}: @")
    assert found == []


PROGRAM = """
import hashlib
from datetime import date
from model import BureaucracyModel
digest = hashlib.sha256()
for scenario, until in (("record-2013", date(2010, 12, 31)), ("zero-tolerance-2018", date(2017, 9, 30))):
    model = BureaucracyModel(scenario, scale=0.003, rng=5, until=until).run()
    for column in (*model.desks, model.endorsement.endorsed, model.habits, *model.cases):
        digest.update(column.tobytes())
    digest.update(model.recorder.outcomes().to_csv().encode())
print(digest.hexdigest())
"""


def _run(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        env={**os.environ, **environment}, capture_output=True, text=True, check=True, cwd=MODEL.parent,
    ).stdout  # fmt: skip


def test_a_year_is_the_same_with_and_without_the_kernels_of_the_processor() -> None:
    kernels = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    assert _run() == _run(NPY_DISABLE_CPU_FEATURES=" ".join(kernels))
