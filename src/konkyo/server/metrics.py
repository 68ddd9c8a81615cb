"""Figures for Prometheus."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from konkyo.server.workers.pool import PoolCounts
from konkyo.server.workers.service import Service

_AREAS = frozenset(
    ("sparql", "id", "code", "graph", "ns", "page", "search", "api", "static", "dataset", ".well-known", "health", "ready", "metrics")
)  # fmt: skip
_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class RequestMetrics:
    """What one server counts."""

    def __init__(self, service: Service) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "konkyo_requests", "Requests answered", ["area", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "konkyo_request_seconds", "Time to answer", ["area"], buckets=_SECONDS, registry=self.registry
        )
        self.registry.register(_Pools(service))
        self.registry.register(_Clients(service))

    def observe(self, path: str, method: str, status: int, seconds: float) -> None:
        """Count one request. What strangers can choose freely is no label of its own."""
        first = path.lstrip("/").partition("/")[0]
        area = first if first in _AREAS else "/" if path == "/" else "other"
        self.requests.labels(area, method if method in _METHODS else "other", str(status)).inc()
        self.seconds.labels(area).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """Return the figures in Prometheus' text form, with its media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST


class _Pools(Collector):
    def __init__(self, service: Service) -> None:
        self.pools = {"queries": service.queries, "pages": service.pages, "tables": service.tables}

    def collect(self) -> Iterator[Metric]:
        """Yield the state of the pools."""
        gauges = {
            "workers": "Worker processes",
            "running": "Workers at work",
            "waiting": "Requests that wait for a worker",
            "memory_bytes": "Resident memory of the workers, where the system tells it",
        }
        for name, text in gauges.items():
            family = GaugeMetricFamily(f"konkyo_pool_{name}", text, labels=["pool"])
            for pool, workers in self.pools.items():
                value = {
                    "workers": len(workers.pids),
                    "running": workers.running,
                    "waiting": workers.waiting,
                    "memory_bytes": sum(resident(pid) for pid in workers.pids),
                }[name]
                family.add_metric([pool], value)
            yield family
        for field in fields(PoolCounts):
            counter = CounterMetricFamily(f"konkyo_pool_{field.name}", "Since the start", labels=["pool"])
            for pool, workers in self.pools.items():
                counter.add_metric([pool], getattr(workers.counts, field.name))
            yield counter


class _Clients(Collector):
    def __init__(self, service: Service) -> None:
        self.clients = service.clients

    def collect(self) -> Iterator[Metric]:
        """Yield how many clients there are, never who they are."""
        made = self.clients
        yield GaugeMetricFamily("konkyo_clients", "Clients with queries at work or waiting", value=made.known)
        yield GaugeMetricFamily(
            "konkyo_clients_waiting", "Queries that wait for others of their client", value=made.waiting
        )
        yield CounterMetricFamily(
            "konkyo_clients_refused", "Queries refused since their client had its share", value=made.refused
        )


def resident(pid: int) -> int:
    """Return the resident memory of a process in bytes; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    try:
        import resource

        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0
