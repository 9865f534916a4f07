"""The Python face: what it exports, what its examples say, and how a table behaves."""

from __future__ import annotations

import ast
import doctest
import html.parser
import importlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

import kijun
from kijun import graphs, table_page
from kijun.dataset import OfflineDataset, OfflineGraph
from kijun.errors import BadInput, MissingExtra, UnknownName
from kijun.formats import flat
from kijun.knowledge import KnowledgeGraph
from kijun.table import SHOWN, Table
from kijun.tables import Column

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "kijun"
MODULES = sorted(
    f"kijun.{path.stem}"
    for path in PACKAGE.glob("*.py")
    if ">>> " in path.read_text(encoding="utf-8") and not path.stem.startswith("__")
)
FACE = (kijun.KnowledgeGraph, kijun.Table)


def has_pandas() -> bool:
    try:
        importlib.import_module("pandas")
    except ImportError:
        return False
    return True


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


# What is exported, and what it costs


def test_the_exported_names_are_the_public_ones() -> None:
    assert list(kijun.__all__) == sorted(kijun.__all__)
    assert dir(kijun) == sorted(kijun.__all__)
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname or alias.name
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("kijun")
        for alias in node.names
    }
    own = {"__version__", "check", "load_ipython_extension", "open"}
    assert typed | own == set(kijun.__all__)
    for name in kijun.__all__:
        assert getattr(kijun, name).__doc__ or name == "__version__"
    with pytest.raises(AttributeError, match="no attribute"):
        _ = kijun.nothing_of_the_kind  # type: ignore[attr-defined]


def test_the_version_is_that_of_the_project() -> None:
    assert f'version = "{kijun.__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_every_public_method_has_a_documented_example() -> None:
    for face in FACE:
        for name in vars(face) if face is kijun.Table else dir(face):
            if name.startswith("_") or name in {"lang", "count", "index", "query"}:
                continue
            member = getattr(face, name)
            if callable(member) or isinstance(member, property) or hasattr(member, "func"):
                text = member.__doc__ or ""
                assert ">>> " in text or name == "of", f"{face.__name__}.{name}"


def test_importing_the_package_loads_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import kijun; dir(kijun); "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = run(code).split()
    assert set(loaded) <= {
        "kijun",
        "typing",
        "_typing",
        "typing.io",
        "typing.re",
        "collections.abc",
    }


def test_answers_load_no_heavy_library() -> None:
    code = (
        "import sys, kijun; kg = kijun.open(); kg.duties('総務省'); kg.ask('definitions'); "
        "str(kg.norms()); kg.norms()._repr_html_(); "
        "print(*({'rdflib', 'networkx', 'pandas', 'numpy', 'openpyxl', 'clingo', 'inspect'} "
        "& set(sys.modules)))"
    )
    kijun.open()  # builds the snapshot, which is heavy
    assert run(code).strip() == ""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout


# Examples


def examples() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    for name in ["kijun", *MODULES]:
        yield from (test for test in finder.find(importlib.import_module(name)) if test.examples)
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if ">>> " in text:
            parser = doctest.DocTestParser()
            plain = text.replace("```", "")
            yield parser.get_doctest(plain, {}, page.name, str(page), 0)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_the_example_says_what_happens(example: doctest.DocTest) -> None:
    if "to_frame" in example.docstring and not has_pandas():  # type: ignore[operator]
        pytest.skip("needs pandas")
    said = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    failed, tried = runner.run(example, out=said.write, clear_globs=False)
    assert tried
    assert not failed, said.getvalue()


# Opening


