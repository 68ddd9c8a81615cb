"""Tasks by themselves: registered once, found by what a worker is told, and nothing else is."""

from __future__ import annotations

import json

import pytest

from konkyo.server.workers.task import Task, received
from support.worker_tasks import first, kinds


def test_a_call_comes_back_from_its_message() -> None:
    call = kinds.call(kind="text")
    read = received(json.loads(json.dumps(call.message())))
    assert read.task is kinds and read.key("v1") == call.key("v1")
    assert len({call.key("v1"), call.key("v2"), kinds.call(kind="json").key("v1")}) == 3


def test_only_what_is_registered_is_run() -> None:
    name = f"{first.__module__}:{first.__qualname__}"
    with pytest.raises(KeyError):
        received({"task": name, "args": [], "kwargs": {}})


def test_a_function_is_registered_once() -> None:
    with pytest.raises(ValueError, match="kinds is registered already"):
        Task(kinds.function)
