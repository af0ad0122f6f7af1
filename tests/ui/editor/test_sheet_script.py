"""The sheet's own script, without Streamlit: the page may take the sheet away and put another in its place."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ui.editor.sheet

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = Path(ui.editor.sheet.__file__).with_name("sheet.js").read_text(encoding="utf-8")
COLUMNS = ("name", "target", "weight", "floor")
STAND = """
async script => {
  const source = URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
  window.mount = (await import(source)).default
  window.told = []
  window.stand = () => {
    window.host?.remove()
    window.host = document.body.appendChild(document.createElement("div"))
    window.place = window.host.attachShadow({ mode: "open" }).appendChild(document.createElement("div"))
  }
  window.show = data => window.mount({
    data, parentElement: window.place, setTriggerValue: (name, value) => window.told.push(structuredClone(value)),
  })
  window.stand()
}
"""


def data(page: "Page", ids: tuple[str, ...], done: int = 0) -> dict[str, Any]:
    """What the page hands the sheet."""
    told = page.evaluate("window.told.at(-1)?.life ?? ''")
    cell = {"label": "", "locked": "", "says": "", "readings": []}
    rows = [
        {"id": one, "label": one, "chosen": False, "cells": [{**cell, "at": f"{one}.{c}", "text": c} for c in COLUMNS]}
        for one in ids
    ]
    columns = [{"name": name, "label": name, "help": ""} for name in COLUMNS]
    head = [{**cell, "at": "title", "text": "A plan"}]
    return {"life": told, "done": done, "fresh": 0, "head": head, "choices": {}, "mix": "", "columns": columns} | {
        "rows": rows,
        "rest": None,
        "said": "",
    }


def show(page: "Page", *ids: str, done: int = 0) -> None:
    page.evaluate("data => window.show(data)", data(page, ids, done))


def here(page: "Page") -> tuple[str, str]:
    """The field that has the focus, and what stands in it."""
    one = page.evaluate("(one => [one?.id ?? '', one?.value ?? ''])(document.activeElement?.shadowRoot?.activeElement)")
    return one[0], one[1]


def edits(page: "Page") -> list[dict[str, Any]]:
    """All that was sent, each edit once, in the order of its number."""
    told = json.loads(page.evaluate("JSON.stringify(window.told)"))
    numbered = {edit["n"]: edit for message in told for edit in message["edits"]}
    return [numbered[n] for n in sorted(numbered)]


@pytest.fixture
def sheet(page: "Page") -> "Page":
    page.goto("about:blank")
    page.evaluate(STAND, SCRIPT)
    show(page, "revenue")
    return page


def test_what_is_typed_goes_on_in_the_sheet_that_takes_the_place(sheet: "Page") -> None:
    sheet.locator("#f-revenue\\.weight").focus()
    sheet.keyboard.type("6")
    sheet.evaluate("window.stand()")
    show(sheet, "revenue")
    assert here(sheet) == ("f-revenue.weight", "6")
    sheet.keyboard.type("0")
    sheet.keyboard.press("Tab")
    assert edits(sheet)[-1]["text"] == "60"
    assert here(sheet) == ("f-revenue.floor", "floor")


def test_no_edit_is_lost_or_counted_as_another(sheet: "Page") -> None:
    sheet.locator("#f-revenue\\.target").fill("100")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("60")
    sheet.evaluate("window.stand()")
    show(sheet, "revenue")
    sheet.keyboard.press("Tab")
    sent = edits(sheet)
    assert sent[0]["at"] == "revenue.target"
    assert len({edit["n"] for edit in sent}) == len(sent)
    show(sheet, "revenue", done=sent[0]["n"])
    sheet.wait_for_timeout(1500)  # what was not answered is sent again
    again = sheet.evaluate("window.told.at(-1).edits")
    assert [edit["at"] for edit in again] == ["revenue.weight"] * len(again)
    assert again[-1]["text"] == "60"


def test_the_hand_is_led_to_a_new_measure_in_the_sheet_that_takes_the_place(sheet: "Page") -> None:
    sheet.get_by_role("button", name="Add a measure").click()
    sheet.evaluate("window.stand()")
    show(sheet, "revenue", "measure_2", done=edits(sheet)[-1]["n"])
    assert here(sheet) == ("f-measure_2.name", "name")


def test_who_has_left_a_field_is_not_led_back(sheet: "Page") -> None:
    sheet.locator("#f-revenue\\.weight").focus()
    sheet.evaluate("document.activeElement.shadowRoot.activeElement.blur()")
    sheet.wait_for_timeout(50)
    sheet.evaluate("window.stand()")
    show(sheet, "revenue")
    assert here(sheet) == ("", "")
