"""What is answered where there is no page, or no room."""

from html import escape

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Discretion</title>
<style>html {{ color-scheme: light dark }} a {{ color: inherit }}
body {{ font-family: "DejaVu Sans", Verdana, sans-serif; max-width: 40em; margin: 12vh auto; padding: 0 20px;
line-height: 1.5 }}</style></head>
<body><main>{said}</main></body></html>
"""
MISSING = """<h1>There is no such page</h1><p>Nothing stands at <code>{path}</code>.</p>
<p><a href="{home}/">To the first page</a>, from which every other can be reached.</p>"""
CROWDED = """<h1>Every place is taken</h1><p>{most} pages are open already, which is all that this server takes at once.
A place is free as soon as somebody closes theirs.</p><p><a href="{path}">Try again</a></p>"""


def missing(path: str, root: str) -> bytes:
    """The page that says so, with the way to the first page of the app below ``root``.

    >>> b"/no&lt;" in missing("/no<", ""), b'href="/lab/"' in missing("/x", "/lab/")
    (True, True)
    """
    said = MISSING.format(path=escape(path), home=escape(root.rstrip("/")))
    return PAGE.format(title="No such page", said=said).encode()


def crowded(most: int, path: str) -> bytes:
    """The page that says that ``most`` pages are open already, with the way to try again.

    >>> b"200 pages are open" in crowded(200, "/memo")
    True
    """
    return PAGE.format(title="Every place is taken", said=CROWDED.format(most=most, path=escape(path))).encode()
