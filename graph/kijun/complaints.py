"""What is wrong with a cell or a row of a profile, in words: findings by kind."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from kijun.profile import Finding, Place
from kijun.profile_schema import Column

_NEAR = 3
_KINDS = {"system": ("システム", "system"), "document": ("文書", "document")}


def missing_cell(column: Column, place: Place) -> Finding:
    """A cell that must be filled in is empty."""
    said = (f"「{column.ja}」が空である", f'"{column.en}" is empty')
    mend = (column.note_ja.rstrip("。"), f"fill it in: {column.note_en.rstrip('.')}")
    return error("missing-cell", said, place, mend)


def unknown_choice(column: Column, text: str, place: Place) -> Finding:
    """A cell holds none of the words of its list."""
    ja, en = ([pair[at] for pair in column.words.values()] for at in (0, 1))
    said = (f"「{shown(text)}」は選べない", f'"{shown(text)}" is no choice')
    mend = (f"次から選ぶ：{'、'.join(ja)}", f"choose one of {', '.join(en)}")
    return error("unknown-choice", said, place, mend)


def bad_date(text: str, place: Place) -> Finding:
    """A cell holds no day."""
    said = (f"「{shown(text)}」は日付として読めない", f'"{shown(text)}" is no day')
    mend = ("2016-10-12 又は 平成28年10月12日 のように書く", "write it as 2016-10-12")
    return error("bad-date", said, place, mend)


def bad_number(text: str, place: Place) -> Finding:
    """A cell holds no 法人番号."""
    said = (f"「{shown(text)}」は法人番号でない", f'"{shown(text)}" is no 法人番号')
    mend = ("13桁の数字を文字として書く", "write its 13 digits as text")
    return error("bad-number", said, place, mend)


def unknown_body(text: str, near: Sequence[str], place: Place) -> Finding:
    """No body has a name."""
    said = (f"「{shown(text)}」という機関はない", f'no body is called "{shown(text)}"')
    mend = ("正式な名称で書くか、機関の表に加える", "write its full name, or add it to the bodies")
    return error("unknown-name", said, place, meant(near, mend))


def ambiguous_body(text: str, names: Iterable[str], place: Place) -> Finding:
    """Several bodies have a name."""
    listed = list(dict.fromkeys(names))
    said = (
        f"「{shown(text)}」は一つに決まらない（{'、'.join(listed)}）",
        f'"{shown(text)}" can mean {", ".join(listed)}',
    )
    return error("ambiguous-name", said, place, ("正式な名称で書く", "write the full name"))


def no_body(text: str, place: Place) -> Finding:
    """A class or a role stands where a body should."""
    said = (
        f"「{shown(text)}」は類や役割であって、機関でない",
        f'"{shown(text)}" is a class or a role, no body',
    )
    return error("not-a-body", said, place, ("機関の名前を書く", "name a body"))


def answered_for(name: str, behind: str, place: Place) -> Finding:
    """Another body answers for the one that is named."""
    said = (
        f"「{shown(name)}」は{behind}として扱う",
        f'"{shown(name)}" is taken as {behind}, which answers for it',
    )
    mend = ("それでよければ、このままでよい", "leave it as it is if that is meant")
    return warning("answered-through", said, place, mend)


def known_body(name: str, place: Place) -> Finding:
    """A body is added that the registers hold."""
    said = (f"「{shown(name)}」は名簿にある機関である", f'"{shown(name)}" is in the registers')
    return error("known-body", said, place, ("この行を消す", "remove this row"))


def contradiction(name: str, what: tuple[str, str], place: Place) -> Finding:
    """Two rows say different things of one thing that only one can be true of."""
    said = (
        f"「{shown(name)}」の{what[0]}が、ほかの行と食い違う",
        f'the {what[1]} of "{shown(name)}" is not what another row says',
    )
    mend = ("どちらかに合わせる", "make the rows agree")
    return error("contradiction", said, place, mend)


def about_rows(count: int, place: Place) -> Finding:
    """A profile does not say once what it is."""
    said = (f"{count}行ある；一行でなければならない", f"there are {count} rows where one belongs")
    mend = ("名称と取扱いを一行に書く", "write its title and its marking in one row")
    return error("about-rows", said, place, mend)


def own_supervisor(name: str, place: Place) -> Finding:
    """A body supervises itself, by way of others or not."""
    said = (f"「{shown(name)}」の所管をたどると自らに戻る", f'"{shown(name)}" supervises itself')
    return error("circular", said, place, ("所管府省庁を正す", "mend its supervising ministry"))


def no_ministry(name: str, place: Place) -> Finding:
    """What is said to supervise is no ministry."""
    said = (f"「{shown(name)}」は府省庁でない", f'"{shown(name)}" is no ministry')
    mend = ("所管する府省庁を書く", "name the ministry that supervises it")
    return error("not-a-ministry", said, place, mend)


def own_connection(name: str, place: Place) -> Finding:
    """A system is connected to itself."""
    said = (f"「{shown(name)}」が自らに連携している", f'"{shown(name)}" is connected to itself')
    mend = ("連携する相手の基盤を書く", "name the platform to which it is connected")
    return error("circular", said, place, mend)


def no_platform(name: str, place: Place) -> Finding:
    """A row is about the boundary of what is not declared a platform, and so is not examined."""
    said = (
        f"「{shown(name)}」は基盤と書かれていないので、この行は境界の調べに使われない",
        f'"{shown(name)}" is not declared a platform, so this row is not examined',
    )
    mend = ("システムの区分か、この行の基盤を正す", "mend the declaration or this row")
    return warning("not-a-platform", said, place, mend)


def dangling_mark(form: str, text: str, known: Iterable[str], place: Place) -> Finding:
    """No system or document has a mark."""
    ja, en = _KINDS[form]
    said = (f"{ja}「{shown(text)}」はどの表にもない", f'no {en} is called "{shown(text)}"')
    mend = meant(nearest(text, known), (f"{ja}の表に加える", f"add it to the {en}s"))
    return error("dangling-mark", said, place, mend)


def ambiguous_mark(form: str, text: str, names: Sequence[str], place: Place) -> Finding:
    """Several systems or documents have a mark."""
    ja, en = _KINDS[form]
    said = (
        f"{ja}「{shown(text)}」は一つに決まらない（{'、'.join(names)}）",
        f'{en} "{shown(text)}" can mean {", ".join(names)}',
    )
    mend = ("名称で書くか、記号を改める", "write its name, or change the marks")
    return error("ambiguous-mark", said, place, mend)


def duplicate_mark(form: str, mark: str, place: Place) -> Finding:
    """A mark is given twice in one profile."""
    ja, en = _KINDS[form]
    said = (f"{ja}の記号「{shown(mark)}」が二度ある", f'the {en} "{shown(mark)}" comes twice')
    mend = ("一方を消すか、別の記号にする", "remove one, or give it another mark")
    return error("duplicate-mark", said, place, mend)


def unknown_concern(text: str, known: Iterable[str], place: Place) -> Finding:
    """No concern has a name."""
    said = (f"「{shown(text)}」という事項はない", f'no concern is called "{shown(text)}"')
    mend = ("追加事項の表に加える", "add it to the added concerns")
    return error("unknown-concern", said, place, meant(nearest(text, known), mend))


def unknown_norm(text: str, near: Sequence[str], place: Place) -> Finding:
    """No norm has a name."""
    said = (f"「{shown(text)}」という規範はない", f'no norm is called "{shown(text)}"')
    mend = ("6(4)-2a のように書く", "write it as 6(4)-2a")
    return error("unknown-norm", said, place, meant(near, mend))


def error(kind: str, said: tuple[str, str], place: Place, mend: tuple[str, str]) -> Finding:
    """Return a finding that keeps the profile from being used."""
    return Finding(kind, "error", said, place, mend)


def warning(kind: str, said: tuple[str, str], place: Place, mend: tuple[str, str]) -> Finding:
    """Return a finding that leaves the profile usable."""
    return Finding(kind, "warning", said, place, mend)


def nearest(text: str, names: Iterable[str]) -> list[str]:
    """Return up to three names like a text, the best first."""
    return difflib.get_close_matches(text, list(dict.fromkeys(names)), n=_NEAR)


def meant(near: Sequence[str], otherwise: tuple[str, str]) -> tuple[str, str]:
    """Return the question whether one of some names was meant, or else another mend."""
    names = list(dict.fromkeys(near))[:_NEAR]
    if not names:
        return otherwise
    ja = "か".join(f"「{name}」" for name in names)
    return f"{ja}のことか", f"did you mean {' or '.join(names)}?"


def shown(text: str) -> str:
    """Return a text as it may stand in a message: short, and without what cannot be seen."""
    short = text if len(text) <= 40 else text[:40] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)
