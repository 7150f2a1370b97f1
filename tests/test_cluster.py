"""Reading on a cluster: parcels, shards, loading them, and a real cluster of two nodes of which one is lost."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from servanda.cli import main
from servanda.engine.loading import load_shards
from servanda.engine.reading import as_json, readings
from servanda.engine.shards import Mark, Read, Refused, Shards
from servanda.errors import BadInput, ServandaError
from servanda.intake import Intake
from servanda.intake.parcels import LINES, Parcel, parcels
from servanda.store import Register, filed, open_register
from servanda.types import Document

pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")

STATES = ("Nhật Bản", "Pháp", "Ấn Độ", "Hàn Quốc", "Lào", "Indonesia")
FATAL = "Bài này làm tiến trình đọc nó chết."


def article(n: int) -> str:
    state = STATES[n % len(STATES)]
    return (
        f"Ngày {1 + n % 28}/{1 + n % 12}/2019, tại Hà Nội, Bộ trưởng Quốc phòng Ngô Xuân Lịch tiếp Đại sứ {state}.\n"
        f"Bộ trưởng cảm ơn {state} đã giúp đỡ Việt Nam huấn luyện {n + 2} sĩ quan gìn giữ hòa bình Liên hợp quốc."
    )


def dump(path: Path, count: int, *extra: str) -> Path:
    lines = [json.dumps({"url": f"https://bao.example/{n}", "text": article(n)}) for n in range(count)]
    data = "\n".join([*lines, *extra]).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def told(found: Iterator[Document | BadInput]) -> list[str]:
    return [str(item) if isinstance(item, BadInput) else f"{item.source} {item.id}" for item in found]


def test_parcels_hold_what_intake_gives_and_are_always_cut_alike(tmp_path: Path) -> None:
    dump(tmp_path / "a.jsonl.gz", 2 * LINES + 9)
    dump(tmp_path / "b.jsonl", 3, "no JSON at all", json.dumps({"id": "x", "text": "Tin ngắn."}))
    for n in range(70):
        (tmp_path / f"c{n}.txt").write_text(article(n), encoding="utf-8")
    cut = list(parcels([str(tmp_path)]))
    assert told(item for parcel in cut for _, item in parcel.documents()) == told(iter(Intake([str(tmp_path)])))
    assert [parcel.key for parcel in parcels([str(tmp_path)])] == [parcel.key for parcel in cut]
    assert len({parcel.key for parcel in cut}) == len(cut) == 3 + 1 + 2


def test_a_dump_that_is_cut_off_gives_its_whole_lines_and_says_so(tmp_path: Path) -> None:
    path = dump(tmp_path / "a.jsonl.gz", 3 * LINES)
    path.write_bytes(path.read_bytes()[:-40])
    found = [item for parcel in parcels([str(path)]) for _, item in parcel.documents()]
    assert isinstance(found[-1], BadInput) and "cut off" in found[-1].reason
    assert sum(isinstance(item, Document) for item in found) >= 2 * LINES


def test_what_cannot_be_opened_or_is_too_long_is_refused(tmp_path: Path) -> None:
    (found,) = (item for parcel in parcels([str(tmp_path / "none.jsonl")]) for _, item in parcel.documents())
    assert isinstance(found, BadInput) and "no such file" in found.reason
    (tmp_path / "long.jsonl").write_bytes(b"x" * (17 << 20) + b"\n" + json.dumps({"text": article(0)}).encode())
    long, short = (item for parcel in parcels([str(tmp_path / "long.jsonl")]) for _, item in parcel.documents())
    assert isinstance(long, BadInput) and "line 1 is longer" in long.reason
    assert isinstance(short, Document) and short.source.endswith("#2")


def rows(count: int = 4) -> list[Read | Refused]:
    documents = [Document(article(n), f"https://bao.example/{n}", raw=b"<p>\xff") for n in range(count)]
    return [*(Read("a.jsonl", it, as_json(it)) for it in documents), Refused("a.jsonl", "a.jsonl#9", "not JSON")]


@pytest.mark.parametrize("scheme", ["", "file://", "memory://"])
def test_a_shard_comes_back_as_it_was_written(tmp_path: Path, scheme: str) -> None:
    shards = Shards(f"{scheme}{tmp_path}/shards")
    shards.make()
    mark = shards.write(7, "abc", rows())
    assert (mark.documents, mark.refused, shards.whole(7, "abc")) == (4, 1, mark)
    assert list(shards.marks()) == [mark] and shards.read(mark) == rows() and shards.whole(7, "other") is None


def spoil(folder: Path, ending: str, data: bytes | None) -> None:
    (path,) = folder.glob(f"*{ending}")
    path.unlink() if data is None else path.write_bytes(data)


@pytest.mark.parametrize(
    ("ending", "data", "reason"),
    [(".parquet", None, "gone"), (".parquet", b"PAR1", "not what its mark says"), (".done", b"{", "damaged")],
)
def test_a_spoilt_shard_is_reported_and_the_rest_is_loaded(
    tmp_path: Path, ending: str, data: bytes | None, reason: str
) -> None:
    shards = Shards(str(tmp_path / "shards"))
    shards.make()
    shards.write(1, "spoilt", rows(2))
    spoil(tmp_path / "shards", ending, data)
    shards.write(2, "whole", rows()[2:])
    with open_register(str(tmp_path / "a.db"), create=True) as register:
        tally = load_shards(register, shards, list(shards.marks()), lambda tally: None)
        assert tally.kept.added == 2 and len(tally.refused) == 2
        assert any(reason in it.reason for it in tally.refused)
        assert [it.source for it in filed(register)] == ["https://bao.example/2", "https://bao.example/3"]
    assert shards.whole(1, "spoilt") is None or ending == ".parquet"


def test_a_shard_of_another_release_is_not_taken_for_ours(tmp_path: Path) -> None:
    shards = Shards(str(tmp_path))
    mark = shards.write(1, "abc", rows())
    other = Mark(1, "abc", "0.0.1+00000000", mark.documents, mark.refused, mark.bytes, mark.sha256)
    with open_register(str(tmp_path / "a.db"), create=True) as register:
        tally = load_shards(register, shards, [other], lambda tally: None)
    assert tally.kept.added == 0 and "0.0.1+00000000" in tally.refused[0].reason


def contents(register: Register) -> list[Any]:
    found = filed(register, ("actor", "engagement", "act", "date", "contribution"))
    return [
        (it.source, it.id, [(r.kind, r.key, r.words, len(r.statements)) for r in it.records.values()]) for it in found
    ]


def test_loading_shards_keeps_what_reading_keeps_and_only_once(tmp_path: Path) -> None:
    path, shards = dump(tmp_path / "a.jsonl", 5), Shards(str(tmp_path / "shards"))
    shards.make()
    for number, parcel in enumerate(parcels([str(path)])):
        read = [Read(where, it, as_json(it)) for where, it in parcel.documents() if isinstance(it, Document)]
        shards.write(number, parcel.key, read)
    plain, loaded = tmp_path / "plain.db", tmp_path / "loaded.db"
    run = CliRunner().invoke
    assert run(main, ["read", str(path), "--register", str(plain)]).exit_code == 0
    first = run(main, ["load", str(tmp_path / "shards"), "--register", str(loaded)])
    again = run(main, ["load", str(tmp_path / "shards"), "--register", str(loaded)])
    assert "5 new" in first.output and "5 as before" in again.output
    with open_register(str(plain)) as one, open_register(str(loaded)) as other:
        assert contents(one) == contents(other) and contents(one)[0][2]


def test_a_folder_without_shards_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["load", str(tmp_path), "--register", str(tmp_path / "a.db")])
    assert found.exit_code == 2 and "--engine ray" in found.output


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of two nodes, each in processes of its own, and nothing for the head to do."""
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    found = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    found.add_node(num_cpus=1)
    yield found
    found.shutdown()


