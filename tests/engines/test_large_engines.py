"""Spark and Ray, which take half a gigabyte: `.ci/run` installs requirements-engines.txt and runs them."""

from pathlib import Path

import pytest

from tests.engines.engine_lines import pays_as_the_engine_does


@pytest.mark.parametrize("engine", ["pyspark", "ray"])
def test_the_lines_of_the_document_pay_the_same(engine: str, tmp_path: Path) -> None:
    pays_as_the_engine_does(engine, tmp_path)
