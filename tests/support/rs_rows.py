"""Invented rows of RS files, and files made from them as the site publishes them: UTF-8 with BOM, CRLF, zipped."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from konkyo.common.text import fold
from konkyo.sources.rs import Names
from konkyo.sources.rs.headers import TITLES, WITH_YEAR_COLUMNS, header

YEARS = ("2023", "2024", "2025")
NAMES = Names(
    {fold("総務省"): "soumu", fold("環境省"): "kankyo"},
    {
        "soumu": {
            fold("情報通信国際戦略局"): "https://w3id.org/konkyo/id/org/soumu/joho-tsushin-kokusai-senryaku"
        }
    },
)
Row = Mapping[str, str]


def columns(kind: str) -> tuple[str, ...]:
    return header(kind) + (YEARS if kind in WITH_YEAR_COLUMNS else ())


def row(
    kind: str, project: str = "9001", year: int = 2024, ministry: str = "総務省", **cells: str
) -> dict[str, str]:
    """Return a row with the common cells filled. A cell's name may leave out what stands in parentheses only here."""
    known = columns(kind)
    common = {
        "シート種別": "レビューシート",
        "事業年度": str(year),
        "予算事業ID": project,
        "事業名": f"見本事業{project}",
        "建制順" if kind == "1-1" else "府省庁の建制順": "12",
        "所管府省庁" if kind == "1-1" else "政策所管府省庁": ministry,
        "府省庁": ministry,
        "局・庁": "見本局",
        "課": "見本課",
    }
    made = {**dict.fromkeys(known, ""), **common, **cells}
    assert set(made) == set(known), set(made) - set(known)
    return made


