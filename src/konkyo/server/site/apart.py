"""The data that stand in a page of the server, put into a script beside the page of the site: the page is small, and read at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from konkyo.present.view.data import json_for_script
from konkyo.server.site.files import SiteFile

_BLOCK = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>\s*', re.DOTALL)
_NAME = "data.js"


def apart(page: SiteFile) -> Iterator[SiteFile]:
    """Yield a page without its blocks of data, and the script that puts them into it, which its policy lets run."""
    text = page.content.decode()
    blocks = _BLOCK.findall(text)
    if not blocks:
        yield page
        return
    text = _BLOCK.sub("", text.replace("script-src ", "script-src &#39;self&#39; ", 1))
    # Before the page's own script, which reads them.
    head, sign, rest = text.rpartition("<script>")
    yield page._replace(content=f'{head}<script src="{_NAME}"></script>\n{sign}{rest}'.encode())
    script = (
        f"for (const [id, text] of {json_for_script(blocks)}) {{\n"
        '  const block = document.createElement("script");\n'
        '  block.type = "application/json";\n  block.id = id;\n  block.textContent = text;\n'
        "  document.body.append(block);\n}\n"
    )
    yield SiteFile(f"{page.path.rpartition('/')[0]}/{_NAME}", script.encode())
