"""The command ``discretion``, and a clear word where a file of the user hides a package that the project needs.

`model`, `experiments` and `viz` are names that others use too. Python takes the first that it finds, and looks beside
the running script before it looks at what is installed.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
"""The folder of the project's own packages."""


def check(*packages: str) -> None:
    """Raise ImportError if one of some packages is not the project's own."""
    for name in packages:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        found = Path(spec.origin).resolve()
        hides = found.parent if found.name == "__init__.py" else found
        if hides != HERE / name:
            raise ImportError(
                f"{hides} hides the package {name} of discretion (in {HERE}): "
                "rename it, or run from another folder without it on PYTHONPATH"
            )


def command() -> None:
    """Run ``discretion``."""
    try:
        check("model", "experiments", "viz")
    except ImportError as error:
        sys.exit(f"discretion: {error}")
    from viz.cli.app_command import commands

    commands()
