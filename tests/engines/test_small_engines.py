"""DuckDB and Polars, which are small enough to be there wherever the tests are."""

from pathlib import Path

import pytest

from tests.engines.engine_lines import LINES, pays_as_the_engine_does


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_the_lines_of_the_document_pay_the_same(engine: str, tmp_path: Path) -> None:
    pays_as_the_engine_does(engine, tmp_path)


def test_every_engine_of_the_document_is_run_by_a_test() -> None:
    assert {*LINES} == {"duckdb", "polars", "pyspark", "ray"}
