"""What is wrong with a command is one line, in English and in Japanese."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from command_line import NENKIN, NICT, Run, refused, run, same_in_japanese
from kijun.terms import ID

__all__ = ["refused", "run"]

BAD_USAGE = pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["COMMAND"]),
        (["frobnicate"], ["frobnicate", "duties"]),
        (["norms", "--sect", "3"], ["--sect"]),
        (["duties"], ["BODY", "--all", "--class"]),
        (["duties", NICT, "--nope"], ["--nope"]),
        (["duties", NICT, NENKIN], [NENKIN]),
        (["duties", "--all", "--class", "府省庁"], ["--class", "--all"]),
        (["duties", "総務"], ["総務", "総務省"]),
        (["duties", "機構"], ["機構", "did you mean"]),
        (["duties", ""], ['""']),
        (["duties", "　"], ["nothing is called"]),
        (["duties", "府省庁"], ["府省庁", "--class"]),
        (["duties", f"{ID}body/0000000000000"], ["0000000000000"]),
        (["duties", "1234567890123"], ["1234567890123"]),
        (["duties", "総務\x1b[31m省\u202e"], ["総務"]),
        (["duties", "あ" * 5000], ["nothing is called"]),
        (["duties", NICT, "--route", "by-air"], ["by-air", "supervision", "incorporation"]),
        (["duties", "--class", "特別法人"], ["特別法人"]),
        (["reports", "--from", "どこか"], ["どこか"]),
        (["reports", "--about", "天気"], ["天気", "インシデント"]),
        (["route", NICT], ["TO"]),
        (["route", NICT, "NISC", "--about", "weather"], ["weather", "インシデント"]),
        (["norms", "--section", "9"], ["9", "6(4)", "附則"]),
        (["norms", "--section", "(4)"], ["(4)", "6(4)"]),
        (["norms", "--section", ""], ['""', "6(4)"]),
        (["norms", "--bearer", "誰か"], ["誰か"]),
        (["norms", "--format", "yaml"], ["yaml", "json", "xlsx"]),
        (["norms", "--format"], ["--format"]),
        (["norms", "--lang", "fr"], ["fr", "ja", "en"]),
        (["norms", "--as-of", "2016-02-30"], ["2016-02-30", "YYYY-MM-DD"]),
        (["norms", "--as-of", "10/12/2016"], ["10/12/2016", "YYYY-MM-DD"]),
        (["norms", "--as-of", "平成32年1月1日"], ["平成32年1月1日", "YYYY-MM-DD"]),
        (["norms", "--as-of", "２０１６-02-30"], ["YYYY-MM-DD"]),
        (["norms", "--as-of", ""], ['""', "YYYY-MM-DD"]),
        (["norms", "--verbatim"], ["source attach"]),
        (["ask", "nothing-like-it-at-all"], ["nothing-like-it-at-all"]),
        (["ask", "silence"], ["silence", "silences"]),
        (["ask", "../questions/silences"], ["silences"]),
        (["ask", "silences", "--colour", "red"], ["colour"]),
        (["ask", "silences", "stray"], ["stray"]),
        (["ask", "silences", "--shared"], ["--shared"]),
        (["ask", "duties", "--body", NICT, "--body", NICT], ["--body", "twice"]),
        (["ask", "duties", "--body", "どこか"], ["どこか"]),
        (["ask", "norms", "--section", "99"], ["99", "6(4)"]),
        (["ask", "silences", "--lang", "fr"], ["--lang"]),
        (["source"], ["FILE"]),
        (["source", "detach", "x"], ["detach"]),
        (["export", "--layer", "gossip"], ["gossip", "bodies", "derived"]),
        (["export", "--format", "csv"], ["csv", "turtle", "jsonld"]),
        (["query"], ["FILE"]),
        (["query", "x.rq", "--timeout", "0"], ["--timeout"]),
        (["query", "x.rq", "--timeout", "nan"], ["--timeout"]),
        (["query", "x.rq", "--timeout", "soon"], ["--timeout"]),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)


@BAD_USAGE
def test_bad_usage_is_one_line(
    refused: Callable[..., str], arguments: list[str], words: Sequence[str]
) -> None:
    told = refused(*arguments)
    for word in words:
        assert word in told


@BAD_USAGE
def test_bad_usage_is_one_line_in_japanese_too(
    refused: Callable[..., str], arguments: list[str], words: Sequence[str]
) -> None:
    same_in_japanese(refused(*arguments), refused(*arguments, japanese=True))


def test_an_ambiguous_name_brings_all_that_it_can_mean(
    run: Run, refused: Callable[..., str]
) -> None:
    keys = run("query", "-", "--format", "json", stdin=_AMBIGUOUS).rows
    if not keys:
        pytest.skip("no two things of the graph share a name")
    assert "can mean" in refused("duties", str(keys[0]["key"]))


_AMBIGUOUS = b"""SELECT ?key WHERE { ?a kijun:nameKey ?key . ?b kijun:nameKey ?key
  FILTER(STR(?a) < STR(?b)) } ORDER BY ?key LIMIT 1"""
