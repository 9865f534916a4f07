"""Questions of the catalogue on the command line, with their parameters."""

from __future__ import annotations

from command_line import NENKIN, Run, run

__all__ = ["run"]


def test_ask_lists_the_questions_with_their_parameters(run: Run) -> None:
    rows = run("ask", "--format", "json").rows
    names = {str(row["question"]) for row in rows}
    assert {"silences", "presupposed", "broken-returns", "norms", "duties", "reports"} <= names
    for row in rows:
        assert row["summary"]
        assert isinstance(row["parameters"], list)
    table = "".join(run("ask", "--lang", "en").text.split())
    assert "silences" in table
    assert "broken-returns" in table


def test_ask_takes_values_in_both_forms_and_options_behind_the_name(run: Run) -> None:
    apart = run("ask", "duties", "--body", NENKIN, "--format", "json")
    assert apart.rows
    for arguments in (
        ["ask", "duties", f"--body={NENKIN}", "--format", "json"],
        ["ask", "duties", "--format", "json", "--body", NENKIN],
        ["ask", "--format", "json", "duties", "--body", NENKIN],
        ["ask", "duties", "--format=json", f"--body={NENKIN}"],
    ):
        assert run(*arguments).data == apart.data
    later = run(
        "ask", "duties", "--body", "デジタル庁", "--as-of", "2026-04-01", "--format", "json"
    )
    assert later.rows
    english = run("ask", "silences", "--lang", "en", "--format", "json")
    assert str(english.rows[0]["statement"]).isascii()


def test_a_parameter_narrows_the_answer(run: Run) -> None:
    def told(*arguments: str) -> list[dict[str, object]]:
        rows = run("ask", "sentences", *arguments, "--format", "json").rows
        return [{key: value for key, value in row.items() if value is not None} for row in rows]

    some = told("--section", "6(4)")
    assert some == [row for row in told() if row["section"] == "6(4)"]
    assert len(some) == 4
    one = run("ask", "norms", "--norm", "6(4)-2a", "--format", "json").rows
    assert {row["norm"] for row in one} == {"6(4)-2a"}
    shared = run("ask", "silences", "--shared", "true", "--format", "json").rows
    rest = run("ask", "silences", "--shared", "false", "--format", "json").rows
    assert len(shared) + len(rest) == len(run("ask", "silences", "--format", "json").rows)
    assert all(row["shared"] is True for row in shared)
