"""The form in which names are compared: one for each writing of a name, and never one for two."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import konkyo.common.name_form
from konkyo.common.name_form import DASHES, TILDES, aligned, name_form, pieces, table
from konkyo.common.text import fold
from support import npm_package
from support.make_variants import VERSION, rows
from support.spellings import APART, PAIRS

VARIANTS = Path(konkyo.common.name_form.__file__).with_name("name_variants.tsv")
MOJIDATA = "OLA5LEmPHuVbdI8lGXwV3pGVpSIFAqU5+oqhPzK7q662ziWYMqxTGXoxfFb9dQCJ31WzSCG1C5rsUb2uynQhIQ=="
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202c\u2066\u2069\ufe0e\ufe0f\U000e0100\u3164"
NAMES = st.text(
    st.sampled_from("あかがはばぱンードデガー・～-一二国國髙竜Ａａ１（ 　々ヶ年度計画戦略ﾊﾞｶﾞｰﾟ⺠⼈ﬁß゛゜")
    | st.characters(),
    max_size=20,
)


@pytest.mark.parametrize(("written", "other"), PAIRS)
def test_one_name_in_two_writings_has_one_form(written: str, other: str) -> None:
    assert written != other
    assert name_form(written) == name_form(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_names_that_look_alike_have_two(one: str, other: str) -> None:
    assert name_form(one) != name_form(other)


@given(NAMES)
def test_the_form_of_a_form_is_itself(name: str) -> None:
    assert name_form(name_form(name)) == name_form(name)


@given(NAMES)
def test_what_unicode_holds_for_one_has_one_form(name: str) -> None:
    forms = {name_form(unicodedata.normalize(kind, name)) for kind in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {name_form(name)}


@given(NAMES)
def test_names_that_were_one_are_one(name: str) -> None:
    assert name_form(fold(name)) == name_form(name)


@given(NAMES, st.sampled_from(UNSEEN + " 　\t"), st.integers(0, 20))
def test_what_is_not_seen_is_not_compared(name: str, sign: str, place: int) -> None:
    assert name_form(name[:place] + sign + name[place:]) == name_form(name)


@given(NAMES, st.sampled_from(DASHES + "－ー"), st.sampled_from(DASHES + "－ー"))
def test_all_dashes_are_one(name: str, one: str, other: str) -> None:
    assert name_form(name.replace("ー", one)) == name_form(name.replace("ー", other))


@given(NAMES, st.sampled_from(TILDES + "～"))
def test_all_waves_are_one(name: str, wave: str) -> None:
    assert name_form(name.replace("～", wave)) == name_form(name)


@given(st.text(st.sampled_from("アイウガギパピャッーヲン、。「」・"), max_size=20))
def test_half_width_is_one_with_full(name: str) -> None:
    half = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFFA0)}
    narrow = "".join(half.get(sign, sign) for sign in unicodedata.normalize("NFD", name))
    assert name_form(narrow) == name_form(name)


@given(NAMES)
def test_the_pieces_of_a_text_are_the_text(name: str) -> None:
    assert "".join(name[start:end] for start, end in pieces(name)) == name


@given(st.text(st.sampled_from("かﾊﾞﾞゞー-－國髙Ａ\u200b計画"), max_size=20))
def test_a_form_knows_where_its_signs_stand(name: str) -> None:
    form, origin = aligned(name)
    assert form == name_form(name)
    assert len(origin) == len(form) and origin == sorted(origin)


def test_no_sign_of_the_table_is_compared_as_one_that_is_not_its_own_form() -> None:
    for sign, other in table().items():
        assert other is None or name_form(other) == other, chr(sign)


def test_a_sign_in_common_use_is_its_own_form() -> None:
    # Pairs that are confused, and of which both are in 常用漢字表 or 人名用漢字.
    for sign in "斉斎己已巳末未土士石右刀力鳥烏大太犬工鉱坂阪脅脇藤着著旧臼弁辞沖仲芸予余台糸欠灯竜円国":
        assert name_form(sign) == sign


def test_the_table_is_what_its_script_makes_of_the_package(tmp_path: Path) -> None:
    (base,) = npm_package.fetched(f"@mandel59/mojidata@{VERSION}", MOJIDATA, ["dist/moji.db"], tmp_path)
    (tmp_path / "moji.db").write_bytes(base)
    lines = [
        line for line in VARIANTS.read_text(encoding="utf-8").splitlines(True) if not line.startswith("#")
    ]
    assert list(rows(tmp_path / "moji.db")) == lines
