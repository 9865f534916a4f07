"""Why a file is no workbook that can be read, told by its first bytes or by what failed."""

from __future__ import annotations

from pathlib import Path

from kijun.errors import BadInput
from kijun.saying import worded

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def damaged(shown: str, error: Exception) -> BadInput:
    """Return the error for a workbook in which something failed."""
    why = " ".join(str(error).split())[:80]
    return BadInput(
        worded(
            "{shown}: no sound workbook ({why}); open it in Excel and save it as .xlsx",
            shown=shown,
            why=why,
        )
    )


def refuse_old(path: Path, shown: str) -> None:
    """Refuse what is encrypted, in Excel's old format or no workbook at all.

    Raises:
        BadInput: it is one of these.
    """
    with path.open("rb") as file:
        head = file.read(8)
        if head == _OLD and _ENCRYPTED in head + file.read():
            raise BadInput(
                worded(
                    "{shown}: the workbook is encrypted; save it without a password", shown=shown
                )
            )
    if head == _OLD:
        raise BadInput(
            worded("{shown}: a workbook in Excel's old format; save it as .xlsx", shown=shown)
        )
    if head[:2] != b"PK":
        raise BadInput(worded("{shown}: no workbook at all; give an .xlsx file", shown=shown))
