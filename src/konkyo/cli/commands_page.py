"""Write the page ``commands`` of the documentation: ``python -m konkyo.cli.commands_page > src/konkyo/docs/commands.md``."""

from __future__ import annotations

import argparse
import sys

from konkyo.cli.parser import COMMANDS, make_parser

_INTRO = """# commands: 全ての命令とオプション · every command and option

命令とオプションの一覧です。日本語の説明は `konkyo COMMAND --help` で読めます。
Written by `python -m konkyo.cli.commands_page` from the parsers. A test fails when it is stale.
Every command also takes `--store DIR|URL`, `--lang ja|en` and `--help`.
"""
_COMMON = {"--store", "--lang", "--help"}


def page() -> str:
    """Return the page as Markdown, the same on every version of Python."""
    return "\n".join([_INTRO, *(_section(name) for name in COMMANDS)])


def _section(name: str) -> str:
    command = make_parser("en", name)
    lines = [f"## konkyo {name}", "", COMMANDS[name].ja + "  ", COMMANDS[name].en, ""]
    rows = [
        f"| {_usage(action)} | {_cell(action.help or '')} |"
        for action in command._actions
        if not _COMMON & set(action.option_strings)
    ]
    if rows:
        lines += ["| argument | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _usage(action: argparse.Action) -> str:
    if action.metavar is not None:
        shown = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    elif action.choices is not None:
        shown = "|".join(map(str, action.choices))
    else:
        shown = action.dest.upper()
    if not action.option_strings:
        text = f"[{shown}]" if action.nargs in ("?", "*") else shown
    else:
        text = ", ".join(action.option_strings) + (f" {shown}" if action.nargs != 0 else "")
    if action.nargs in ("*", "+"):
        text += " …"
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("%%", "%").replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
