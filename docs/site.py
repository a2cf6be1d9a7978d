"""What the site (`make site`) takes from outside ``docs/``: the guide for contributors, the changelog, and the sources.

A hook of MkDocs: links to files of the repository that are no pages of the site become plain text.
"""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TAKEN = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
FIRST = {"README.md": "index.md", "README.md#five-minutes": "first-session.md", **TAKEN}
OWN_SHIM = "assets/iframe-worker.js"
SHIM = re.compile(r'(<script src=")https?://[^"]*/iframe-worker/shim(")')
"""What lets the search work from the disk; the theme would load it from the internet."""
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?:\.\./)+([^)]*)\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that stand at the top of the repository."""
    from mkdocs.structure.files import File  # of the extra `site`, which only `make site` installs

    for source, page in TAKEN.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=re.sub(r"\]\(docs/", "](", text)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links out of ``docs/`` to the page of the site that holds the same, if there is one."""
    up = "../" * page.file.src_uri.count("/")

    def inside(link: re.Match[str]) -> str:
        words, target = link[1], link[2]
        there = FIRST.get(target) or FIRST.get(target.partition("#")[0])
        if there is None and (ROOT / "docs" / target.partition("#")[0]).is_file():
            there = target
        return f"[{words}]({up}{there})" if there else words

    return LINK.sub(inside, markdown)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Load nothing from outside."""
    return SHIM.sub(rf"\g<1>{'../' * page.file.src_uri.count('/')}{OWN_SHIM}\g<2>", output)


def on_post_template(output: str, **_: Any) -> str:
    """Load nothing from outside, on the page for what is not found either."""
    return SHIM.sub(rf"\g<1>{OWN_SHIM}\g<2>", output)