def on(cluster: Any) -> Any:
    from servanda.engine.cluster import Ray

    return Ray(cluster.address)


def lines(shards: Shards, marks: list[Mark]) -> list[bytes | str]:
    ordered = sorted(marks, key=lambda mark: mark.number)
    return [row.reading if isinstance(row, Read) else row.reason for mark in ordered for row in shards.read(mark)]


def test_a_node_killed_midway_changes_nothing(cluster: Any, tmp_path: Path) -> None:
    from servanda.engine.cluster import read_parcels

    path, shards = dump(tmp_path / "a.jsonl.gz", 14 * LINES // 2), Shards(str(tmp_path / "shards"))
    doomed, marks = cluster.add_node(num_cpus=1), []
    with on(cluster) as ray:
        assert ray.processors() == 2
        for shelved in read_parcels(ray, parcels([str(path)]), shards):
            if not marks:
                cluster.remove_node(doomed, allow_graceful=False)
            marks.append(shelved.mark)
    assert lines(shards, marks) == list(readings(Intake([str(path)]), 1))
    with on(cluster) as ray:
        again = list(read_parcels(ray, parcels([str(path)]), shards))
    assert all(it.before for it in again) and {it.mark.name for it in again} == {it.name for it in marks}


def read_or_die(document: Document) -> bytes:
    if document.text == FATAL:
        os.kill(os.getpid(), signal.SIGKILL)
    return as_json(document)


def test_a_document_that_kills_its_process_costs_only_itself(cluster: Any, tmp_path: Path) -> None:
    from servanda.engine.cluster import read_parcels

    path = dump(tmp_path / "a.jsonl", 3, json.dumps({"url": "https://bao.example/fatal", "text": FATAL}))
    shards = Shards(str(tmp_path / "shards"))
    with on(cluster) as ray:
        ray.ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
        (shelved,) = read_parcels(ray, parcels([str(path)]), shards, read_or_die)
    *whole, refused = shards.read(shelved.mark)
    assert [row.reading for row in whole if isinstance(row, Read)] == list(readings(Intake([str(path)]), 1))[:3]
    assert isinstance(refused, Refused) and refused.source.endswith("/fatal") and "died" in refused.reason


def test_the_command_reads_on_a_cluster_into_the_register(cluster: Any, tmp_path: Path) -> None:
    path, folder = dump(tmp_path / "a.jsonl", 6, "no JSON"), tmp_path / "shards"
    asked = ["read", str(path), "--engine", "ray", cluster.address, "--shards", str(folder)]
    printed = CliRunner().invoke(main, [*asked, "--json"])
    assert printed.exit_code == 1 and "line 7 is not JSON" in printed.stderr
    assert printed.stdout_bytes.splitlines() == [it for it in readings(Intake([str(path)]), 1) if isinstance(it, bytes)]
    kept = CliRunner().invoke(main, [*asked, "--register", str(tmp_path / "a.db")])
    assert kept.exit_code == 1 and "6 new" in kept.output


def test_no_cluster_is_an_error_in_one_line() -> None:
    pytest.importorskip("ray")
    from servanda.engine.cluster import Ray

    with pytest.raises(ServandaError, match="no cluster of Ray answers at 127"):
        Ray("127.0.0.1:1")


def test_a_parcel_can_be_sent_to_another_machine() -> None:
    import pickle

    parcel = Parcel("key", "a.jsonl", lines=io.BytesIO(b"x").read(), refused=[BadInput("a", "b")])
    assert pickle.loads(pickle.dumps(parcel)).refused[0].reason == "b"
