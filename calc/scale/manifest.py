"""The manifest of a folder of pay: what was paid, from what, by which plan, and what was not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calc.scale.partitions import Partition, PartitionRecord
from calc.scale.places import Location, write_whole, writing

MANIFEST_NAME = "_manifest.json"
"""Programs that read a folder of Parquet pass over a name that begins so."""


@dataclass(frozen=True)
class Manifest:
    """What is in a folder of pay.

    Args:
        plan: the checksum of the plan.
        version: of the engine.
        currency, decimals: of the money.
        rows: rows that are paid.
        units: by column of pay, its sum [the currency's smallest unit].
        partitions: each with its record.
        refused: a sentence for everything that does not hold; all is paid where there is none.
    """

    plan: str
    version: str
    currency: str
    decimals: int
    rows: int
    units: Mapping[str, int]
    partitions: tuple[tuple[Partition, PartitionRecord], ...]
    refused: tuple[str, ...]

    def money(self, units: Mapping[str, int]) -> dict[str, str]:
        """Sums as they are written, to the cent."""
        return {name: str(Decimal(sum_).scaleb(-self.decimals)) for name, sum_ in units.items()}

    def as_json(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "plan": f"sha256:{self.plan}",
            "flatline": self.version,
            "complete": not self.refused,
            "rows": self.rows,
            "currency": self.currency,
            "pay": self.money(self.units),
            "refused": list(self.refused),
            "partitions": [self._entry(partition, record) for partition, record in self.partitions],
        }

    def _entry(self, partition: Partition, record: PartitionRecord) -> dict[str, Any]:
        return {
            "file": partition.paid_name,
            "source": record.source,
            "row_group": record.group,
            "rows": record.rows,
            "pay": self.money(record.units),
        }


def write_manifest(folder: Location, manifest: Manifest) -> None:
    """Write the manifest of a folder, whole or not at all.

    Raises:
        NotWritten: it cannot be written.
    """
    text = json.dumps(manifest.as_json(), indent=1, ensure_ascii=False)
    with write_whole(folder.beside(MANIFEST_NAME)) as stream, writing(folder):
        stream.write(text.encode())
