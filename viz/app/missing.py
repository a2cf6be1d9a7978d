"""What is answered where there is no page."""

from html import escape

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>No such page · Discretion</title>
<style>html {{ color-scheme: light dark }} a {{ color: inherit }}
body {{ font-family: "DejaVu Sans", Verdana, sans-serif; max-width: 40em; margin: 12vh auto; padding: 0 20px;
line-height: 1.5 }}</style></head>
<body><main><h1>There is no such page</h1><p>Nothing stands at <code>{path}</code>.</p>
<p><a href="{home}/">To the first page</a>, from which every other can be reached.</p></main></body></html>
"""


def missing(path: str, root: str) -> bytes:
    """The page that says so, with the way to the first page of the app below ``root``.

    >>> b"/no&lt;" in missing("/no<", ""), b'href="/lab/"' in missing("/x", "/lab/")
    (True, True)
    """
    return PAGE.format(path=escape(path), home=escape(root.rstrip("/"))).encode()
