"""The rules of a class, and what is kept of it; no web."""

import csv
from pathlib import Path

import pytest

from experiments.demonstrations import DEMONSTRATIONS, summary
from experiments.precomputed.demonstrated import stored
from model import InputError
from viz.app.address import read_query
from viz.app.classroom.answers import answers
from viz.app.classroom.folder import KEPT, Folder
from viz.app.classroom.network import reachable
from viz.app.classroom.room import CODE, LETTERS, MOST_PHONES, NotIn, Room, middle
from viz.app.classroom.saved import COLUMNS, table
from viz.app.classroom.shown import phone, projector
from viz.app.demonstrations import ORDER, demonstrations
from viz.app.pages.demonstrations.url_state import EXPLAIN, REVEAL, Shown


def begun(*guesses: list[int], name: str = "counted") -> tuple[Room, list[str]]:
    """A room in which a round is open, with one phone a guess."""
    room = Room()
    tokens = [room.join(room.code) for _ in guesses]
    room.begin(name, [asked.high for asked in demonstrations()[name].predict])
    for token, values in zip(tokens, guesses, strict=True):
        room.guess(token, len(room.rounds), values)
    return room, tokens


def test_a_code_lets_in_and_nothing_else_does() -> None:
    room = Room()
    assert len(room.code) == CODE and set(room.code) <= set(LETTERS) and room.code != Room().code
    one, other = room.join(room.code), room.join(f" {room.code.lower()[:2]} {room.code[2:]} ")
    assert one != other and room.join("whatever", one) == one and len(room.phones) == 2
    for code in ("", "AAAAA", room.code + "B"):
        with pytest.raises(NotIn, match="no class has this code"):
            room.join(code)
    room.phones |= {f"t{at}": f"l{at}" for at in range(MOST_PHONES - 2)}
    with pytest.raises(InputError, match="the room is full"):
        room.join(room.code)
    assert room.join(room.code, one) == one


def test_the_key_is_the_instructors() -> None:
    room = Room()
    room.holds(room.key)
    for key in ("", room.code, "ä", room.key + "x"):
        with pytest.raises(NotIn, match="not the instructor's key"):
            room.holds(key)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1, 2], ["not as many guesses as questions", "found:   2", "allowed: 3"]),
        ([1, 2, 101], ["not a guess", "guess 3", "101", "a whole number from 0 to 100"]),
        ([1, -1, 2], ["guess 2", "-1"]),
        ([1, 2, 3.5], ["guess 3", "3.5"]),
        ([1, True, 3], ["guess 2", "true"]),
        (["<b>", 2, 3], ["guess 1", "'<b>'"]),
        ([None, {}, []], ["guess 1"]),
    ],
)
def test_what_cannot_be_guessed_is_refused_with_what_can(values: list[object], words: list[str]) -> None:
    room, [token] = begun([1, 2, 3])
    with pytest.raises(InputError) as refused:
        room.guess(token, 1, values)
    assert all(word in str(refused.value) for word in words), refused.value
    assert room.rounds[0].guesses == {token: [1, 2, 3]}


def test_a_round_goes_from_guesses_to_reveal_and_never_back() -> None:
    room, [one, other] = begun([1, 2, 3], [4, 5, 6])
    with pytest.raises(InputError, match="nothing to reveal"):
        room.reveal()
    room.guess(one, 1, [9, 9, 9])
    room.close()
    with pytest.raises(InputError, match="guesses are closed"):
        room.guess(one, 1, [1, 1, 1])
    room.reopen()
    room.guess(other, 1, [7, 7, 7])
    room.close()
    for shown in (1, 2, 3):
        room.reveal()
        assert room.rounds[0].shown == shown
        with pytest.raises(InputError, match="revealed already"):
            room.reopen()
    with pytest.raises(InputError, match="nothing to reveal"):
        room.reveal()
    room.leave()
    assert room.round is None and room.rounds[0].guesses == {one: [9, 9, 9], other: [7, 7, 7]}


def test_there_is_nothing_to_close_before_a_guess() -> None:
    room, _ = begun()
    with pytest.raises(InputError, match="nobody has guessed yet"):
        room.close()
    room.leave()
    assert room.rounds == []
    with pytest.raises(InputError, match="no round is being played"):
        room.close()


def test_a_guess_counts_in_its_own_round_alone() -> None:
    room, [token] = begun([1, 2, 3])
    room.begin("fading", [100] * 4)
    assert room.rounds[0].closed
    with pytest.raises(InputError, match="guesses are closed"):
        room.guess(token, 1, [1, 2, 3])
    with pytest.raises(NotIn):
        room.guess("a stranger", 2, [1, 2, 3, 4])
    room.guess(token, 2, [1, 2, 3, 4])
    assert [one.guesses[token] for one in room.rounds] == [[1, 2, 3], [1, 2, 3, 4]]


def test_an_ended_class_is_forgotten_and_the_next_has_another_code() -> None:
    room, [token] = begun([1, 2, 3])
    code, turn = room.code, room.turn
    room.end()
    assert (room.phones, room.rounds, room.round) == ({}, [], None) and room.code != code and room.turn > turn
    with pytest.raises(NotIn):
        room.join(code, token)


