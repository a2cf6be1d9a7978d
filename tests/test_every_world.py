"""A command that has nothing to say of a world says so in one message, and leaves nothing behind."""

from pathlib import Path

import pytest

from tests.commands import assert_refused, discretion

SAID = {
    "downstream memo --world two-desks": "the scenario does not watch the border",
    "downstream record --world patrol": "the scenario does not watch the border",
    "reports memo --world two-desks": "nothing is reported in this world",
    "reports record --world patrol": "nothing is reported in this world",
    "theory --world two-desks": "a directive that the theory is tested with is missing",
    "theory --world patrol": "a directive that the theory is tested with is missing",
    "calibrate border --world two-desks": "has none",
    "rivals border --world two-desks": "has none",
    "twin memo --world two-desks --posterior shipped": "the world brings no posterior",
}


@pytest.mark.parametrize("command", SAID)
def test_what_does_not_apply_is_said_in_one_message(command: str, tmp_path: Path) -> None:
    done = discretion(*command.split(), "--scale", "0.01", "--out", str(tmp_path / "out"))
    assert_refused(done, [SAID[command], "allowed:"], tmp_path)
