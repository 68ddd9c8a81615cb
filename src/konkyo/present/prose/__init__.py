"""An answer of ``trace`` as a paragraph that an official could put into a document, in Japanese or English.

Every sentence carries the number of the place it comes from. What is not a single place of a source (a count, the
structure of the graph, that something was not found) carries the mark of the query that gave it, so that nothing
is said without saying where it can be checked. What a source states, what a rule derives from it and what somebody
reads into it are worded differently, and the paragraph says nothing that the trace does not.
"""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.model.namespaces import ID
from konkyo.present.prose.chains import ChainWriter
from konkyo.present.prose.downwards import Downwards
from konkyo.present.prose.upwards import Upwards
from konkyo.present.prose.writer import Prose, clean
from konkyo.present.text.advice import shell_command
from konkyo.questions.trace import Chains, Trace


def paragraph(answer: Trace | Chains, lang: str) -> str:
    """Return an answer as a paragraph with its list of references; it ends with a line end."""
    return str(prose(answer, lang))


def prose(answer: Trace | Chains, lang: str) -> Prose:
    """Return an answer as sentences with their references."""
    writer: Upwards | Downwards | ChainWriter
    if isinstance(answer, Chains):
        writer = ChainWriter(lang)
        writer.write(answer)
    else:
        writer = Upwards(lang, answer.thing) if answer.direction == "up" else Downwards(lang, answer.thing)
        writer.write(answer)
    if not writer.sentences:
        writer.say("この問いに対して述べることは見当たらない", "nothing is found to say to this question")
    return Prose(tuple(writer.sentences), tuple(writer.references()), _query(answer, lang), lang)


def _query(answer: Trace | Chains, lang: str) -> str:
    ends = (answer.start, answer.end) if isinstance(answer, Chains) else (answer.thing,)
    keys = {name: clean(end.iri.removeprefix(ID)) for name, end in zip(("from", "to"), ends, strict=False)}
    command = f"`{shell_command('trace', keys, stored=False)}`"
    kept = [*(answer.kept if isinstance(answer, Trace) else ()), *_year(answer)]
    if kept:
        words = Words("、".join(w.ja for w in kept), "; ".join(w.en for w in kept)).of(lang)
        command += f" ({clean(words)})" if lang == "en" else f"（{clean(words)}）"
    return Words(
        f"知識グラフへの照会 {command} の答え。読み込んだ資料の範囲でのものであり、資料の外に何がないかは示さない。",
        f"The answer of {command}: what the sources in the graph give; it does not tell what is missing elsewhere.",
    ).of(lang)


def _year(answer: Trace | Chains) -> tuple[Words, ...]:
    """Return of which year the answer speaks, and which others there are."""
    words = answer.of.words()
    if words is None:
        return ()
    others = ", ".join(map(str, answer.of.others))
    more = (
        Words(f"。ほかに{others}年度の記載がある", f"; there is more of {others}")
        if others
        else Words("", "")
    )
    return (Words(f"{words.ja}による{more.ja}", f"by {words.en}{more.en}"),)
