"""Asking a site without a server and without a browser."""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import urlsplit

HERE = "127.0.0.1"


class Answer(NamedTuple):
    """What a site answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def asked(
    site: Any, path: str, method: str = "GET", headers: Mapping[str, str] = {}, body: bytes = b"", client: str = HERE
) -> Answer:
    """What a site answers to a request for a path; ``client`` is the address from which it comes."""
    parts = urlsplit(path)
    scope = {
        "type": "http", "method": method, "path": parts.path, "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(), "scheme": "http", "server": (HERE, 80), "client": (client, 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "root_path": "",
        "http_version": "1.1",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    comes = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not comes:
            await asyncio.Event().wait()  # nobody hangs up
        return comes.pop()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as apart:  # a browser of other tests has a loop of its own in this thread
        apart.submit(asyncio.run, site(scope, receive, send)).result()
    named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))
