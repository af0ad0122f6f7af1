"""What a hand does in a real browser: whatever can be reached on the screen, by mouse, by keys, or with a finger."""

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tests.browsing import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIND = """
() => {
  const kinds = {
    slider: ".stSlider input[type=range]:not(:disabled)",
    handle: ".flatline-picture .chip:not([hidden])",
    number: ".stNumberInput input:not(:disabled)",
    toggle: ".stCheckbox input:not(:disabled)",
    list: ".stSelectbox [role=combobox], .stSelectbox input",
    drawer: ".stExpander summary",
    button: ".stButton button:not(:disabled), .stButtonGroup button:not(:disabled), .stPopover button:not(:disabled)",
  }
  document.querySelectorAll("[data-walk]").forEach((one) => one.removeAttribute("data-walk"))
  const found = []
  for (const [kind, selector] of Object.entries(kinds)) {
    for (const one of document.querySelectorAll(selector)) {
      const seen = kind === "slider" || kind === "toggle" ? one.closest("label, .stSlider") : one
      const box = seen.getBoundingClientRect()
      if (!box.width || !box.height) continue
      one.dataset.walk = found.length
      const key = one.closest("[class*=st-key-]")?.className.match(/st-key-(\\S+)/)?.[1]
      found.push({ kind, name: one.dataset.path || key || one.innerText || "" })
    }
  }
  return found
}
"""
"""Marks all that can be moved with a number, and tells of each what it is and what it is called."""

TRACES = """
() => {
  const plot = document.querySelector(".flatline-picture .js-plotly-plot")
  return plot ? plot.data.map(({ name, x, y }) => ({ name, x: [...(x ?? [])], y: [...(y ?? [])] })) : null
}
"""
"""What the picture shows at this moment."""


@dataclass
class Hand:
    """Moves what it finds on a page, one thing after the other."""

    page: "Page"
    random: Random
    way: str

    def moves(self) -> tuple[str, Any]:
        """Does one thing; what it was, and what the picture showed in its midst where something was held."""
        found = self.page.evaluate(FIND)
        kinds = sorted({one["kind"] for one in found} & set(WAYS[self.way]))
        kind = self.random.choices(kinds, [OFTEN.get(one, 1) for one in kinds])[0]
        number = self.random.choice([i for i, one in enumerate(found) if one["kind"] == kind])
        target = self.page.locator(f"[data-walk='{number}']")
        target.scroll_into_view_if_needed()
        held = getattr(self, f"_{WAYS[self.way][kind]}")(target)
        name = found[number]["name"]
        return f"{kind} {name}", None if kind == "slider" and not self._is_led(name) else held

    def _is_led(self, slider: str) -> bool:
        """Whether the picture follows a slider in a hand: one of the measure on its axis; others count when let go."""
        paths = self.page.evaluate("[...document.querySelectorAll('.chip')].map((chip) => chip.dataset.path)")
        return any(re.search(rf"-{re.escape(path.replace('.', '-'))}(-\d+)?$", slider) for path in paths)

    def _click(self, target: Any) -> None:
        target.click(timeout=5_000)

    def _tick(self, target: Any) -> None:
        target.locator("xpath=ancestor::label").click(timeout=5_000)

    def _press(self, target: Any) -> None:
        target.focus()
        target.press(self.random.choice(["Enter", "Space"]))

    def _key(self, target: Any) -> None:
        """A slider, or the range of a handle, moved with a few keys."""
        inside = target.locator("input")
        target = inside if inside.count() else target
        target.focus()
        for _ in range(self.random.randint(1, 4)):
            target.press(self.random.choice(["ArrowLeft", "ArrowRight", "ArrowRight", "PageUp", "Home", "End"]))

    def _type(self, target: Any) -> None:
        here = float(target.input_value() or 1)
        target.fill(f"{here * self.random.choice([0.5, 0.9, 1.1, 2.0]):.4g}")
        target.press("Enter")

    def _choose(self, target: Any) -> None:
        target.focus()
        target.press("ArrowDown")
        for _ in range(self.random.randint(0, 8)):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def _drag(self, target: Any) -> Any:
        """A handle held and moved in steps; what the picture shows before it is let go."""
        box = target.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for _ in range(self.random.randint(2, 5)):
            x += self.random.randint(-60, 60)
            self.page.mouse.move(x, y, steps=3)
        settle(self.page)  # the rows that the picture runs through have come
        self.page.wait_for_timeout(100)
        held = self.page.evaluate(TRACES)
        self.page.mouse.up()
        return held

    def _slide(self, target: Any) -> Any:
        """The thumb of a slider, dragged as a handle is."""
        return self._drag(target.locator("xpath=../.."))

    def _swipe(self, target: Any) -> Any:
        """A handle under a finger."""
        box = target.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        client = self.page.context.new_cdp_session(self.page)
        client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for _ in range(self.random.randint(2, 5)):
            x += self.random.randint(-25, 25)
            client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
            self.page.wait_for_timeout(30)
        settle(self.page)  # the rows that the picture runs through have come
        self.page.wait_for_timeout(100)
        held = self.page.evaluate(TRACES)
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return held

    def _tap(self, target: Any) -> None:
        target.tap(timeout=5_000)


OFTEN = {"handle": 4, "slider": 4, "number": 2, "button": 3}
"""How often a kind is taken, against one of the others."""
BUTTONS = {"button": "click", "drawer": "click", "toggle": "tick", "list": "choose", "number": "type"}
WAYS = {
    "mouse": {**BUTTONS, "handle": "drag", "slider": "slide"},
    "keys": {**BUTTONS, "handle": "key", "slider": "key", "button": "press", "drawer": "press"},
    "touch": {**BUTTONS, "handle": "swipe", "slider": "key", "button": "tap", "drawer": "tap"},
}
"""How each kind is moved, by what it is moved with."""