def test_open_takes_day_and_language(kg: KnowledgeGraph) -> None:
    english = kijun.open(as_of="2026-04-01", lang="en")
    assert str(english.day) == "2026-04-01"
    assert english.norms(section="6(4)")[0]["bearer"] != kg.norms(section="6(4)")[0]["bearer"]
    assert repr(english) == '<kijun.KnowledgeGraph of 2026-04-01, "en">'


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        (("mine.xlsx",), {}, "mine.xlsx: there is no such file"),
        ((), {"lang": "fr"}, "choose ja or en"),
        ((), {"as_of": "yesterday"}, "YYYY-MM-DD"),
        ((), {"verbatim": True}, "no copy of the guideline is attached"),
    ],
)
def test_open_refuses_what_it_cannot_do(
    given: tuple[str, ...], options: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        kijun.open(*given, **options)  # type: ignore[arg-type]


def test_a_graph_that_cannot_be_kept_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KIJUN_CACHE", str(tmp_path / "file" / "below"))
    with pytest.warns(UserWarning, match="no snapshot can be kept"):
        kg = kijun.open()
    assert len(kg.sparql("ASK { ?norm a kijun:Norm }")) == 1


# Tables


@pytest.fixture(scope="module")
def norms(kg: KnowledgeGraph) -> Table:
    return kg.norms()


def test_a_table_is_a_sequence_of_rows(norms: Table) -> None:
    assert len(norms) == len(list(norms)) == len(norms.rows)
    assert norms[-1] == list(norms)[-1]
    part = norms[2:4]
    assert isinstance(part, Table)
    assert [row["norm"] for row in part] == [norms[2]["norm"], norms[3]["norm"]]
    assert (part.notes, part.columns, part.lang) == (norms.notes, norms.columns, norms.lang)
    assert set(part.nodes) == {part[n][key] for n in (0, 1) for key in ("norm_iri", "sentence_iri")}
    assert norms[0] in norms
    assert norms == norms[:]
    assert norms != part
    with pytest.raises(IndexError):
        norms[10_000]


def test_a_table_does_not_change(norms: Table) -> None:
    row = norms[0]
    row["recipient"].append("誰か")
    row["norm"] = "x"
    assert norms[0]["norm"] != "x"
    assert "誰か" not in norms[0]["recipient"]
    with pytest.raises(AttributeError, match="does not change"):
        norms.rows = ()
    with pytest.raises(AttributeError):
        norms.lang = "en"
    with pytest.raises(TypeError):
        hash(norms)


def test_the_legs_of_a_route_are_copies_too(kg: KnowledgeGraph) -> None:
    routes = kg.route("情報通信研究機構", "NISC", about="incident")
    routes[0]["legs"][0]["norm"] = "x"
    assert routes[0]["legs"][0]["norm"] != "x"
    assert set(routes[:1].nodes) < set(routes.nodes)


def test_where_filters_by_code_word_list_and_test(norms: Table, kg: KnowledgeGraph) -> None:
    must = norms.where(force="must")
    assert {row["force"] for row in must} == {"must"}
    assert must == norms.where(force="義務") == norms.where(lambda row: row["force"] == "must")
    both = norms.where(force={"should", "may"})
    assert len(both) == len(norms.where(force="should")) + len(norms.where(force="may"))
    assert all("NISC" in row["recipient"] for row in norms.where(recipient="NISC"))
    none = norms.where(recipient=None, condition=None)
    assert none
    assert all(row["recipient"] == [] and row["condition"] is None for row in none)
    lines = kg.reports("総務省")
    assert len(lines.where(from_="総務省")) == len(lines)
    assert len(lines.where(sentence=True)) == 0, "True is not sentence 1"
    assert lines.where(sentence=1) or lines.where(sentence=2)


def test_where_says_which_keys_there_are(norms: Table) -> None:
    with pytest.raises(UnknownName, match=r'no key "farce"; did you mean "force"'):
        norms.where(farce="must")
    with pytest.raises(UnknownName) as caught:
        norms.where(zzz=1)
    assert caught.value.candidates == norms.keys


def test_printing_shows_notes_and_rows(norms: Table) -> None:
    whole, short = str(norms), repr(norms)
    assert whole.startswith(norms.notes[0][:20])
    assert f"{len(norms)}行のうち先頭の{SHOWN}行" in short
    assert norms[SHOWN - 1]["norm"] in short
    assert norms[-1]["norm"] in whole
    assert norms[-1]["norm"] not in short
    assert "該当する行はない。" in str(norms[:0])
    english = kijun.open(lang="en").norms()
    assert f"the first {SHOWN} of {len(norms)} rows" in repr(english)


def test_a_table_is_saved_in_every_format(norms: Table, tmp_path: Path) -> None:
    for name in ("n.csv", "n.json", "n.xlsx", "n.ttl", "n.txt"):
        norms[:3].save(tmp_path / name)
    rows = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert rows == list(norms[:3])
    assert norms[0]["norm_iri"].rpartition("/")[2] in (tmp_path / "n.ttl").read_text()
    with pytest.raises(BadInput, match="no format"):
        norms.save(tmp_path / "n.x", form="docx")


def test_sparql_gives_a_table_of_each_kind(kg: KnowledgeGraph) -> None:
    assert kg.sparql("ASK { ?n a kijun:Norm }")[0] == {"answer": True}
    built = kg.sparql("CONSTRUCT { ?n a kijun:Norm } WHERE { ?n kijun:force kijun:may }")
    assert built.keys == ("subject", "predicate", "object")
    with pytest.raises(BadInput, match="SERVICE"):
        kg.sparql("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")


# In Jupyter


class Page(html.parser.HTMLParser):
    """Collects tags, the text of cells, and addresses that a browser would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.cells: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.fetched += [str(v) for k, v in attrs if k in {"src", "href", "action", "srcset"}]
        assert not [k for k, _ in attrs if k.startswith("on")]
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data


def test_every_row_shows_its_citation(kg: KnowledgeGraph) -> None:
    tables = (
        kg.norms(section="6"),
        kg.duties("総務省"),
        kg.reports("総務省"),
        kg.ask("incident-lines"),
        kg.route("情報通信研究機構", "NISC", about="incident"),
    )
    for table in tables:
        page = Page(table._repr_html_())
        rows = flat(table)[1][: table_page.MOST]
        assert page.tags.count("tr") == len(rows) + 1
        wide = len(page.cells) // len(rows)
        assert page.cells[::wide] == [f"{row['section']} 第{row['sentence']}文" for row in rows]
        assert not page.fetched


def test_html_is_escaped_and_deterministic(kg: KnowledgeGraph) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x1b\u202e"
    row = {"section": evil, "sentence": 1, "phrase": evil, "text": evil, "x": evil}
    columns = (Column("x", evil, evil), Column(evil, "y", "y"))
    table = Table("query", columns, [row | {evil: evil}], [evil])
    text = table._repr_html_()
    page = Page(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text == table._repr_html_()
    script = text.partition("<script>")[2].partition("</script>")[0]
    assert "http" not in script
    assert "alert" not in script


def test_without_script_a_plain_table_is_left(norms: Table) -> None:
    page = Page(norms[:2]._repr_html_())
    assert "input" not in page.tags, "the filter box is made by the script"
    assert {"table", "thead", "tbody", "th", "td"} <= set(page.tags)


def test_long_tables_are_cut_and_say_so(kg: KnowledgeGraph) -> None:
    text = kg.duties()._repr_html_()
    assert f"先頭の{table_page.MOST}行" in text
    assert Page(text).tags.count("tr") == table_page.MOST + 1
    assert "<table>" not in kg.norms()[:0]._repr_html_()
    english = kijun.open(lang="en").norms(section="6(4)")._repr_html_()
    assert "6(4), sentence 1" in english


def test_the_attached_sentence_shows_on_hover(
    source_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kijun.source import attach

    monkeypatch.setenv("KIJUN_DATA", str(tmp_path / "data"))
    (tmp_path / "copy.txt").write_text(source_text, encoding="utf-8")
    attach(tmp_path / "copy.txt")
    kg = kijun.open(verbatim=True)
    table = kg.norms(section="6(4)")
    said = table[0]["text"]
    assert len(said) > 20
    text = table._repr_html_()
    assert text.count("<details>") == len(table)
    assert f'title="{said}"' in text
    leg = kg.route("情報通信研究機構", "NISC", about="incident")[0]["legs"][0]
    assert leg["text"]
    assert "<details>" not in kijun.open().norms(section="6(4)")._repr_html_()


# As a DataFrame


def test_a_frame_has_sensible_types(kg: KnowledgeGraph, norms: Table) -> None:
    pandas = pytest.importorskip("pandas")
    frame = norms.to_frame()
    assert list(frame.columns) == list(norms.keys)
    assert len(frame) == len(norms)
    assert str(frame["section"].dtype) == "string"
    assert isinstance(frame["force"].dtype, pandas.CategoricalDtype)
    assert list(frame["force"].cat.categories)[:3] == ["must", "need", "should"]
    assert str(frame["sentence"].dtype) == "Int64"
    assert frame["recipient"].map(type).eq(tuple).all()
    assert frame.attrs["notes"] == list(norms.notes)
    assert int(frame["condition"].isna().sum()) == len(norms.where(condition=None))
    lines = kg.reports().to_frame()
    assert str(lines["reading"].dtype) == "boolean"
    assert str(lines["in_force"].dtype) == "boolean"
    assert lines["in_force"].isna().all()
    routes = kg.route("情報通信研究機構", "NISC", about="incident")
    legs = routes.to_frame()
    assert len(legs) == sum(row["length"] for row in routes)
    assert list(legs.columns[:2]) == ["route", "leg"]
    assert norms[:0].to_frame().empty
    assert len(kg.sparql("SELECT ?n { ?n a kijun:Norm }").to_frame()) == len(norms)


def test_without_pandas_the_error_names_the_extra(
    norms: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"kijun\[notebook\]"):
        norms.to_frame()


# Networks


@pytest.mark.parametrize(
    ("kind", "level"), [(kind, level) for kind, has in graphs.NETWORKS.items() for level in has]
)
def test_a_network_is_labelled_and_every_attribute_is_plain(
    kg: KnowledgeGraph, kind: str, level: str
) -> None:
    graph = kg.network(kind, level)
    assert isinstance(graph, nx.MultiDiGraph)
    for node, attributes in graph.nodes(data=True):
        assert attributes["label"]
        assert attributes["iri"] == node
        assert attributes["kind"] in {
            *("body", "class", "office", "document", "norm", "section", "sentence"),
        }
    for _, _, attributes in graph.edges(data=True):
        assert {"label", "kind", "iri"} <= set(attributes)
        assert all(isinstance(value, (str, int, bool)) for value in attributes.values())
        cited = "sentence_iri" in attributes or "law" in attributes or "article" in attributes
        assert cited or attributes["kind"] in {"includes", "supervises"}
    nx.write_graphml(graph, io.BytesIO())
    json.dumps(nx.node_link_data(graph, edges="edges"))


def test_networks_hold_what_the_tables_hold(kg: KnowledgeGraph) -> None:
    assert kg.network("reporting").number_of_edges() == len(kg.reports(expand=True))
    assert kg.network("reporting", "class").number_of_edges() == len(kg.reports())
    assert kg.network("inheritance").number_of_edges() == len(kg.duties())
    told = {row["supervision_iri"] for row in kg.ask("supervision")}
    assert kg.network("supervision").number_of_edges() == len(told)
    drafting = kg.network("drafting")
    assert drafting.number_of_edges() == len(kg.ask("making-of-the-standards"))
    assert kg.network() is not kg.network(), "a graph of one's own each time"


def test_paths_of_the_network_are_the_routes(kg: KnowledgeGraph) -> None:
    graph = kg.network("reporting")
    incident = "https://w3id.org/kijun/ns#incident"
    fitting = graph.edge_subgraph(
        edge
        for edge in graph.edges(keys=True)
        if incident in graph.edges[edge].get("about_iri", "").split()
        and not graph.edges[edge]["reading"]
    )
    ends = (kg.find("情報通信研究機構").iri, kg.find("NISC").iri)
    paths = {
        tuple(key for *_, key in path)
        for path in nx.all_simple_edge_paths(fitting, *ends, cutoff=6)
    }
    routes = {
        tuple(leg["line_iri"] for leg in row["legs"]) for row in kg.route(*ends, about="incident")
    }
    assert paths
    assert paths <= routes


def test_obligations_come_down_through_classes(kg: KnowledgeGraph) -> None:
    graph = kg.network("inheritance", "class")
    by_label = {label: node for node, label in graph.nodes(data="label")}
    assert nx.has_path(graph, by_label["3(1)①-1a"], by_label["国立研究開発法人"])
    assert not nx.has_path(graph, by_label["6(4)-2a"], by_label["独立行政法人"])


def test_unknown_networks_and_levels_are_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="one of reporting, supervision"):
        kg.network("gossip")
    with pytest.raises(BadInput, match="it has class"):
        kg.network("drafting", "body")


# rdflib


def test_rdf_is_the_whole_graph(kg: KnowledgeGraph) -> None:
    assert isinstance(kg.rdf, OfflineDataset)
    assert kg.rdf is kg.rdf
    layers = [graph for graph in kg.rdf.graphs() if len(graph)]
    assert sum(map(len, layers)) == len(kg.store)
    assert all(isinstance(layer, OfflineGraph) for layer in layers)
    text = "SELECT ?n { ?n kijun:bearer ?b . ?b skos:prefLabel '府省庁'@ja } ORDER BY ?n"
    here = [str(row[0]) for row in kg.rdf.query(text)]  # type: ignore[index]
    assert here == [row["n"] for row in kg.sparql(text)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/hosts> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
    ],
)
def test_rdf_never_leaves_the_machine(kg: KnowledgeGraph, text: str) -> None:
    from rdflib.plugins.sparql import prepareQuery

    layer = next(graph for graph in kg.rdf.graphs() if len(graph))
    for graph in (kg.rdf, layer):
        with pytest.raises(BadInput):
            graph.query(text)
        with pytest.raises(BadInput, match="no SPARQL update"):
            graph.update(text)
        if text.startswith(("SELECT", "ASK")):
            with pytest.raises(BadInput, match="outside this graph"):
                graph.query(prepareQuery(text))
