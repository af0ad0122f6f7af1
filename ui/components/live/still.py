"""The picture where the live one cannot be had: Streamlit's own chart, which shows the same and stands still."""

from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure


class _Drawn(BaseFigure):  # type: ignore[misc]
    """A figure that is handed on as it was drawn: plotly's own way to make one checks every property, for 8 ms."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._drawn = figure

    def to_dict(self) -> dict[str, Any]:
        return self._drawn


def show_still(figure: dict[str, Any], alt: str) -> None:
    """A figure of plain dicts, in a container of fixed height."""
    config = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
    st.plotly_chart(_Drawn(figure), theme=None, height="stretch", key="pay", config=config, alt=alt)
