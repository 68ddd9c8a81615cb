"""Why a citation was taken for what it was: one text per rule, in both languages."""

from __future__ import annotations

from konkyo.common.words import Words


def named(name: str, date: str) -> Words:
    """Name and edition are the registry's."""
    return Words(
        f"登録簿の「{name}」の名・版（{date}）と一致。",
        f"Name and edition ({date}) are those of {name} in the registry.",
    )


def dated(name: str, date: str, other: str | None = None) -> Words:
    """Name and date are the registry's; ``other`` is the edition's other date that is stated: a small amendment."""
    if other:
        return Words(
            f"登録簿の「{name}」の名と、版（{date}）の別の日付（一部変更など、{other}）が一致。",
            f"The name is that of {name} in the registry; {other} is another date (a small amendment) of the edition of {date}.",
        )
    return Words(
        f"登録簿の「{name}」の名と日付（{date}）が一致。",
        f"Name and date ({date}) are those of {name} in the registry.",
    )


def alike(name: str, date: str, score: float) -> Words:
    """The name is the registry's but for a slip, the edition the same."""
    return Words(
        f"名が「{name}」に近く（{score:.2f}）、版又は日付（{date}）が一致し、この名の他の文書は知られていない。",
        f"The name is close to {name} ({score:.2f}), edition or date ({date}) agree, and no other document bears it.",
    )


def against_date(name: str, edition: str, stated: str) -> Words:
    """The title states one edition, the date beside it is close to that edition's but not the same."""
    return Words(
        f"名が「{name}」の{edition}の版を示す。記された日付{stated}は、登録簿のその版の日付と合わない（他の版の日付でもない）。",
        f"The title states the edition of {edition} of {name}. The date beside it, {stated}, is not that edition's "
        f"in the registry (nor any other's).",
    )


def renamed(name: str, date: str) -> Words:
    """The edition is that of a successor or predecessor."""
    return Words(
        f"版・日付は、名を継ぐ「{name}」の版（{date}）のもの。",
        f"Edition and date are those of its successor or predecessor {name} ({date}).",
    )


def of_year(name: str, year: int, date: str) -> Words:
    """One edition is of the year in the title."""
    return Words(f"「{name}」の{year}年の版は一つ（{date}）。", f"{name} has one edition of {year} ({date}).")


def only(name: str, date: str) -> Words:
    """The strategy was decided once."""
    return Words(
        f"日付はないが、「{name}」が決定されたのは一度だけ（{date}）。",
        f"Undated, but {name} was decided once only ({date}).",
    )


def undated(name: str) -> Words:
    """No edition is stated."""
    return Words(
        f"「{name}」を指す。版を示す語も日付もないので、版は定めない。",
        f"It denotes {name}; neither edition nor date is stated, so no edition is guessed.",
    )


_OPEN = {
    "edition-not-registered": Words("当たる版が登録簿にない", "no such edition is registered"),
    "edition-against-date": Words(
        "名の示す版と日付の示す版が違う", "the title states one edition, the date another"
    ),
    "date-too-coarse": Words("当たる版が二つ以上ある", "several editions agree with it"),
    "several-editions": Words("当たる版が二つ以上ある", "several editions agree with it"),
}


def edition_open(name: str, edition: str, known: str, method: str) -> Words:
    """The edition is none of those registered, or cannot be told."""
    why = _OPEN[method]
    return Words(
        f"「{name}」を指すが、版（{edition}）は定めない。{why.ja}（登録済み: {known or 'なし'}）。",
        f"It denotes {name}, but its edition ({edition}) is left open: {why.en} (registered: {known or 'none'}).",
    )


def generic() -> Words:
    """Many bodies use the name."""
    return Words(
        "多くの機関が使う名で、どこの文書か記載からは分からない。",
        "Many bodies use this name: whose document it is cannot be told.",
    )


def new(*, numbered: bool) -> Words:
    """The name is not registered; ``numbered``: it states a number or a year, which makes an edition of it."""
    if numbered:
        return Words(
            "登録簿にない名。番号・年だけが違う名を、一つの計画等の版としてまとめる。",
            "Not registered: names that differ in number or year only come together, as editions of one plan.",
        )
    return Words(
        "登録簿にない名。同じ名どうしだけをまとめる。", "Not registered: only equal names come together."
    )


def alike_only(name: str, score: float) -> Words:
    """The name is not registered, but like one that is."""
    return Words(
        f"登録簿にない名。似た名の「{name}」（{score:.2f}）と同じかは定めない。",
        f"Not registered. Whether it is {name} ({score:.2f}) is left open.",
    )


def within(name: str, why: Words) -> Words:
    """The name stands within the words of a title that adds nothing which makes it another document."""
    return Words(
        f"登録簿の「{name}」の名が題名の語の中にあり、残りは部分、副題、冠する機関などにすぎない。{why.ja}",
        f"The name of {name} in the registry stands within the words of the title; the rest only names a part, "
        f"a subtitle or a body. {why.en}",
    )


def completed(name: str, why: Words) -> Words:
    """A generic name that several registered plans end in, and the day of one of them."""
    return Words(
        f"「{name}」の名の終わりだけが記されている。同じ終わりの計画等のうち、日付が合うのはこれだけ。{why.ja}",
        f"Only the end of the name of {name} is stated; of the plans that end so, its date alone agrees. {why.en}",
    )


def adopted(name: str, date: str) -> Words:
    """The date is that on which a text was adopted first that is amended again and again."""
    return Words(
        f"「{name}」を指す。{date}は最初の決定の日で、以後繰り返し改正されている。どの版によるかは記されていない。",
        f"It denotes {name}. {date} is its first adoption; it has been amended since, and no edition is stated.",
    )


def of_council(body: str) -> Words:
    """A generic name, of the council in front of it."""
    return Words(
        f"多くの機関が使う名だが、前に「{body}」とあり、日付か番号がある。同じ機関の同じ名だけをまとめる。",
        f"Many bodies use this name; {body} stands in front of it, with a date or number: only its own come together.",
    )


def says_more(name: str) -> Words:
    """A registered name begins the title, but more follows that may make another document of it."""
    return Words(
        f"題名の中に登録簿の「{name}」の名があるが、続く語があり、同じ文書かは定めない。",
        f"The name of {name} stands within the title, but more words follow: whether it is the same document is left open.",
    )


def another(issued: str) -> Words:
    """Another body issued it under the same title."""
    return Words(
        f"登録簿に同じ題名の計画等があるが、記載は「{issued}」のもので、日付も登録簿の版と合わない。別の文書とする。",
        f"A registered plan bears this title, but the citation is of {issued}, and no edition is of its date: "
        f"another document.",
    )


def no_document() -> Words:
    """No word tells that it is a document."""
    return Words(
        "計画・通知などの文書の名と分かる語がない（会議体、行為、文の一部など）。何の文書かは定めない。",
        "No word tells that it names a document (it is a body, an act, a part of a sentence …): nothing is claimed.",
    )


def judged(same: bool, who: str, why: str) -> Words:
    """A person decided."""
    return Words(
        f"{who}の判断: {'同じ' if same else '別'}。{why}",
        f"Judged {'the same' if same else 'not the same'} by {who}. {why}".strip(),
    )
