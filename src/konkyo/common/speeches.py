"""Speeches in the Diet as sheets name them: session, house or committee, whose office, and what kind of speech."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_KINDS = "施政方針演説|所信表明演説|財政演説|経済演説|外交演説|所信演説|所信表明"
_SPEECH = re.compile(
    r"(?:第(?P<session>\d{1,3})回\s*(?:国会|通常国会|臨時国会|特別国会|常会|臨時会|特別会))?\s*(?:における|での)?\s*"
    r"(?:[(（]?(?P<house>衆議院|参議院|衆・?参)[)）]?)?\s*(?P<committee>\S{1,20}委員会)?\s*(?:における|での)?\s*"
    r"(?P<office>内閣総理大臣|総理大臣|総理|[^\s()（）]{2,20}?(?:大臣|長官))?\s*(?:による|の)?\s*(?:[(（](?P<mark>衆|参|衆議院|参議院)[)）])?\s*"
    rf"(?P<kind>{_KINDS})\s*(?:[(（](?P<last>衆|参|衆議院|参議院)[)）])?"
)
_HOUSES = {"衆": "衆議院", "参": "参議院"}


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech; what its name does not tell is None. ``house`` is 衆議院 or 参議院, or a committee with it."""

    kind: str
    session: int | None
    house: str | None
    office: str | None


def read_speech(name: str) -> Speech | None:
    """Return the speech that a name is, or None.

    >>> read_speech("第186回国会 総務委員会における総務大臣（衆）所信表明")
    Speech(kind='所信表明', session=186, house='衆議院総務委員会', office='総務大臣')
    >>> read_speech("第２０８回国会施政方針演説")
    Speech(kind='施政方針演説', session=208, house=None, office=None)
    >>> read_speech("経済財政運営と改革の基本方針") is None
    True
    """
    match = _SPEECH.fullmatch(unicodedata.normalize("NFKC", name).strip())
    if not match:
        return None
    house = match["house"] or match["mark"] or match["last"] or ""
    where = _HOUSES.get(house, house) + (match["committee"] or "")
    return Speech(
        match["kind"], int(match["session"]) if match["session"] else None, where or None, match["office"]
    )
