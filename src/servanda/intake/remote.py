"""Files on object storage, or wherever fsspec reaches: `s3://bucket/dumps/`, `file:///data/pages.warc.gz`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from servanda.errors import BadInput

MISSING = "addresses such as s3:// need the libraries of the cluster: pip install 'servanda[cluster]'"


def is_remote(path: str) -> bool:
    """Whether a path is an address with a scheme."""
    return "://" in path


def system(path: str) -> tuple[Any, str]:
    """The file system of an address (fsspec's), and its path there. Raises BadInput where it cannot be had."""
    try:
        import fsspec
    except ImportError as error:
        raise BadInput(path, MISSING) from error
    try:
        return cast("tuple[Any, str]", fsspec.core.url_to_fs(path))
    except (ValueError, ImportError, OSError) as error:
        raise BadInput(path, f"cannot be reached: {' '.join(str(error).split())[:200]}") from error


def remote_files(path: str) -> list[str]:
    """The addresses of all files at or below an address, by name; hidden ones left out. Raises BadInput."""
    files, place = system(path)
    try:
        found = [place] if files.isfile(place) else sorted(files.find(place))
    except OSError as error:
        raise BadInput(path, f"cannot be read: {error.strerror or error}") from error
    if not found:
        raise BadInput(path, "no such file or folder")
    hidden = len(place.rstrip("/"))
    return [str(files.unstrip_protocol(name)) for name in found if "/." not in name[hidden:]]


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """A file, local or remote, for reading bytes. Raises OSError or BadInput."""
    if not is_remote(path):
        with open(path, "rb") as file:
            yield file
        return
    files, place = system(path)
    with files.open(place, "rb") as remote:
        yield cast("IO[bytes]", remote)


def remote_size(path: str) -> int:
    """The bytes of a remote file; 0 where they cannot be told."""
    try:
        files, place = system(path)
        return int(files.size(place) or 0)
    except (OSError, BadInput):
        return 0
