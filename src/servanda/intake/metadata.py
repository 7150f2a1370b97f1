"""What a CSV file says of the documents of a folder: path, url, publisher, title, published."""

from __future__ import annotations

import csv
from pathlib import Path

from servanda.errors import BadInput
from servanda.types import Document

COLUMNS = ("path", "url", "publisher", "title", "published")


class Metadata:
    """The rows by path. A path is that of the file, as given or from the CSV's own folder, or a record's source."""

    def __init__(self, rows: dict[str, dict[str, str]]) -> None:
        self.rows, self.used = rows, set[str]()

    def complete(self, document: Document, path: Path | None = None) -> None:
        """Fill in what the rows say of this document; where they are silent it stays as it is."""
        names = [document.source, str(path.resolve())] if path else [document.source]
        name = next((name for name in names if name in self.rows), None)
        if name is None:
            return
        self.used.add(name)
        for column, value in self.rows[name].items():
            setattr(document, column, value)

    def unused(self) -> int:
        """How many rows no document matched so far."""
        return len({id(row) for row in self.rows.values()} - {id(self.rows[name]) for name in self.used})


def read_metadata(file: Path) -> Metadata:
    """The rows of a CSV file in UTF-8. Raises BadInput where it cannot be read or has no column `path`."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if "path" not in (reader.fieldnames or ()):
                raise BadInput(str(file), f"needs a column path; columns may be {', '.join(COLUMNS)}")
            table = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(file), f"the metadata cannot be read: {error}") from error
    rows: dict[str, dict[str, str]] = {}
    for raw in table:
        path = raw.get("path") or ""
        row = {column: (raw.get(column) or "").strip() for column in COLUMNS[1:]}
        given = {column: value for column, value in row.items() if value}
        for name in {path, str((file.parent / path).resolve()), str(Path(path).resolve())}:
            rows.setdefault(name, given)
    return Metadata(rows)
