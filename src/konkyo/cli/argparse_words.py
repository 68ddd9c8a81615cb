"""What argparse says, in Japanese: it marks its texts for gettext, and this is the catalogue."""

from __future__ import annotations

import argparse

from konkyo.common.words import Words

# The name of an argument and a space stand before most of these.
_JAPANESE = {
    "usage: ": "使い方: ",
    "positional arguments": "引数",
    "options": "オプション",
    "show this help message and exit": "この説明を表示して終わる",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "引数が足りません: %s",
    "one of the arguments %s is required": "引数が足りません: %s のどれか",
    "unrecognized arguments: %s": "知らない引数です: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s はどれとも取れます: %(matches)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "に %(value)r は使えません（使えるもの: %(choices)s）",
    "invalid %(type)s value: %(value)r": "の値 %(value)r は読めません",
    "expected one argument": "には値が一つ要ります",
    "expected at least one argument": "には値が要ります",
    "ignored explicit argument %r": "に値 %r は付けられません",
    "not allowed with argument %s": "は %s と一緒には使えません",
}
_lang = "ja"


def speak(lang: str) -> None:
    """Have argparse speak a language from now on."""
    global _lang
    _lang = lang


def unfit(ja: str, en: str) -> argparse.ArgumentTypeError:
    """Return the error of a value that does not fit, told after the name of its argument."""
    return argparse.ArgumentTypeError(Words(ja, en).of(_lang))


def perhaps(near: str) -> str:
    """Return what is said after an argument that is like another one."""
    return Words(f"。もしかして: {near}", f". Perhaps: {near}").of(_lang)


def no_choice(value: str, near: str) -> str:
    """Return what is said after an argument whose value is like one of its choices."""
    words = Words(
        f"に「{value}」は使えません。もしかして: {near}", f"invalid choice: {value!r}. Perhaps: {near}"
    )
    return words.of(_lang)


def told(text: str) -> str:
    """Return a text of argparse in the language that it speaks."""
    return text if _lang == "en" else _JAPANESE.get(text, text)


argparse._ = told  # type: ignore[attr-defined]
