"""Speeches in the Diet by their names."""

from __future__ import annotations

import pytest

from konkyo.common.speeches import Speech, read_speech


@pytest.mark.parametrize(
    ("name", "speech"),
    [
        (
            "第210回国会 衆議院厚生労働委員会における厚生労働大臣所信表明",
            Speech("所信表明", 210, "衆議院厚生労働委員会", "厚生労働大臣"),
        ),
        (
            "第186回国会 総務委員会における総務大臣 (衆) 所信表明",
            Speech("所信表明", 186, "衆議院総務委員会", "総務大臣"),
        ),
        ("第１９６回国会　施政方針演説", Speech("施政方針演説", 196, None, None)),
        ("第201回国会における内閣総理大臣施政方針演説", Speech("施政方針演説", 201, None, "内閣総理大臣")),
        ("第198回国会 外務大臣 外交演説", Speech("外交演説", 198, None, "外務大臣")),
        ("施政方針演説", Speech("施政方針演説", None, None, None)),
        ("経済財政運営と改革の基本方針2023", None),
        ("施政方針演説を踏まえた取組", None),
        ("", None),
    ],
)
def test_a_name_tells_its_speech(name: str, speech: Speech | None) -> None:
    assert read_speech(name) == speech
