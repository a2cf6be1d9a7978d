"""Long work: in processes of its own, so that pages stay quick; with progress, a way to stop it, and limits.

A piece of work is a function of a module, its plain arguments, and ``progress``, which it calls with what is done and
how much there is in all. If it takes ``so_far`` as well, it may call it with what has come of it until then. Results
are kept for the next visitor who asks for the same; who asks for what is being worked at follows that.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from inspect import signature
from multiprocessing import get_context, parent_process
from threading import Event, Lock, Thread
from typing import Any

import solara

from model.world.once import Same
from viz.app.shown_world import show, shown, the_world

Progress = Callable[[int, int], None]
AT_ONCE = max(1, min(3, (os.cpu_count() or 2) - 1))
"""Pieces of work at the same time; the rest wait their turn."""
IN_LINE = 12
"""Pieces that may wait or run at once; who comes later is asked to try again."""
KEPT = 16
"""Results that are kept."""
GLANCE = 0.15
"""Seconds between two looks at how far a piece of work is."""
DONE, TOTAL, STOP, CELLS = 0, 1, 2, 3


class Stopped(Exception):
    """Raised in the work when its visitor has stopped it."""


class Crowded(Exception):
    """Too many pieces of work are waiting already."""

    def __str__(self) -> str:
        """What to tell the visitor."""
        return f"{IN_LINE} pieces of work are waiting already. Nothing is lost: try again in a minute."


@dataclass(frozen=True)
class State:
    """How a piece of work stands: ``idle``, ``waiting``, ``running``, ``done``, ``failed``, ``stopped``.

    ``result`` is what has come of it; while it is running, as far as it has come.
    """

    name: str = "idle"
    done: int = 0
    total: int = 0
    result: Any = None
    error: BaseException | None = None

    @property
    def busy(self) -> bool:
        """Whether it is still to come to an end."""
        return self.name in ("waiting", "running")


@dataclass(eq=False)
class _Piece:
    """A piece of work that is waiting or at work, and how many follow it."""

    key: Any
    line: int
    pool: ProcessPoolExecutor
    future: "Future[Any]"
    followers: int = 1
    partial: Any = None


class _Office:
    """The processes, what they share with this one, and the results that are kept.

    The thread that hears of partial results leaves them with their piece: a reactive value belongs to the visitor
    whose thread sets it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._board: Any = None
        self._pieces: dict[Any, _Piece] = {}
        self._free = list(range(IN_LINE))
        self._results: OrderedDict[Any, Any] = OrderedDict()

    def known(self, key: Any) -> Any:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def keep(self, key: Any, result: Any) -> None:
        with self._lock:
            self._results[key] = result
            while len(self._results) > KEPT:
                self._results.popitem(last=False)

    def join(self, key: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> _Piece:
        """A piece of work to follow: the one that is at work on the same, or a new one."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is None:
                piece = self._pieces[key] = self._begun(key, function, arguments)
            else:
                piece.followers += 1
            return piece

    def _begun(self, key: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> _Piece:
        pool = self._pool or self._opened()
        if not self._free:
            raise Crowded
        line = self._free.pop()
        self._board[line * CELLS : (line + 1) * CELLS] = [0] * CELLS
        try:
            return _Piece(key, line, pool, pool.submit(_work, line, function, arguments))
        except BrokenProcessPool:
            self._free.append(line)
            self._pool = None
            raise

    def _opened(self) -> ProcessPoolExecutor:
        context = get_context("spawn")
        self._board, post = context.Array("q", CELLS * IN_LINE), context.SimpleQueue()
        self._pool = ProcessPoolExecutor(AT_ONCE, context, _begin, (self._board, post, shown()))
        Thread(target=self._listen, args=(post,), daemon=True, name="post").start()
        return self._pool

    def _listen(self, post: Any) -> None:
        while True:
            line, partial = post.get()
            with self._lock:
                for piece in self._pieces.values():
                    if piece.line == line:
                        piece.partial = partial

    def leave(self, piece: _Piece, broken: bool) -> None:
        """Follow a piece no longer; one that nobody follows is stopped."""
        with self._lock:
            piece.followers -= 1
            if piece.followers:
                return
            del self._pieces[piece.key]
        if not piece.future.done():
            self._board[piece.line * CELLS + STOP] = 1
            piece.future.cancel()
            wait([piece.future])
        with self._lock:
            self._free.append(piece.line)
            if broken and self._pool is piece.pool:
                self._pool = None

    def read(self, line: int) -> tuple[int, int]:
        return self._board[line * CELLS + DONE], self._board[line * CELLS + TOTAL]


_office = _Office()
_shared: tuple[Any, Any] | None = None
"""In a process that works: the board and the post that it shares with the server."""


def _begin(board: Any, post: Any, world: str) -> None:
    global _shared
    _shared = board, post
    Thread(target=_end_with_the_server, daemon=True, name="end").start()
    show(world)


def _end_with_the_server() -> None:
    """End this process in the midst of its work when the server is no more: nobody could take what comes of it."""
    server = parent_process()
    assert server is not None, "a process that works has been begun by a server"
    server.join()
    os._exit(1)


def _work(line: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    assert _shared is not None, "a process that works has been begun"
    board, post = _shared

    def progress(done: int, total: int) -> None:
        if board[line * CELLS + STOP]:
            raise Stopped
        board[line * CELLS + DONE], board[line * CELLS + TOTAL] = done, total

    def so_far(partial: Any) -> None:
        post.put((line, partial))

    progress(0, 0)
    if "so_far" in signature(function).parameters:
        return function(*arguments, progress=progress, so_far=so_far)
    return function(*arguments, progress=progress)


class Job:
    """A visitor's piece of work; ``state`` is reactive. One at a time: the next begins when the last is stopped."""

    def __init__(self) -> None:
        """Nothing has been asked for."""
        self.state = solara.reactive(State())
        self._stop = Event()

    def begin(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin, unless a piece is at work; the result comes at once if it is known."""
        if self.state.peek().busy:
            return
        key = (Same(the_world()), function.__module__, function.__qualname__, arguments)
        result = _office.known(key)
        if result is not None:
            self.state.value = State("done", 1, 1, result)
            return
        self._stop = Event()
        self.state.value = State("waiting")
        Thread(target=self._follow, args=(key, function, arguments, self._stop), daemon=True, name="job").start()

    def stop(self) -> None:
        """Stop what is at work; what it had done is dropped."""
        self._stop.set()

    def clear(self) -> None:
        """Stop what is at work and forget what came of it: something else is asked for now."""
        self._stop.set()
        self.state.value = State()

    def _follow(self, key: Any, function: Callable[..., Any], arguments: tuple[Any, ...], stop: Event) -> None:
        try:
            piece = _office.join(key, function, arguments)
        except (Crowded, BrokenProcessPool) as error:
            self.state.value = State("failed", error=error)
            return
        broken = False
        try:
            while not stop.wait(GLANCE) and not piece.future.done():
                done, total = _office.read(piece.line)
                if total and not stop.is_set():
                    self.state.value = State("running", done, total, piece.partial)
            if stop.is_set():
                if self._stop is stop and self.state.peek().busy:
                    self.state.value = State("stopped")
            else:
                result = piece.future.result()
                _office.keep(key, result)
                self.state.value = State("done", 1, 1, result)
        except BaseException as error:  # the visitor is told whatever it is
            broken = isinstance(error, BrokenProcessPool)
            self.state.value = State("failed", error=error)
        finally:
            _office.leave(piece, broken)


def use_job() -> Job:
    """A visitor's job, stopped when its page is left."""
    job = solara.use_memo(Job, [])
    solara.use_effect(lambda: job.stop, [])
    return job


def use_aside(function: Callable[[], Any], depends: list[Any]) -> Any:
    """What a quick function gives, worked out in a thread beside the page; nothing until then.

    A thread whose result is no longer wanted runs to its end: Solara would stop it by tracing every line that it runs,
    which makes it slow, and brings the server down where it runs compiled code.
    """
    found = solara.use_thread(lambda _: function(), depends, intrusive_cancel=False)
    return found.value
