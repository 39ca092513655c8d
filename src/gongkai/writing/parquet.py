"""Many reports as one Parquet file, one row a figure: the data set of ``gongkai read --format parquet``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import BinaryIO

from gongkai.report import Report
from gongkai.writing.page import CannotWrite
from gongkai.writing.rows import FigureRow, figure_rows

try:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]
except ModuleNotFoundError as error:
    raise CannotWrite("输出Parquet需要附加组件。请先安装：pip install 'gongkai[parquet]'。") from error

PLACES = 10  # decimal places kept: 万元 to a millionth of a 元

_BATCH = 50_000  # figures a row group
_LABEL = pa.dictionary(pa.int16(), pa.string())
_SCHEMA = pa.schema({
    "source": pa.string(), "organ": pa.string(), "year": pa.int16(), "form": _LABEL, "address": _LABEL,
    "table": _LABEL, "row": _LABEL, "column": _LABEL, "value": pa.decimal128(38, PLACES), "unit": _LABEL,
    "state": _LABEL,
})  # fmt: skip


def stream_parquet(reports: Iterable[Report], out: BinaryIO) -> int:
    """Writes reports as they come, a row group at a time; returns how many. Values are exact decimals.

    Raises CannotWrite for a value with more decimal places or digits than the column holds.
    """
    count = 0
    rows: list[FigureRow] = []
    with pq.ParquetWriter(out, _SCHEMA, compression="zstd") as writer:
        for report in reports:
            count += 1
            rows.extend(figure_rows(report))
            if len(rows) >= _BATCH:
                writer.write_table(_table(rows))
                rows.clear()
        writer.write_table(_table(rows))
    return count


def to_parquet(report: Report) -> bytes:
    """One report as Parquet."""
    sink = pa.BufferOutputStream()
    stream_parquet([report], sink)
    return bytes(sink.getvalue())


def _table(rows: list[FigureRow]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(FigureRow._fields)
    arrays = []
    for field, values in zip(_SCHEMA, columns, strict=True):
        try:
            exact = [None if v is None else Decimal(v) for v in values] if field.name == "value" else values
            arrays.append(pa.array(exact, field.type))
        except (pa.ArrowInvalid, OverflowError) as error:
            raise CannotWrite(
                f"Parquet的“{field.name}”列放不下其中的值（{error}）。请改用CSV或JSON输出。"
            ) from error
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)
