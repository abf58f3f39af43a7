"""Tables on disk: Parquet with checksums, the same bytes for the same rows; a broken file is a message."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError

Column = npt.NDArray[Any]
Table = Any  # of Arrow, imported where it is needed


def write(columns: Mapping[str, Any], path: Path) -> None:
    """Columns (arrays of numpy or of Arrow, all of one length) as a table; NaN stays NaN."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: _arrow(values) for name, values in columns.items()})
    pq.write_table(table, path, compression="zstd", write_page_checksum=True)


def read(path: Path) -> Table:
    """A table that `write` wrote. CcsimError where it is missing or broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, page_checksum_verification=True)
    except FileNotFoundError:
        raise CcsimError(f"{path} is missing: the folder is not whole. Run it again.") from None
    except (OSError, pa.ArrowException) as error:
        reason = str(error).strip().split("\n")[0].rstrip(".")
        raise CcsimError(f"{path} cannot be read: {reason}. Run it again.") from None


def named(labels: tuple[str, ...], place: Column) -> Any:
    """A column of names: the one at each of these places."""
    import pyarrow as pa

    return pa.array(labels, pa.string()).take(pa.array(place))


def masked(values: Column, absent: Column) -> Any:
    """A column with some values absent (null)."""
    import pyarrow as pa

    return pa.array(values, mask=absent, from_pandas=False)


def known(table: Table, name: str) -> tuple[Column, Column]:
    """A column's values, and which of them are there; what is absent reads 0. CcsimError for no numbers."""
    import pyarrow.compute as pc

    column = table.column(name).combine_chunks()
    there = pc.is_valid(column).to_numpy(zero_copy_only=False)
    filled = column.fill_null(0) if column.null_count else column
    values = np.array(filled.to_numpy(zero_copy_only=False))
    if values.dtype.kind not in "biuf":
        raise CcsimError(f"column `{name}` holds something else than numbers. Run it again.")
    return values, np.asarray(there)


def places(table: Table, name: str, labels: tuple[str, ...]) -> Column:
    """Where each name of a column stands among `labels`. CcsimError for an unknown one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(table.column(name), value_set=pa.array(labels, pa.string()))
    if found.null_count:
        raise CcsimError(f"column `{name}` holds names that the manifest does not know. Run it again.")
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


def _arrow(values: Any) -> Any:
    import pyarrow as pa

    return pa.array(values, from_pandas=False) if isinstance(values, np.ndarray) else values
