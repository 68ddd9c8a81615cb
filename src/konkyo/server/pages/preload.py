"""Loads what nearly every page needs, so that a worker's first page does not wait for it."""

from __future__ import annotations

import konkyo.graph.search
import konkyo.questions.trace
import konkyo.server.pages.compare
import konkyo.server.pages.entity
import konkyo.server.pages.gaps
import konkyo.server.pages.site
from konkyo.server.pages.render import environment

for _name in environment().list_templates():
    environment().get_template(_name)

__all__ = ["konkyo"]