def test_a_class_outlives_its_server_for_some_hours(tmp_path: Path) -> None:
    kept = Folder(tmp_path / "class")
    token = kept.room.join(kept.room.code)
    kept.room.begin("counted", [100] * 3)
    kept.room.guess(token, 1, [1, 2, 3])
    kept.save()
    assert kept.file.stat().st_mode & 0o077 == 0
    again = Folder(tmp_path / "class")
    assert again.resumed and again.room == kept.room
    again.room.touched -= KEPT
    again.save()
    later = Folder(tmp_path / "class")
    assert not later.resumed and later.room.phones == {} and token not in later.file.read_text()
    later.delete()
    assert list(tmp_path.iterdir()) == []


def test_another_class_takes_the_place_of_one_only_when_told(tmp_path: Path) -> None:
    kept = Folder(tmp_path)
    assert Folder(tmp_path).room.code == kept.room.code
    assert Folder(tmp_path, new=True).room.code != kept.room.code
    (tmp_path / "class.json").write_text('{"code": 3}')
    with pytest.raises(InputError, match="the class cannot be read") as refused:
        Folder(tmp_path)
    assert "--new" in str(refused.value)
    Folder(tmp_path, new=True)


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError):
        Folder(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_the_projector_counts_and_a_phone_sees_its_own_guess_alone() -> None:
    room, [one, _, last] = begun([4, 20, 20], [10, 20, 20], [80, 20, 20])
    shown = projector(room, "http://10.0.0.1:8765/join")
    assert shown["phones"] == 3 and shown["guesses"] == 3 and shown["qr"].startswith("data:image/svg+xml")
    row = shown["round"]["rows"][0]
    assert row["guesses"] == [4, 10, 80] and row["said"] == "3 guesses: median 10, middle half 7 to 45"
    assert "model" not in row and room.key not in str(shown)
    seen = phone(room, one)
    assert seen["round"]["mine"] == [4, 20, 20] and "told" not in seen["round"]["rows"][0]
    assert not any(word in str(seen) for word in ("80", room.code, room.key, one, last))


@pytest.mark.parametrize("name", ORDER)
def test_what_is_revealed_is_what_the_demonstration_gives(name: str) -> None:
    guess = [50] * len(demonstrations()[name].predict)
    room, [token, *_] = begun(guess, [0] * len(guess), name=name)
    known = stored(name)
    assert known is not None
    medians = summary(name, known.figures).set_index("key")["median"]
    room.close()
    for at, asked in enumerate(demonstrations()[name].predict):
        room.reveal()
        row = projector(room, "http://x/join")["round"]["rows"][at]
        assert row["model"][0] == pytest.approx(100 * medians[asked.key])
        assert row["happened"] == asked.happened.figure and row["note"].startswith(asked.happened.note)
        assert row["wrong"] == (asked.happened.status == "fails") == ("known to be wrong" in row["told"]["model"])
        held = answers(name)[at].figure
        assert row["best"] == ([0] if abs(50 - held) < abs(held) else [1])
        assert phone(room, token)["round"]["rows"][at]["best"] == (row["best"] == [0])


@pytest.mark.parametrize(("name", "step"), [("counted", EXPLAIN), ("budget", REVEAL)])
def test_once_all_is_revealed_it_goes_on_in_the_app_with_the_median_of_the_class(name: str, step: int) -> None:
    questions = len(demonstrations()[name].predict)
    room, _ = begun(*([value] * questions for value in (10, 20, 75)), name=name)
    room.close()
    for _ in range(questions):
        assert projector(room, "http://x/join")["round"]["on"] == ""
        room.reveal()
    path, _, asked = projector(room, "http://x/join")["round"]["on"].partition("?")
    shown, problems = read_query(Shown, asked)
    assert (path, problems, shown.name, shown.step) == ("demonstrations", [], name, step)
    assert [one.values for one in shown.guess] == [(20,) * questions]


def test_worlds_of_one_seed_are_told_by_their_difference() -> None:
    assert "against “Offered closure, as issued”, seed by seed" in answers("counted")[1].against
    assert answers("counted")[0].against == ""
    assert set(DEMONSTRATIONS) == set(ORDER)


def test_the_guesses_are_saved_with_what_they_are_held_against_and_without_tokens() -> None:
    room, tokens = begun([4, 20, 20], [10, 30, 40])
    room.begin("limits", [100, 100, 100, 200])
    room.guess(tokens[0], 2, [1, 2, 3, 150])
    rows = list(csv.DictReader(table(room).splitlines()))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 2 * 3 + 4
    assert [row["guess"] for row in rows if row["figure"] == "as-issued"] == ["4", "10"]
    assert {row["phone"] for row in rows} == set(room.phones.values())
    assert rows[0]["happened"] == "5.1"
    assert float(rows[0]["model"]) == pytest.approx(answers("counted")[0].model, rel=1e-3)
    assert not any(token in table(room) for token in tokens)


def test_the_middle_of_two_guesses_lies_between_them() -> None:
    assert middle([0, 100]) == (25.0, 50.0, 75.0)


def test_an_address_that_is_told_can_be_written_in_a_link() -> None:
    assert reachable("10.1.2.3") == "10.1.2.3" and reachable("fe80::1") == "[fe80::1]"
    assert "0.0.0.0" not in reachable("0.0.0.0")
