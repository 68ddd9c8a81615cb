"""The data of a page in a script beside it."""

from __future__ import annotations

import json
import re

from konkyo.present.view.data import json_for_script
from konkyo.server.site.apart import apart
from konkyo.server.site.files import SiteFile


def test_the_data_stand_in_a_script_that_runs_before_the_pages_own() -> None:
    told = {"name": "</script><b>&"}
    page = (
        '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-x&#39;">'
        f'<script type="application/json" id="d">{json_for_script(told)}</script>\n<script>own()</script>'
    )
    made, data = apart(SiteFile("en/overview/index.html", page.encode()))
    assert data.path == "en/overview/data.js"
    text = made.content.decode()
    assert "script-src &#39;self&#39; &#39;sha256-x&#39;" in text and "application/json" not in text
    assert text.endswith('<script src="data.js"></script>\n<script>own()</script>')
    blocks = re.search(r"of (\[.*\])\) \{", data.content.decode())
    assert blocks and [(name, json.loads(block)) for name, block in json.loads(blocks[1])] == [("d", told)]


def test_a_page_without_data_stays_as_it_is() -> None:
    page = SiteFile("gaps/index.html", b"<script src='/static/x.js'></script>")
    assert [*apart(page)] == [page]
