"""One run of the page's script after a control was moved to where it has not been, against a page of one control."""

import itertools
import logging
from typing import Any

from benchmarks.ratio import ROOT, Act, Row, alternate

ONE = "import streamlit as st\nst.write(st.slider('one control', 0.0, 1000.0, step=1.0))"


def mover(page: Any) -> Act:
    """Moves the page's first slider to its next value and runs the script again."""
    first = page.slider[0]
    steps = int((first.max - first.min) / first.step)
    places = itertools.cycle(first.min + first.step * n for n in range(1, steps))
    return lambda: page.slider[0].set_value(next(places)).run()


def rerun() -> Row:
    logging.disable(logging.WARNING)  # Streamlit warns of what its own harness lacks
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    small = AppTest.from_string(ONE, default_timeout=60).run()
    ours, theirs = (t * 1e3 for t in alternate(mover(page), mover(small), 40))
    logging.disable(logging.NOTSET)
    assert not page.exception, page.exception
    what = "the page after a slider has moved, in Streamlit's own harness; against a page of one slider"
    return Row(what, f"{ours:.0f} ms", f"{theirs:.1f} ms", f"{ours / theirs:.1f}", "at most 40 ms", ours <= 40)
