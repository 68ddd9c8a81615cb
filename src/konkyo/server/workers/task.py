"""What a worker may run: registered functions, and calls of them whose arguments a type checker sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph

P = ParamSpec("P")
R = TypeVar("R")
_registered: dict[str, Task[..., Any]] = {}


class Task(Generic[P, R]):
    """A function that a worker runs with its graph; used as a decorator, which registers it.

    Arguments are values of JSON. The result is one too, or bytes, or a pair of both.
    """

    def __init__(self, function: Callable[Concatenate[KnowledgeGraph, P], R]) -> None:
        self.function = function
        self.name = f"{function.__module__}:{function.__qualname__}"
        if self.name in _registered:
            raise ValueError(f"{self.name} is registered already")
        _registered[self.name] = self

    def __call__(self, graph: KnowledgeGraph, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it here."""
        return self.function(graph, *args, **kwargs)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> Call[R]:
        """Return what a worker is to run."""
        return Call(self, args, kwargs)


@dataclass(frozen=True, slots=True)
class Call(Generic[R]):
    """A task with its arguments."""

    task: Task[..., R]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    def run(self, graph: KnowledgeGraph) -> R:
        """Run it here."""
        return self.task(graph, *self.args, **self.kwargs)

    def message(self) -> dict[str, Any]:
        """Return it as values of JSON, from which :func:`received` makes it again."""
        return {"task": self.task.name, "args": list(self.args), "kwargs": dict(self.kwargs)}

    def key(self, version: str) -> str:
        """Return a key for what it returns of a version of the data."""
        text = json.dumps([version, self.message()], ensure_ascii=True, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:40]


def received(message: Mapping[str, Any]) -> Call[Any]:
    """Return the call of a message. Raises KeyError for a function that is not registered."""
    import_module(message["task"].partition(":")[0])
    return Call(_registered[message["task"]], tuple(message["args"]), message["kwargs"])
