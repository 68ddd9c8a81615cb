"""What the workers of each pool load before they are ready, so that no first request waits for it."""

from __future__ import annotations

from konkyo.api import KnowledgeGraph
from konkyo.server.workers.task import Task


@Task
def queries(graph: KnowledgeGraph) -> None:
    """Load what runs a query."""
    import konkyo.server.sparql.evaluate  # noqa: F401


@Task
def tables(graph: KnowledgeGraph) -> None:
    """Load what makes a table."""
    import konkyo.server.pages.tables  # noqa: F401


@Task
def pages(graph: KnowledgeGraph) -> None:
    """Load what nearly every page needs, and all templates."""
    import konkyo.graph.search
    import konkyo.questions.trace
    import konkyo.server.json_api.endpoints
    import konkyo.server.pages.routes  # noqa: F401
    from konkyo.server.pages.render import environment

    for name in environment().list_templates():
        environment().get_template(name)
