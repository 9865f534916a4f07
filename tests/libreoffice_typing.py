"""Types into a workbook with LibreOffice and saves it: a script for the Python that has ``uno``.

``python3 libreoffice_typing.py PROFILE_FOLDER FROM TO JSON``, where JSON is a list of
``[sheet, cell, text]``. It prints nothing; it fails where LibreOffice does.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def option(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def main(folder: str, source: str, target: str, typed: str) -> None:
    pipe = f"kijun{abs(hash(folder)) % 10**9}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(folder).as_uri()}",
            *("--headless", "--norestore", "--nodefault", "--nologo"),
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        resolver = uno.getComponentContext().ServiceManager.createInstance(
            "com.sun.star.bridge.UnoUrlResolver"
        )
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # whatever it is called, the office is not yet there
                time.sleep(0.2)
        else:
            raise SystemExit("LibreOffice did not answer within a minute")
        desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        book = desktop.loadComponentFromURL(
            Path(source).as_uri(), "_blank", 0, (option("Hidden", True),)
        )
        # As a person types: what a cell makes of it depends on its format.
        helper = context.ServiceManager.createInstance("com.sun.star.frame.DispatchHelper")
        view = book.CurrentController
        for sheet, cell, text in json.loads(typed):
            view.setActiveSheet(book.Sheets.getByName(sheet))
            view.select(book.Sheets.getByName(sheet).getCellRangeByName(cell))
            entered = (option("StringName", text),)
            helper.executeDispatch(view.Frame, ".uno:EnterString", "", 0, entered)
        book.storeToURL(Path(target).as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
        book.close(True)
        with contextlib.suppress(Exception):  # the bridge goes down with the office
            desktop.terminate()
        office.wait(30)
    finally:
        office.kill()


main(*sys.argv[1:])
