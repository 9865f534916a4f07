"""Which body a name means."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kijun import dates
from kijun.content import ONTOLOGY
from kijun.errors import AmbiguousName, UnknownName
from kijun.names import name_key, resolve
from kijun.terms import ID, NS, SKOS, graph_iri

IPA = ID + "body/5010005007126"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    bodies = NamedNode(graph_iri("bodies"))
    data = (ONTOLOGY / "facts" / "bodies.ttl").read_bytes()
    store.load(data, format=RdfFormat.TURTLE, to_graph=bodies)
    ministry = NamedNode(NS + "Ministry")
    key, label = NamedNode(NS + "nameKey"), NamedNode(SKOS + "prefLabel")
    terms = NamedNode(graph_iri("terms"))
    store.add(Quad(ministry, key, Literal(name_key("府省庁")), terms))
    store.add(Quad(ministry, label, Literal("府省庁", language="ja"), terms))
    return store


@pytest.mark.parametrize(
    "text",
    [
        "情報処理推進機構",
        "独立行政法人情報処理推進機構",
        "独立行政法人 情報処理推進機構",
        "  情報処理推進機構\u3000",
        "情報処理\u200b推進機構",
        "IPA",
        "ｉｐａ",
        "Information-technology Promotion Agency, Japan",
        "information technology promotion agency japan",
        "5010005007126",
        "５０１０００５００７１２６",
        "5010005-007126",
        IPA,
        "id:body/5010005007126",
    ],
)
def test_many_ways_to_say_one_body(store: Store, text: str) -> None:
    match = resolve(store, text)
    assert match == (IPA, "情報処理推進機構", None, None)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("厚労省", "厚生労働省"),
        ("MIC", "総務省"),
        ("JAXA", "宇宙航空研究開発機構"),
        ("J-LIS", "地方公共団体情報システム機構"),
        ("jlis", "地方公共団体情報システム機構"),
        ("KKR", "国家公務員共済組合連合会"),
        ("年金機構", "日本年金機構"),
        ("GPIF", "年金積立金管理運用独立行政法人"),
        ("国立研究開発法人理化学研究所", "理化学研究所"),
        ("物質材料研究機構", "物質・材料研究機構"),
        ("物質･材料研究機構", "物質・材料研究機構"),
        ("特定個人情報保護委員会", "個人情報保護委員会"),
        ("都共済", "東京都職員共済組合"),
        ("府省庁", "府省庁"),
    ],
)
def test_abbreviations_and_full_names(store: Store, text: str, label: str) -> None:
    assert resolve(store, text).label == label


def test_names_of_two_dates_mean_one_legal_person(store: Store) -> None:
    early, late = dates.states()[1], dates.states()[2]
    before, after = resolve(store, "教員研修センター"), resolve(store, "教職員支援機構")
    assert before == after
    assert resolve(store, "教職員支援機構", state=early).label == "教員研修センター"
    assert resolve(store, "教員研修センター", state=late).label == "教職員支援機構"


def test_a_successor_is_not_its_predecessor(store: Store) -> None:
    assert resolve(store, "国立女性教育会館").iri != resolve(store, "男女共同参画機構").iri


def test_a_body_of_another_time_is_said_to_be_one(store: Store) -> None:
    early = dates.states()[1]
    match = resolve(store, "デジタル庁", state=early)
    assert match.note == "デジタル庁は、2016-10-12から用いる名簿にない。"
    english = resolve(store, "デジタル庁", state=early, lang="en")
    assert english.note == "Digital Agency is in no register used from 2016-10-12."


def test_an_agency_is_answered_for_by_its_ministry(store: Store) -> None:
    for state in (None, *dates.states()):
        match = resolve(store, "国税庁", state=state)
        assert match.answers_through == ID + "body/8000012050001"
        assert match.note == "国税庁については、財務省が答える。"
    english = resolve(store, "NTA", lang="en")
    assert english.note == "National Tax Agency is answered for by Ministry of Finance."


@pytest.mark.parametrize(
    ("text", "ministry"),
    [("国家公安委員会", "8000012130001"), ("内閣総理大臣", "2000012010019")],
)
def test_a_reading_is_told_with_the_ministry(store: Store, text: str, ministry: str) -> None:
    match = resolve(store, text)
    assert match.answers_through == f"{ID}body/{ministry}"
    assert match.note is not None
    assert "読む" in match.note
    assert "読むこともできる" in match.note


def test_the_board_of_audit_is_outside(store: Store) -> None:
    match = resolve(store, "会計検査院")
    assert match.answers_through is None
    assert match.note is not None
    assert "含まれない" in match.note


def test_an_office_is_found_by_its_names(store: Store) -> None:
    assert resolve(store, "首相").iri == ID + "office/prime-minister"
    assert resolve(store, "prime minister", lang="en").label == "Prime Minister"


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("NPA", ("人事院", "警察庁")),
        ("共済組合", ("公立学校共済組合", "地方職員共済組合", "東京都職員共済組合")),
        (
            "共済組合連合会",
            (
                "全国市町村職員共済組合連合会",
                "国家公務員共済組合連合会",
                "地方公務員共済組合連合会",
            ),
        ),
    ],
)
def test_a_name_of_several_lists_all(store: Store, text: str, several: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(store, text)
    assert caught.value.candidates == several
    assert all(f'"{label}"' in str(caught.value) for label in several)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("情報処理推進機関", "情報処理推進機構"),
        ("独立行政法人情報処理推進機講", "情報処理推進機構"),
        ("5010005007127", "情報処理推進機構"),
        ("推進機構", "情報処理推進機構"),
        ("デジタル省", "デジタル庁"),
        ("Digitl Agency", "デジタル庁"),
        ("総務しょう", "総務省"),
        ("厚生ろうどう省", "厚生労働省"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest(store: Store, text: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, text)
    assert not isinstance(caught.value, AmbiguousName)
    assert nearest in caught.value.candidates
    assert nearest in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why", "near"),
    [
        ("7012405000493", "has a wrong check digit", ("情報通信研究機構",)),
        ("７０１２－４０５０－００９４２", "has a wrong check digit", ("情報通信研究機構",)),
        ("701240500049", "has 12 digits instead of 13", ("情報通信研究機構",)),
        ("70124050004922", "has 14 digits instead of 13", ("情報通信研究機構",)),
        ("9999999999999", "no register has", ()),
        ("8999999999999", "has a wrong check digit", ()),
    ],
)
def test_an_unknown_number_is_told_as_a_number_and_guesses_no_names(
    store: Store, text: str, why: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, text)
    assert f'法人番号 "{text}"' in str(caught.value)
    assert why in str(caught.value)
    assert caught.value.candidates == near


@pytest.mark.parametrize(
    "text",
    [
        "",
        "・",
        "\u3000",
        "xyzzyquux",
        "a\nb",
        "あ" * 100_000,
        ID + "body/1",
        "id:<>",
        "https://a b/",
    ],
)
def test_a_name_of_nothing_gives_one_short_line(store: Store, text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｊ‐ＬＩＳ", "j-lis"),
        ("か\u3099", "が"),
        ("物質・材料", "物質材料"),
        ("ＮＩＣＴ\u202e", "nict"),
        ("センター", "ｾﾝﾀｰ"),
    ],
)
def test_spellings_that_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_key_is_the_key_of_itself_and_keeps_long_vowels() -> None:
    assert name_key("センター") != name_key("センタ")
    assert name_key(name_key("Ｊ‐ＬＩＳ（案）")) == name_key("Ｊ‐ＬＩＳ（案）")


def test_few_keys_are_shared() -> None:
    store = Store()
    store.load((ONTOLOGY / "facts" / "bodies.ttl").read_bytes(), format=RdfFormat.TURTLE)
    bearers: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(NS + "nameKey"), None):
        assert isinstance(quad.object, Literal)
        bearers.setdefault(quad.object.value, set()).add(str(quad.subject))
    shared = {key for key, nodes in bearers.items() if len(nodes) > 1}
    assert shared == {"npa", "共済組合", "共済組合連合会"}
