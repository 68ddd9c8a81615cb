"""``konkyo completion``, and what a shell asks at each TAB."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from argcomplete.completers import BaseCompleter, FilesCompleter

from konkyo.cli.options import Say

SHELLS = ("bash", "zsh", "fish", "powershell")


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=say("シェル", "shell") + f" ({', '.join(SHELLS)})"
    )


def run(options: argparse.Namespace) -> int:
    """Print the script that makes a shell complete commands, options and names."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["konkyo"], shell=options.shell))
    return 0


def complete(lang: str) -> None:
    """Answer a shell that asks what could come next (by the environment, as argcomplete has it), and end the process."""
    import argcomplete

    from konkyo.cli.parser import make_parser

    argcomplete.autocomplete(
        make_parser(lang, whole=True), default_completer=_Names(), always_complete_options="long"
    )


class _Names(BaseCompleter):
    """What an argument without choices may be: a stored query, a topic, a kind of gap; else a file."""

    def __call__(
        self, prefix: str, action: argparse.Action, parsed_args: argparse.Namespace, **_: Any
    ) -> Iterable[str]:
        match getattr(parsed_args, "command", None), action.dest:
            case "query", "query":
                from konkyo.graph.stored_queries import names, stored

                return {name: stored(name).title.of(parsed_args.lang) for name in names()}
            case "query", "parameters":
                return _parameters(parsed_args.query)
            case "help", "topic":
                from konkyo.present.topics import topics

                return {topic.name: topic.about.of(parsed_args.lang) for topic in topics()}
            case "gaps", "kind":
                from konkyo.graph.gaps import NAMES

                return (*NAMES, "all")
        found: Iterable[str] = FilesCompleter()(prefix)
        return found


def _parameters(query: str | None) -> list[str]:
    from konkyo.graph.stored_queries import names, stored

    return [f"{one.name}=" for one in stored(query).parameters] if query in names() else []