def text(kind: str, rows: Iterable[Row], names: Iterable[str] | None = None) -> bytes:
    """Return a CSV file; ``names`` replaces its header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names or columns(kind))
    writer.writerows([item[name] for name in columns(kind)] for item in rows)
    return out.getvalue().encode("utf-8-sig")


def write_csv(folder: Path, kind: str, rows: Iterable[Row], year: int = 2024) -> Path:
    path = folder / f"{kind}_RS_{year}_{TITLES[kind].ja}.csv"
    path.write_bytes(text(kind, rows))
    return path


def write_zip(folder: Path, kind: str, rows: Iterable[Row], year: int = 2024) -> Path:
    path = folder / f"{kind}_RS_{year}_{TITLES[kind].ja}.zip"
    path.write_bytes(zip_bytes(kind, text(kind, rows), year))
    return path


def zip_bytes(kind: str, data: bytes, year: int = 2024) -> bytes:
    """Return a zip with a CSV, as the site publishes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        name = f"{kind}_RS_{year}_{TITLES[kind].ja}.csv"
        info = zipfile.ZipInfo(name, date_time=(2025, 1, 31, 12, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, data)
    return out.getvalue()


_STEP = "アクティビティ・アウトプット・アウトカムの番号"
_KIND = "種別（アクティビティ・アウトプット・アウトカム）"
_OTHER = "（その他担当組織）"
_DEBT = "（国庫債務負担行為等による契約）"
_KPI = "事業に関連するKPIが定められている閣議決定等の"


def connection(
    source: tuple[str, str, str, str], target: tuple[str, str, str, str], **cells: str
) -> dict[str, str]:
    parts = (_STEP, _KIND, "アウトカムの期間")
    return {
        **{f"派生元ー{name}": value for name, value in zip(parts, source[:3], strict=True)},
        "派生元ーアクティビティの内容/ 活動目標／成果目標": source[3],
        **{f"派生先ー{name}": value for name, value in zip(parts, target[:3], strict=True)},
        "派生先ー 活動目標／成果目標": target[3],
        **cells,
    }


def activity(text: str, number: str = "1", **cells: str) -> dict[str, str]:
    """Return the row of a step that has no indicator; the project's decision stands on the first one."""
    return {_STEP: number, _KIND: "アクティビティ", "アクティビティ／活動目標／成果目標": text, **cells}


def decision(name: str, place: str = "", url: str = "") -> dict[str, str]:
    return {_KPI + "名称": name, _KPI + "該当箇所": place, _KPI + "URL": url}


ROLES = ("1.目標年度", "2.目標値", "3.実績値", "4.達成率")


def indicator(role: str, **cells: str) -> dict[str, str]:
    return {
        _STEP: "1",
        _KIND: "アウトカム",
        "アウトカムの期間": "1.短期",
        "成果目標の種類": "定量的",
        "アクティビティ／活動目標／成果目標": "見本が広まる",
        "活動指標／成果指標": "見本の数",
        "単位": "件",
        "改善の上向き／下向き": "上がると良い指標",
        "目標年度／目標値／実績値／達成率": role,
        **cells,
    }


ACTIVITY = ("1", "アクティビティ", "", "見本を作る")
OUTPUT = ("1", "アウトプット", "", "見本の配布")
OUTPUT_2 = ("1", "アウトプット", "", "見本の配布（二つ目の文）")
SHORT = ("1", "アウトカム", "短期", "見本が広まる")
LONG = ("2", "アウトカム", "長期", "見本が根付く")

_TOTAL = {
    "予算年度": "2023",
    "当初予算（合計）": "1000",
    "補正予算（合計）": "0",
    "前年度からの繰越し（合計）": " 200 ",
    "予備費等（合計）": "-100",
    "計（歳出予算現額合計）": "1100",
    "執行額（合計）": "900",
    "執行率": "0.81818",
    "翌年度への繰越し(合計）": "0",
    "翌年度要求額（合計）": "1300.0",
    "主な増減理由": "見本の増による。",
}
_ACCOUNT = {
    "予算年度": "2023",
    "会計区分": "一般会計",
    "会計": "一般会計",
    **dict.fromkeys(
        (*(f"第{n}次補正予算" for n in range(1, 6)), *(f"予備費等{n}" for n in range(2, 5)), "要望額"), "0"
    ),
    "当初予算": "1000",
    "前年度から繰越し": "200",
    "予備費等1": "-100",
    "歳出予算現額": "1100",
    "執行額": "900",
    "翌年度要求額": "1300",
}
_RUNNING = {
    **_TOTAL,
    "予算年度": "2024",
    "当初予算（合計）": "1300",
    "前年度からの繰越し（合計）": "0",
    "予備費等（合計）": "0",
    "計（歳出予算現額合計）": "1300",
    "執行額（合計）": "0",
    "執行率": "",
    "翌年度要求額（合計）": "0.0",
    "主な増減理由": "",
}

# 8011101028104 and 7000012050002 pass the check of a 法人番号; the numbers are no named company's here.
GOOD_NUMBER = "7000012050002"
BAD_NUMBER = "1000012050002"


def sample(kind: str, year: int = 2024) -> list[dict[str, str]]:
    """Return the invented rows of one kind: what is usual, and each awkward thing that the files hold."""

    def make(project: str = "9001", ministry: str = "総務省", **cells: str) -> dict[str, str]:
        return row(kind, project, year, ministry, **cells)

    match kind:
        case "1-1":
            return [
                make(**{"その他担当組織_作成責任者_no": "1", "作成責任者": "見本太郎"}),
                make(
                    **{
                        "その他担当組織_作成責任者_no": "2",
                        f"府省庁{_OTHER}": "環境省",
                        f"局・庁{_OTHER}": "別の局",
                        f"課{_OTHER}": "別の課",
                    }
                ),
                make(
                    "9002", **{"局・庁": "情報通信国際戦略局", "課": "", "その他担当組織_作成責任者_no": "1"}
                ),
                make("9003", "環境省", **{"府省庁": "見本外局", "その他担当組織_作成責任者_no": "1"}),
            ]
        case "1-2":
            return [
                make(
                    **{
                        "事業の目的": "見本を\n広める。",
                        "事業の概要": '"見本"を作る。',
                        "事業概要URL": "https://example.org/見本",
                        "事業区分": "前年度事業",
                        "事業開始年度": "2010",
                        "開始年度不明": "FALSE",
                        "終了予定なし": "TRUE",
                        "主要経費": category,
                        "実施方法ー直接実施": "1",
                        "実施方法ー補助": "1",
                    }
                )
                for category in ("その他の事項経費", "科学技術振興費")
            ] + [
                make("9002", **{"事業区分": "新規開始事業", "開始年度不明": "TRUE", "終了予定なし": "FALSE"}),
                make("9003", "環境省", **{"事業区分": "新規要求事業", "事業終了（予定）年度": "2026"}),
            ]
        case "1-3":
            return [
                make(
                    **{
                        "番号（政策・施策）": "1",
                        "政策所管府省庁_P": "総務省",
                        "政策": "Ⅴ 情報通信（ＩＣＴ政策）",
                        "施策": "６ ＩＣＴ分野における国際戦略の推進",
                        "番号（根拠法令）": "1",
                        "法令名": "見本法",
                        "法令番号": "平成十一年法律第九十一号",
                        "法令ID": "411AC0000000091",
                        "条": "第四条",
                        "項": "1",
                        "号・号の細分": "第五十八号",
                        "番号（関係する計画・通知等）": "1",
                        "計画通知名": "「見本基本計画」（令和５年６月閣議決定）",
                        "計画通知等URL": "https://example.org/plan.pdf",
                    }
                ),
                make(
                    **{
                        "番号（根拠法令）": "2",
                        "法令名": "見本法（第3条）",
                        "法令ID": "411AC0000000091_20240401_505AC0000000001",
                        "番号（関係する計画・通知等）": "2",
                        "計画通知名": "｢見本基本計画｣（令和5年6月閣議決定）",
                    }
                ),
                make(
                    "9002",
                    **{
                        "番号（政策・施策）": "1",
                        "政策所管府省庁_P": "総務省",
                        "政策": "総務省 いずれの施策にも関連しないもの",
                        "施策": "なし",
                        "番号（根拠法令）": "1",
                        "法令名": "名だけの法",
                        "法令ID": "IDなし",
                    },
                ),
                make(
                    "9003",
                    "環境省",
                    **{
                        "番号（政策・施策）": "1",
                        "政策所管府省庁_P": "環境省",
                        "政策": "６資源の確保",
                        "施策": "ー",
                    },
                ),
                make(
                    "9004",
                    "環境省",
                    **{
                        "番号（政策・施策）": "1",
                        "政策所管府省庁_P": "環境省",
                        "政策": "ー",
                        "施策": "（１）環境の保全",
                    },
                ),
            ]
        case "1-4":
            return [
                make(
                    **{"番号（補助率等）": "1", "補助対象": "市町村", "補助率": "'1/2", "補助上限等": "'なし"}
                ),
                make("9002"),
            ]
        case "1-5":
            return [
                make(
                    **{
                        "番号（関連事業）": "1",
                        "関連事業の事業ID": "9002",
                        "関連事業の事業名": "見本事業9002",
                        "関連性": "分割先",
                    }
                ),
                make(
                    **{"番号（関連事業）": "2", "関連事業の事業名": "名だけの事業", "関連性": "その他関連先"}
                ),
                make("9002"),
            ]
        case "2-1":
            return [
                make(**_TOTAL),
                make(**_ACCOUNT),
                make(**_RUNNING),
                make(
                    **{
                        **_ACCOUNT,
                        "予算年度": "2024",
                        "会計区分": "",
                        "会計": "",
                        **dict.fromkeys(_ZEROS, "0"),
                    }
                ),
            ]
        case "2-2":
            return [
                make(
                    **{
                        "予算年度": "2023",
                        "会計区分": "特別会計",
                        "会計": "見本特別会計",
                        "勘定": "見本勘定",
                        "予算種別": "第1次補正予算",
                        "所管": "総務省",
                        "組織・勘定": "総務本省",
                        "項": "見本費",
                        "目": "諸謝金",
                        "予算額（歳出予算項目ごと）": "1000",
                        "翌年度要求額（歳出予算項目ごと）": "",
                        "備考（歳出予算項目ごと）": "注",
                    }
                ),
                make(**{"予算年度": "2024", "会計区分": "一般会計", "会計": "一般会計"}),
            ]
        case "3-1":
            found = decision(
                "見本基本計画（令和５年６月閣議決定）", "第２章 １（３）", "https://example.org/plan.pdf"
            )
            output = {
                _KIND: "アウトプット",
                "アウトカムの期間": "",
                "成果目標の種類": "",
                "アクティビティ／活動目標／成果目標": "見本の配布",
                "活動指標／成果指標": "配った数",
                "単位": "--",
                "改善の上向き／下向き": "",
            }
            words = {
                _STEP: "2",
                "アウトカムの期間": "3.長期",
                "成果目標の種類": "定性的",
                "アクティビティ／活動目標／成果目標": "見本が根付く",
                "活動指標／成果指標": "",
                "改善の上向き／下向き": "横ばいが良い指標",
                "定性的なアウトカムに関する成果実績": "根付いている。",
            }
            silent = {"アウトカムの期間": "２．中期", "活動指標／成果指標": "まだ値のない指標"}
            return [
                make(**activity("見本を\n作る", **found)),
                make(**activity("見本を配る", "2", **found)),
                *(make(**indicator(role, **output, **{"2023": "1,000"})) for role in ROLES[2:3]),
                make(**indicator(ROLES[0], **{"2025": "1.0"})),
                make(**indicator(ROLES[1], **{"2024": "100", "2025": "120"})),
                make(**indicator(ROLES[2], **{"2023": "88.5", "2024": "集計中"})),
                make(**indicator(ROLES[3], **{"2023": "88.5", "2024": "－"})),
                *(make(**indicator(role, **silent)) for role in ROLES),
                *(make(**indicator(role, **words)) for role in ROLES),
                make("9002", **indicator("2.目標値", **decision("指標の計画"), **{"2024": "5"})),
                make("9003", "環境省"),
            ]
        case "3-2":
            return [
                make(**connection(ACTIVITY, OUTPUT)),
                make(
                    **connection(
                        OUTPUT,
                        SHORT,
                        **{
                            "後続アウトカムへのつながり": "配れば広まる。",
                            "派生元ー活動指標／成果指標": "配った数",
                            "派生先ー活動指標／成果指標": "見本の数",
                        },
                    )
                ),
                make(**connection(OUTPUT_2, SHORT)),
                make(**connection(SHORT, LONG, **{"派生元ー活動指標／成果指標": "見本の数"})),
                make("9002"),
            ]
        case "4-1":
            own = {
                "事業所管部局による点検・改善ー点検結果": "適切である。",
                "行政事業レビュー推進チームの所見": "事業内容の一部改善",
                "行政事業レビュー推進チームの所見の詳細": "見本を減らすこと。",
                "所見を踏まえた改善点／概算要求における反映状況": "執行等改善",
                "反映額（一般会計）": "-569000",
            }
            return [
                make(**own, **{"その他の指摘事項－指摘年度": "2022", "その他の指摘事項－指摘内容": "指摘一"}),
                make(**own, **{"その他の指摘事項－指摘年度": "2022", "その他の指摘事項－指摘内容": "指摘二"}),
                make("9002"),
                make("9003", "環境省", **{"行政事業レビュー推進チームの所見": "廃止"}),
            ]
        case "5-1":
            return [
                make(
                    **{
                        "支出先ブロック番号": "A",
                        "支出先ブロック名": "見本協会ほか",
                        "支出先の数": "2",
                        "事業を行う上での役割": "見本を配る",
                        "ブロックの合計支出額": "1500",
                    }
                ),
                make(
                    **{
                        "支出先ブロック番号": "A",
                        "支出先名": "見本協会",
                        "法人番号": GOOD_NUMBER + "  ",
                        "所在地": "東京都",
                        "支出先の合計支出額": "1000",
                    }
                ),
                make(
                    **{
                        "支出先ブロック番号": "A",
                        "支出先名": "見本協会",
                        "法人番号": GOOD_NUMBER,
                        "契約概要": "見本の配布",
                        "金額": "1000",
                        "契約方式等": "一般競争契約（最低価格）",
                        "その他支出先": "FALSE",
                        "入札者数": "3",
                        "落札率": "99.8%",
                        "その他の契約": "FALSE",
                    }
                ),
                make(
                    **{
                        "支出先ブロック番号": "A",
                        "支出先名": "個人Ａ",
                        "法人番号": "9999999999999",
                        "支出先の合計支出額": "500",
                    }
                ),
                make(
                    **{
                        "支出先ブロック番号": "A",
                        "支出先名": "その他",
                        "その他支出先": "TRUE",
                        "支出先の合計支出額": "7 ",
                    }
                ),
                make(**{"支出先ブロック番号": "A", "支出先名": "個人Ａ", "法人番号": "9999999999999"}),
                make(
                    **{
                        "支出先ブロック番号": "B",
                        "支出先名": "見本商店",
                        "所在地": "大阪府",
                        "契約概要": "見本の印刷",
                        "金額": "40",
                        "入札者数": "非公表",
                        "落札率": "--",
                        "その他の契約": "TRUE",
                    }
                ),
                make("9002"),
            ]
        case "5-2":
            return [
                make(
                    **{
                        "支出元の支出先ブロック名": "総務省",
                        "担当組織からの支出": "TRUE",
                        "支出先の支出先ブロック": "A",
                        "支出先の支出先ブロック名": "見本協会ほか",
                        "資金の流れの補足情報": "委託",
                    }
                ),
                make(
                    **{
                        "支出元の支出先ブロック": "A",
                        "支出元の支出先ブロック名": "見本協会ほか",
                        "担当組織からの支出": "FALSE",
                        "支出先の支出先ブロック": "B",
                        "支出先の支出先ブロック名": "再委託先",
                    }
                ),
                make(
                    **{
                        "国自らが支出する間接経費": "事務費",
                        "国自らが支出する間接経費の項目": "職員旅費",
                        "国自らが支出する間接経費の金額": "42000",
                    }
                ),
                make("9002"),
            ]
        case "5-3":
            use = {"支出先ブロック番号": "A", "契約概要": "見本の配布", "費目": "人件費", "使途": "配る人"}
            return [
                make(**use, **{"支出先名": "見本協会", "法人番号": GOOD_NUMBER, "金額": "700"}),
                make(**use, **{"支出先名": "見本協會", "法人番号": GOOD_NUMBER, "金額": "300"}),
                make(**use, **{"支出先名": "見本協会", "法人番号": GOOD_NUMBER, "金額": ""}),
                make(**use, **{"支出先名": "個人Ａ", "金額": "500"}),
                make("9002", **use, **{"支出先名": "個人Ａ", "金額": "5"}),
                make(
                    "9003", "環境省", **use, **{"支出先名": "誤番号社", "法人番号": BAD_NUMBER, "金額": "1"}
                ),
                make("9004"),
            ]
        case "5-4":
            return [
                make(
                    **{
                        f"支出先ブロック{_DEBT}": "A",
                        f"契約先名{_DEBT}": "見本協会",
                        f"契約先の法人番号{_DEBT}": GOOD_NUMBER,
                        f"契約先の法人種別{_DEBT}": "301",
                        f"契約概要（契約名）{_DEBT}": "見本の調達",
                        "その他の契約": "f",
                        f"契約額{_DEBT}": "241725000",
                        f"契約方式等{_DEBT}": "随意契約（その他）",
                        f"入札者数（応募者数）{_DEBT}": "0",
                        f"落札率（％）{_DEBT}": "0",
                        f"その他の契約{_DEBT}": "t",
                    }
                ),
                make("9002"),
            ]
        case _:
            return [make(**{"備考": "見本の備考"}), make("9002")]


_ZEROS = tuple(name for name, value in _ACCOUNT.items() if value.lstrip("-").isdigit() and name != "予算年度")
