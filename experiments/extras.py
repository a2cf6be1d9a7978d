"""What is told where an extra is asked for that is not installed."""

from importlib import import_module
from importlib.metadata import requires
from typing import Any
from warnings import catch_warnings, filterwarnings

from model.errors import InputError, Words

EXTRAS = {"sklearn": "calibration", "ema_workbench": "discovery"}
"""The extra that a module is part of."""


def workbench() -> Any:
    """The EMA Workbench, without its remark at import that an engine is missing which nobody asked for."""
    with catch_warnings():
        filterwarnings("ignore", "ipyparallel", UserWarning)
        return import_module("ema_workbench")


def not_installed(module: str, where: str) -> InputError:
    """The error to raise for a module of an extra: how to install all that the extra asks for, wherever one is.

    >>> print(not_installed("ema_workbench", "--corner"))
    the extra discovery is not installed
      where:   --corner
      found:   no module ema_workbench
      allowed: python -m pip install "ema-workbench<3,>=2.5"
    """
    extra = EXTRAS[module]
    parts = [one.partition(";")[0].strip() for one in requires("discretion") or () if one.endswith(f"== '{extra}'")]
    asked = " ".join(f'"{one}"' for one in parts)
    return InputError(
        f"the extra {extra} is not installed", where=where, found=Words(f"no module {module}"),
        allowed=f"python -m pip install {asked}",
    )  # fmt: skip
