"""``kijun gaps`` and ``kg.gaps()``: rows, notes, views, proofs, refusals and what never leaves."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from clingo import ast
from openpyxl import load_workbook
from pyoxigraph import NamedNode

import kijun
from kijun import boundary_atom_words, boundary_rule_words
from kijun.boundary import KINDS, boundary_rule_names
from kijun.cli import main
from kijun.content import ONTOLOGY, rules_of_situations
from kijun.coverage import STATUSES
from kijun.errors import BadInput, UnknownName
from kijun.knowledge import KnowledgeGraph, open_graph
from kijun.lines import display_width
from kijun.profile import Profile
from kijun.tables import render
from kijun.terms import ID, LOCAL, NS, RDF
from profile_rows import MARKING, profile

EXAMPLES = ONTOLOGY / "profiles" / "examples"
SHARED, CLEAN, ALONE = (str(EXAMPLES / n) for n in ("shared-platform", "clean", "single-agency"))

SMALL = {
    "bodies": ["架空法人 指定法人 財務省"],
    "systems": ["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空法人"],
    "layers": ["P1 機器 総務省", "P1 応用 環境省"],
    "uses": ["防衛省 P1"],
    "connections": ["S1 P1"],
    "allocations": ["P1 責任分界 総務省 提供 - - 規程", "P1 体制 総務省 責任"],
}

JOINT = (
    "責任と役割分担",
    "体制",
    "平常時の協力・連携体制",
    "非常時の協力・連携体制",
    "非常時の具体的対応策",
)


def opened(**changes: Iterable[object]) -> KnowledgeGraph:
    return open_graph(profiles=[profile(**{**SMALL, **changes})])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small() -> KnowledgeGraph:
    return opened()


@pytest.fixture(scope="module")
def shared() -> KnowledgeGraph:
    return open_graph(profiles=[SHARED])


# Rows


def test_the_example_has_each_kind_of_hole_and_the_others_none(shared: KnowledgeGraph) -> None:
    assert {row["kind"] for row in shared.gaps()} == set(KINDS)
    assert not len(open_graph(profiles=[CLEAN]).gaps())
    assert not len(open_graph(profiles=[ALONE]).gaps())


def test_a_row_has_the_keys_of_the_contract_and_its_sentence(shared: KnowledgeGraph) -> None:
    wanted = ["kind", "platform", "system", "parties", "concern", "detail", "norm", "section"]
    wanted += ["sentence", "basis"]
    for row in shared.gaps():
        assert set(wanted) <= set(row)
        assert (row["section"], row["basis"]) == ("6(3)", "derived")
        assert row["norm"].startswith(f"6(3)-{row['sentence']}")
        assert row["sentence_iri"] == f"{ID}sentence/6-3-{row['sentence']}"
        assert row["detail"]
        assert row["places"]
        assert all(place.startswith(SHARED) for place in row["places"])
        assert row["hole_iri"].startswith(f"{LOCAL}hole/{row['kind']}/")


def test_what_is_only_presupposed_and_what_is_read_is_said(small: KnowledgeGraph) -> None:
    rows = small.gaps()
    (document,) = rows.where(kind="undocumented", concern="包括的な文書")
    assert document["presupposed"]
    assert "前提とされているだけ" in document["interpretation"]
    (unmet,) = rows.where(kind="unmet")
    assert unmet["presupposed"]
    (of_layer, *_) = rows.where(kind="unallocated", parties="環境省", concern="責任と役割分担")
    assert "層だけを管理する機関" in of_layer["interpretation"]
    assert not of_layer["presupposed"]
    (pair, *_) = rows.where(kind="unconnected")
    assert "連絡の道を含むと読む" in pair["interpretation"]


def test_the_table_marks_what_is_read_and_what_is_only_presupposed(small: KnowledgeGraph) -> None:
    rows = small.gaps()
    assert {row["marked"] for row in rows} == {"前提", "あり", None}
    for row in rows:
        assert (row["marked"] == "前提") == row["presupposed"]
        assert (row["marked"] is None) == (row["interpretation"] is None)
    lines = render(rows.columns, rows.rows, width=100).splitlines()
    at = lines[0].index("読み")
    assert lines[0].index("規範") < at < lines[0].index("記載箇所")
    assert max(map(display_width, lines)) <= 100
    # The room of one column; the words of a hole still stand in one sitting.
    assert len(lines) <= 8 * len(rows)


def test_a_system_is_named_where_it_alone_makes_the_party(small: KnowledgeGraph) -> None:
    (row, *_) = small.gaps().where(kind="unallocated", parties="架空法人")
    assert (row["platform"], row["system"]) == ("共通基盤", "業務")
    (row, *_) = small.gaps().where(kind="unmet")
    assert row["system"] is None


def test_a_row_says_where_it_was_written(small: KnowledgeGraph) -> None:
    (unmet,) = small.gaps().where(kind="unmet")
    assert unmet["places"] == ["profile.xlsx シート「分担」3行"]
    (document,) = small.gaps().where(kind="undocumented", concern="包括的な文書")
    assert document["places"] == ["profile.xlsx シート「システム」2行"]


def test_english_rows_are_english() -> None:
    rows = kijun.open(SHARED, lang="en").gaps()
    for row in rows:
        said = re.sub(r'"[^"]*"', "", row["detail"])
        for name in row["parties"]:
            said = said.replace(name, "")
        assert said.isascii(), said


def test_answers_begin_with_the_marking(small: KnowledgeGraph) -> None:
    for answer in (small.gaps(), small.matrix(), small.coverage(), small.learning(), small.norms()):
        assert answer.notes[0] == f"取扱い：{MARKING}"
        assert answer.notes[1] == "架空の例による。"


def test_notes_tell_the_scope_and_what_lies_outside_it() -> None:
    graph = opened(
        systems=[*SMALL["systems"], "P2 無主基盤 基盤", "S3 電算 単独 財務省"],
        layers=[*SMALL["layers"], "S3 全体 財務省"],
        uses=["防衛省 P1", "防衛省 P2", "防衛省 S3"],
        allocations=["P1 体制 農林水産省 提供 - - 規程"],
        exclusions=["P1 体制 環境省 範囲外", "P2 - - 更改待ち"],
    )
    notes = "\n".join(graph.gaps().notes)
    assert "調べた範囲：基盤2、当事者3、" in notes
    assert "「共通基盤」を使うだけで、6(3)を負わない機関：防衛省。" in notes
    assert "整備・運用管理機関の記載がない基盤：無主基盤。" in notes
    assert "確かめられない基盤：無主基盤。" in notes
    assert "6(3)から除かれるシステム：電算。" in notes
    assert "「共通基盤」の体制・環境省（範囲外）" in notes
    assert "「無主基盤」のすべての事項・すべての当事者（更改待ち）" in notes
    assert "当事者でない機関の分担は調べていない：農林水産省。" in notes


def test_a_platform_without_operator_is_examined_and_told() -> None:
    graph = opened(systems=["P1 共通基盤 基盤", "S1 業務 単独 架空法人"])
    assert graph.gaps().where(kind="unallocated", concern="包括的な文書")
    assert graph.learning().where(who="総務省")


def test_without_any_platform_there_is_nothing_and_the_reason() -> None:
    graph = opened(systems=["P1 甲 単独 総務省", "S1 乙 単独 架空法人"], layers=[], allocations=[])
    assert not len(graph.gaps())
    assert "境界を調べるべき基盤は宣言されていない。" in graph.gaps().notes


def test_holes_are_found_without_deriving_the_whole_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the whole graph was derived")

    monkeypatch.setattr("kijun.situated.situated", refused)
    graph = opened()
    for answer in (graph.gaps(), graph.matrix(), graph.coverage(), graph.repair()):
        assert len(answer)
    assert graph.explain(graph.gaps()[0]["hole_iri"]).rows


def test_without_a_profile_the_question_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="no profile is open"):
        kg.gaps()


# The whole graph


def test_a_profile_reaches_other_answers(small: KnowledgeGraph) -> None:
    duties = small.duties("架空法人")
    assert {row["route"] for row in duties} == {"platform", "class", "role", "incorporation"}
    platform = duties.where(route="platform")
    assert len(platform) == 9
    assert platform[0]["path"] == [
        "架空法人",
        "業務",
        "共通基盤",
        "連携する情報システムを管理する機関",
        "整備・運用管理機関",
    ]
    assert {row["basis"] for row in duties} == {"derived"}
    assert small.duties("総務省", route="platform").where(norm="6(3)-6a")
    lines = small.reports("架空法人", "財務省")
    assert len(lines)
    route = small.route("架空法人", "NISC", about="incident")
    assert [leg["to"] for leg in route[0]["legs"]] == ["財務省", "NISC"]
    assert small.find("架空法人").note is None


def test_holes_are_nodes_of_the_graph(small: KnowledgeGraph) -> None:
    asked = small.sparql(
        "SELECT ?kind (COUNT(?hole) AS ?holes) { ?hole a kijun:Hole ; kijun:holeKind ?kind } "
        "GROUP BY ?kind"
    )
    counted = {row["kind"].rpartition("#")[2]: row["holes"] for row in asked}
    assert sum(counted.values()) == len(small.gaps())
    iris = {row["hole_iri"] for row in small.gaps()}
    typed = small.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(NS + "Hole"))
    assert {quad.subject.value for quad in typed if isinstance(quad.subject, NamedNode)} == iris


def test_nothing_of_a_profile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path))
    graph = opened(systems=["P1 秘密基盤名 基盤 総務省", "S1 業務 単独 架空法人"])
    assert len(graph.gaps())
    assert len(graph.duties("架空法人"))
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not [data for data in kept if "秘密基盤名".encode() in data]
    assert not list(
        open_graph().store.quads_for_pattern(NamedNode(f"{LOCAL}system/P1"), None, None)
    )


def test_a_graph_of_another_day_has_the_profile_too() -> None:
    graph = open_graph("2026-04-01", profiles=[profile(**SMALL)])
    assert graph.gaps().where(kind="unmet")
    assert graph.duties("架空法人", route="platform")


# Refusals


def test_a_profile_with_errors_is_refused_with_the_first_and_their_number() -> None:
    with pytest.raises(BadInput) as error:
        opened(uses=["総務賞 P1", "総務省 P9"])
    assert str(error.value) == (
        'profile.xlsx, sheet 利用, row 2, column 利用機関: no body is called "総務賞"; '
        "did you mean 総務省?; at least 1 more error; see all with kijun check"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gaps"], "name a profile"),
        (["gaps", "nowhere.xlsx"], "there is no such file"),
        (["gaps", SHARED, "--explain", "99"], "there are 9 holes"),
        (["gaps", SHARED, "--explain", "0"], "give the number of a row"),
        (["gaps", SHARED, "--matrix", "--learn"], "not allowed with"),
        (["gaps", SHARED, "--format", "html"], "html is for --matrix"),
        (["explain", f"{LOCAL}hole/unmet/x", "--profile", SHARED], "there is no hole"),
        (["explain", f"{LOCAL}hole/unmet/x"], "no profile is open"),
        (["explain", f"{LOCAL}hole/unmet/x", "6(4)-2a", "--profile", SHARED], "by its IRI alone"),
    ],
)
def test_bad_calls(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


# The command line


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    out, err = capsys.readouterr()
    return status, out, err


def test_exit_status_says_whether_there_are_holes(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "gaps", SHARED, "--format", "json", "--lang", "ja")
    assert status == 1
    assert len(json.loads(out)) == 9
    assert err.startswith("取扱い：")
    status, out, err = run(capsys, "gaps", CLEAN, "--format", "json", "--lang", "en")
    assert (status, json.loads(out)) == (0, [])
    assert "Nothing is uncovered within the declared scope." in err


def test_profiles_load_together(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "gaps", SHARED, "--profile", ALONE, "--format", "json")
    assert (status, len(json.loads(out))) == (1, 9)


@pytest.mark.parametrize("view", ["matrix", "summary", "learn", "displaced"])
@pytest.mark.parametrize("form", ["json", "csv", "turtle", "xlsx"])
def test_each_view_in_each_format(
    view: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / f"out.{form}"
    words = ("gaps", SHARED, f"--{view}", "--format", form, "-o", str(place))
    assert run(capsys, *words)[0] == 1
    if form == "xlsx":
        (sheet,) = load_workbook(place).worksheets
        said = "".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    else:
        said = place.read_text(encoding="utf-8")
    assert "共通業務基盤" in said
    assert "取扱注意" in said
    if form == "json":
        assert {row["handling"] for row in json.loads(said)} == {"取扱注意（架空の例）"}


def test_the_matrix_is_a_grid_a_sheet_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "gaps", SHARED, "--matrix", "--lang", "ja")
    assert out.startswith("■ 共通業務基盤")
    assert "提供 ✕二重の" in out
    book, page = tmp_path / "m.xlsx", tmp_path / "m.html"
    assert run(capsys, "gaps", SHARED, "--matrix", "-o", str(book))[0] == 1
    (sheet,) = load_workbook(BytesIO(book.read_bytes())).worksheets
    assert sheet.title == "共通業務基盤"
    assert str(sheet["A2"].value).startswith("取扱い：")
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["✕割当てなし"].fill.fgColor.rgb == "00F8CBAD"
    assert cells["作成"].fill.fgColor.rgb == "00E2F0D9"
    assert run(capsys, "gaps", SHARED, "--matrix", "-o", str(page))[0] == 1
    text = page.read_text(encoding="utf-8")
    assert '<p class="marking">取扱い：' in text
    assert "http" not in re.sub(r"https://w3id\S+", "", text)
    assert "<script" not in text


def test_pages_and_sheets_show_what_users_wrote_as_text(tmp_path: Path) -> None:
    from kijun.matrix_book import matrix_book
    from kijun.matrix_page import matrix_page

    evil = '=cmd|"</script><b>'
    graph = opened(
        systems=[
            {"id": "P1", "name": evil, "declared": "基盤", "operator": "総務省"},
            "S1 業務 単独 架空法人",
        ]
    )
    cells = graph.matrix()
    page = matrix_page("題", cells.notes, cells.rows, graph.gaps().rows, "ja")

    assert html.escape(evil) in page
    assert evil not in page
    assert "<script" not in page
    book = load_workbook(BytesIO(matrix_book("題", cells.notes, cells.rows, "ja")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


# Views


def test_the_matrix_shows_each_cell(shared: KnowledgeGraph) -> None:
    cells = {(row["concern"], row["party"]): row for row in shared.matrix()}
    held = cells["責任分界", "架空省"]
    assert (held["status"], held["states"], held["kinds"]) == (
        "hole",
        ["provided"],
        ["doubly_owned"],
    )
    assert cells["責任分界", "例示省"]["status"] == "other"
    assert cells["非常時の具体的対応策", "例示共済連合会"]["kinds"] == ["unallocated"]
    assert cells["合意形成", "架空省"]["states"] == ["made"]
    assert {row["status"] for row in shared.matrix()} <= set(STATUSES)
    first = shared.matrix()[0]
    assert first["party"] == "架空省", "the operator comes first"


def test_what_is_left_out_shows_in_the_matrix() -> None:
    graph = opened(exclusions=["P1 体制 環境省 範囲外"])
    (cell,) = graph.matrix().where(concern="体制", party="環境省")
    assert (cell["status"], cell["kinds"]) == ("excluded", [])


def test_the_summary_counts(shared: KnowledgeGraph) -> None:
    whole, *rest = shared.coverage()
    assert (whole["level"], whole["holes"], whole["items"], whole["covered"]) == ("all", 9, 32, 26)
    assert whole["percent"] == 81
    assert sum(whole[kind] for kind in KINDS) == 9
    by_name = {row["name"]: row for row in rest}
    platform = by_name["共通業務基盤"]
    assert (platform["items"], platform["covered"], platform["holes"]) == (32, 26, 8)
    party = by_name["例示共済連合会"]
    assert (party["items"], party["covered"], party["unallocated"]) == (6, 3, 1)


def test_a_party_without_a_contact_is_not_wholly_covered_in_silence() -> None:
    """The share is of items; holes that are on none stand beside it, in the rows and the note."""
    graph = opened(
        allocations=[f"P1 {one} 環境省 提供 - - 規程" for one in JOINT],
        documents=["D1 P1 包括文書 取決め 総務省"],
        agreements=["D1 環境省 合意"],
    )
    by_name = {row["name"]: row for row in graph.coverage()}
    party = by_name["環境省"]
    assert party["percent"] == 100
    assert party["holes"] == party["beside"] == party["unconnected"] > 0
    whole = by_name["すべて"]
    assert whole["beside"] == sum(row["concern"] is None for row in graph.gaps()) > 0
    assert whole["holes"] > whole["beside"]
    said = f"どの組にも属さず%に入らない穴が{whole['beside']}件ある。"
    assert said in "\n".join(graph.coverage().notes)
    assert "％に入ら" in str(graph.coverage())


def test_who_learns_by_which_way() -> None:
    graph = opened(
        systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 架空法人", "S2 研究 単独 NICT"],
        connections=["S1 P1", "S2 P1"],
        contacts=["総務省 環境省 - P1 - 窓口", "防衛省 架空法人"],
    )
    rows = {row["who"]: row for row in graph.learning()}
    assert rows["総務省"]["learns"] == "first"
    assert rows["環境省"]["path"] == ["総務省", "環境省"]
    assert rows["環境省"]["by"] == ["連絡窓口（窓口）"]
    assert rows["NISC"]["by"] == ["6(4)-2a"]
    # Only NISC tells other ministries, with the consent of the source.
    assert rows["防衛省"]["learns"] == "conditional"
    assert rows["防衛省"]["path"] == ["総務省", "NISC", "防衛省"]
    assert rows["防衛省"]["conditions"]
    assert rows["防衛省"]["role"] == "user"
    assert rows["架空法人"]["path"] == ["総務省", "NISC", "防衛省", "架空法人"]
    # No sentence has a ministry tell its corporation of an incident.
    assert rows["情報通信研究機構"]["learns"] == "no"


def test_nobody_who_is_not_told_is_said_to_learn() -> None:
    graph = opened(
        bodies=["無縁法人 指定法人 -"],
        systems=["P1 共通基盤 基盤 総務省", "S1 業務 単独 無縁法人"],
    )
    (row,) = graph.learning().where(who="無縁法人")
    assert (row["learns"], row["path"], row["legs"]) == ("no", [], None)


def test_what_common_rules_displace() -> None:
    rules = ["D1 P1 共通規程 規程 - 体制"]
    graph = opened(documents=rules, agreements=["D1 架空法人 協議"])
    rows = {row["party"]: row for row in graph.displaced()}
    assert rows["架空法人"]["policy"] == "独法等ポリシー"
    assert rows["総務省"]["policy"] == "府省庁ポリシー"
    assert {row["heard"] for row in rows.values()} == {"consulted", "maker", "not_asked"}
    assert rows["総務省"]["concerns"] == ["体制"]
    assert "優先すると読む" in rows["総務省"]["interpretation"]


# Proofs


def places(nodes: Iterable[dict[str, object]]) -> list[str]:
    found = []
    for node in nodes:
        cited = node["citation"]
        if isinstance(cited, dict) and cited["kind"] == "profile":
            found.append(str(cited["label"]))
        found += places(node["premises"])  # type: ignore[arg-type]
    return found


def test_each_kind_of_hole_is_proved_from_the_users_own_rows(shared: KnowledgeGraph) -> None:
    for row in shared.gaps():
        (node,) = shared.explain(row["hole_iri"]).rows
        assert row["detail"] in str(node["statement"])
        assert str(node["rule"]).startswith("hole_")
        assert f"6(3)第{row['sentence']}文" in str(node["source"])
        cited = places([dict(node)])
        assert cited
        assert all(SHARED in one for one in cited)
        if row["kind"] not in ("misclassified", "unallocated", "undocumented", "unconnected"):
            claimed = {place.rpartition(" ")[2] for place in row["places"]}
            assert any(one.endswith(tuple(claimed)) for one in cited)


def test_a_proof_by_number_is_that_of_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "gaps", SHARED, "--format", "json")
    row = json.loads(out)[2]
    status, told, _ = run(capsys, "gaps", SHARED, "--explain", "3", "--format", "json")
    assert status == 1
    (node,) = json.loads(told)
    assert row["detail"] in node["statement"]
    _, again, _ = run(capsys, "explain", row["hole_iri"], "--profile", SHARED, "--format", "json")
    assert json.loads(again) == json.loads(told)


def test_a_platform_duty_is_proved_from_the_users_own_rows(small: KnowledgeGraph) -> None:
    (node, *_) = small.explain("架空法人", "6(3)-2b").rows
    assert node["rule"] == "platform"
    assert "経路：基盤" in str(node["statement"])
    assert any("シート「連携」2行" in place for place in places([dict(node)]))
    said = json.dumps(node, ensure_ascii=False)
    assert "架空法人は、プロファイルに「" in said
    assert "架空法人は、名簿に「" not in said, "what a user says stands in no register"


def test_a_proof_does_not_prove_twice(shared: KnowledgeGraph) -> None:
    row = shared.gaps().where(kind="unconnected")[0]
    (node,) = shared.explain(row["hole_iri"]).rows

    def statements(one: dict[str, object]) -> list[str]:
        below = [s for p in one["premises"] for s in statements(p)]  # type: ignore[attr-defined]
        return ([str(one["statement"])] if one["premises"] else []) + below

    said = statements(dict(node))
    assert len(said) == len(set(said))


def test_every_rule_and_atom_on_boundaries_has_words(shared: KnowledgeGraph) -> None:
    from kijun.absences import Rules

    unnamed = Rules(rules_of_situations()).unnamed() - {"none"}
    assert set(boundary_rule_words.RULES) == set(boundary_rule_names())
    assert set(boundary_rule_words.UNNAMED) == unnamed
    heads = set()

    def take(node: ast.AST) -> None:
        if node.ast_type == ast.ASTType.Rule:
            for one in (node.head, *node.body):
                if one.atom.ast_type == ast.ASTType.SymbolicAtom:
                    name = one.atom.symbol.name
                    heads.add(name)
                    if name == "none":
                        heads.update(f"none {term.name}" for term in one.atom.symbol.arguments)

    ast.parse_string(rules_of_situations(), take)
    assert set(boundary_atom_words.STATEMENTS) <= heads
    absent = {f"none {name}" for name in boundary_atom_words.ABSENT}
    assert absent == {name for name in heads if name.startswith("none ")}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_atom_of_the_example_has_a_sentence(lang: str) -> None:
    graph = open_graph(profiles=[SHARED], lang=lang)
    explainer = graph._hole_explainer
    seen = {}
    for symbol in explainer.proofs._literals:
        inner = symbol.arguments[0].name if symbol.name == "none" else ""
        seen.setdefault((symbol.name, inner), symbol)
    for (name, _), symbol in seen.items():
        if name not in ("rule", "path"):
            said = str(explainer.narrator.node(explainer.proofs.proof(symbol))["statement"])
            assert said
            assert "{" not in said
            assert "urn:" not in said, said


def test_an_unknown_hole_is_told(small: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="there is no hole"):
        small.explain(f"{LOCAL}hole/unmet/P9/体制/-/-")


def test_a_profile_given_as_an_object_is_read(small: KnowledgeGraph) -> None:
    assert isinstance(small.sources[0], Profile)
    assert small.profiles[0].marking == MARKING
    assert repr(small) == '<kijun.KnowledgeGraph of 2016-10-12, "ja">'
