"""The interface for programs: the answers of the register, their pages, caches and errors; and its own description."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi.checks import positive_data_acceptance

from servanda import Document, read
from servanda.answers.assembly import bring_up_to_date
from servanda.answers.pages import cursor_of
from servanda.desk.app import create_app
from servanda.desk.settings import Settings
from servanda.keep.statements import records
from servanda.store import file, open_register, sheet

HERE = "http://127.0.0.1:8000"
VISIT = """Bộ trưởng Ngoại giao gặp Bộ trưởng Ngoại giao Iran

Ngày 26/2/2024, tại Genève, Bộ trưởng Ngoại giao Bùi Thanh Sơn gặp Bộ trưởng Ngoại giao Iran Hossein Amir-Abdollahian.

Bộ trưởng Bùi Thanh Sơn đề nghị Iran tạo điều kiện cho doanh nghiệp Việt Nam. Bộ trưởng Hossein Amir-Abdollahian \
mời Bộ trưởng Bùi Thanh Sơn thăm Iran.
"""


def keep(address: str, *documents: Document) -> None:
    with open_register(address, create=True) as register:
        file(register, [sheet(d, reading := read(d), records(reading, d.text)) for d in documents])
        bring_up_to_date(register)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    from conftest import NEWS

    path = str(tmp_path_factory.mktemp("api") / "press.db")
    keep(path, Document(VISIT, "a.txt", published="2024-02-27"), Document(NEWS, "https://example.org/b?x=1"))
    return path


@pytest.fixture(scope="module")
def desk(address: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(register=address)), base_url=HERE) as client:
        yield client


def problem(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == status and told["detail"] and told["title"] and told["instance"].startswith("/api/")
    return told


LISTS = ("engagements", "undertakings?exhortations=true", "acts", "positions", "agreements", "contributions", "actors",
         "actors?order=name", "documents", "conflicts", "stories", "search?q=viet")  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_pages_of_a_listing_hold_every_row_once(desk: TestClient, path: str) -> None:
    whole = desk.get(f"/api/v1/{path}").json()
    assert whole["looked_at"]["documents"] == 2 and whole["next"] is None
    assert whole["total"] == len(whole["rows"])
    rows, following = [], f"/api/v1/{path}{'&' if '?' in path else '?'}limit=1"
    while following:
        answer = desk.get(following)
        assert answer.status_code == 200
        rows += answer.json()["rows"]
        link = answer.links.get("next", {}).get("url")
        assert bool(link) == bool(answer.json()["next"])
        following = link or ""
    assert rows == whole["rows"]


def test_every_fact_leads_to_its_words(desk: TestClient) -> None:
    found = desk.get("/api/v1/engagements", params={"with": "hossein amir-abdollahian"}).json()["rows"]
    met = next(it for it in found if it["kind"] == "meeting")
    words = met["evidence"][0]
    text = desk.get("/api/v1/document", params={"source": words["source"]}).json()["text"]
    assert text[words["start"] : words["end"]] == words["quote"]
    assert desk.get(f"/api/v1/engagements/{met['id']}").json()["date"] == "2024-02-26"
    asked = desk.get("/api/v1/undertakings", params={"exhortations": True}).json()["rows"]
    assert any("doanh nghiệp" in it["what"] for it in asked)
    assert desk.get(f"/api/v1/undertakings/{asked[0]['id']}").json()["history"] == asked[0]["history"]
    assert desk.get("/api/v1/actors/VN").json()["name"] == "Việt Nam"


def test_an_answer_is_good_until_the_register_changes(tmp_path: Path) -> None:
    path = str(tmp_path / "press.db")
    keep(path, Document(VISIT, "a.txt"))
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        first = desk.get("/api/v1/engagements")
        tag = first.headers["etag"]
        again = desk.get("/api/v1/engagements", headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert desk.get("/api/v1/engagements?limit=2", headers={"If-None-Match": tag}).status_code == 200
        keep(path, Document(VISIT.replace("26/2", "27/2"), "b.txt"))
        changed = desk.get("/api/v1/engagements", headers={"If-None-Match": tag})
        assert changed.status_code == 200 and changed.json()["looked_at"]["documents"] == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("engagements/0", 404),
        ("undertakings/ffffffffffffffff", 404),
        ("actors/Bui%20Thanh%20Son%20X", 404),
        ("document?source=z.txt", 404),
        ("nothing", 404),
        ("engagements?cursor=abc", 400),
        ("engagements?cursor=" + "A" * 5000, 422),
        ("acts?cursor=WyIiXQ", 400),
        (f"acts?cursor={cursor_of(['2019', chr(0xD800)])}", 400),
        (f"actors?cursor={cursor_of([10**30, 'state-VN'])}", 400),
        ("actors?order=most", 422),
        ("engagements?kind=dance", 422),
        ("undertakings?status=done", 422),
        ("acts?topic=weather", 422),
        ("contributions?measure=many", 422),
        ("documents?status=lost", 422),
        ("official?as_of=soon", 400),
        (f"actors?order=name&cursor={cursor_of([3, 'state-VN'])}", 400),
        ("engagements?limit=0", 422),
        ("engagements?limit=many", 422),
        ("engagements?since=20177-01-01", 400),
        ("search?q=" + "x" * 10_000, 422),
        ("search", 422),
        ("engagements?sinse=2019", 400),
        ("engagements?actor=VN&actor=JP", 400),
        ("search?q=%00", 422),
        ("search?q=...", 400),
    ],
)
def test_bad_questions_get_problem_documents(desk: TestClient, path: str, status: int) -> None:
    problem(desk.get(f"/api/v1/{path}"), status)


def test_an_unknown_name_is_told_its_near_matches(desk: TestClient) -> None:
    told = problem(desk.get("/api/v1/actors/Bui Thanh Sun"), 404)
    assert "Bùi Thanh Sơn" in told["detail"] and "2 documents" in told["detail"]


def test_an_empty_listing_names_who_is_not_known(desk: TestClient) -> None:
    asked = desk.get("/api/v1/engagements", params={"actor": "Umeda Kuno", "with": "VN"}).json()
    assert (
        asked["rows"] == []
        and "Umeda Kunio" in asked["unknown"]["Umeda Kuno"]
        and list(asked["unknown"]) == ["Umeda Kuno"]
    )
    assert desk.get("/api/v1/engagements").json()["unknown"] is None


def test_a_register_that_is_missing_is_a_problem_until_it_is_there(tmp_path: Path) -> None:
    path = str(tmp_path / "press.db")
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        answer = desk.get("/api/v1/engagements")
        problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
        keep(path, Document(VISIT, "a.txt"))
        assert desk.get("/api/v1/engagements").status_code == 200


def test_the_description_is_openapi_31_and_names_a_problem_for_every_error(desk: TestClient) -> None:
    told = desk.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    for path, operations in told["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in operations.values():
            assert operation.get("summary") and operation.get("description")
            for status, answer in operation["responses"].items():
                if status >= "4":
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)
    assert "HTTPValidationError" not in json.dumps(told)


def decision(desk: TestClient, question: str, **more: Any) -> Response:
    return desk.post("/api/v1/judgements", json={"question": question, **more})


def test_decisions_are_kept_refused_overtaken_and_taken_back(tmp_path: Path) -> None:
    path = str(tmp_path / "press.db")
    keep(path, Document(VISIT, "a.txt"))
    with TestClient(create_app(Settings(register=path)), base_url=HERE) as desk:
        queue = desk.get("/api/v1/review").json()
        assert queue["total"] == len(queue["rows"]) >= 3 and queue["looked_at"]["documents"] == 1
        assert desk.get("/api/v1/review", params={"limit": 1}).json()["next"]
        address = next(it["question"] for it in queue["rows"] if it["about"] == "undertaking")
        shown = desk.get(f"/api/v1/review/{address}").json()
        assert shown["parts"][0]["quote"] in VISIT and "confirmed" in shown["choices"]
        kept = decision(desk, address, kind="rejected", until=shown["until"], reason="nhầm")
        assert kept.status_code == 201 and kept.json()["saw"][0]["quote"] == shown["parts"][0]["quote"]
        problem(decision(desk, address, kind="confirmed", until=shown["until"]), 409)
        assert address not in [it["question"] for it in desk.get("/api/v1/review").json()["rows"]]
        problem(decision(desk, address, kind="same"), 422)
        problem(decision(desk, address, kind="corrected", property="due", value="20177"), 422)
        problem(decision(desk, address, kind="confirmed", more="x"), 422)
        problem(decision(desk, "act:0", kind="confirmed"), 404)
        number = kept.json()["id"]
        assert desk.delete(f"/api/v1/judgements/{number}").json()["undone_by"] == kept.json()["by"]
        problem(desk.delete(f"/api/v1/judgements/{number}"), 409)
        problem(desk.delete(f"/api/v1/judgements/{number + 1}"), 404)
        assert [it["id"] for it in desk.get("/api/v1/judgements").json()["rows"]] == [number]
        assert desk.get("/api/v1/judgements", params={"undone": False}).json()["rows"] == []
        fact = {"kind": "position", "source": "a.txt", "quote": "Bộ trưởng Ngoại giao", "values": {"speaker": "X"}}
        problem(desk.post("/api/v1/facts", json=fact), 422)  # these words stand there several times
        made = desk.post("/api/v1/facts", json={**fact, "start": 0})
        assert made.status_code == 201 and made.json()["kind"] == "created"


def test_what_one_may_do_depends_on_the_role_of_the_token(tmp_path: Path) -> None:
    from servanda.store.accounts import ROLES, add_account, add_token

    path = str(tmp_path / "press.db")
    keep(path, Document(VISIT, "a.txt"))
    with open_register(path) as register:
        secrets = {}
        for role in ROLES:
            add_account(register, role, role, None)
            secrets[role] = add_token(register, role)[1]
    with TestClient(create_app(Settings(register=path, public=True)), base_url=HERE) as desk:

        def As(role: str) -> TestClient:
            desk.headers["Authorization"] = f"Bearer {secrets[role]}"
            return desk

        address = As("reader").get("/api/v1/review").json()["rows"][0]["question"]
        problem(decision(As("reader"), address, kind="confirmed"), 403)
        kept = decision(As("editor"), address, kind="confirmed").json()
        assert kept["by"] == "editor"
        problem(As("reviewer").delete(f"/api/v1/judgements/{kept['id']}"), 403)
        problem(decision(As("reviewer"), f"judgement:{kept['id']}", kind="undo"), 403)
        own = decision(As("reviewer"), address, kind="rejected").json()
        assert As("editor").delete(f"/api/v1/judgements/{own['id']}").json()["undone_by"] == "editor"
        fact = {"kind": "position", "source": "a.txt", "quote": "Hossein", "values": {"speaker": "X"}}
        problem(As("reviewer").post("/api/v1/facts", json=fact), 403)


FEW = settings(
    max_examples=5,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_what_is_served_is_what_the_description_says(address: str, mode: schemathesis.GenerationMode) -> None:
    """schemathesis: every operation, with right and with wrong parameters."""
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", create_app(Settings(register=address, hosts=("testserver",)))
    )
    operations = [it.ok() for it in schema.get_all_operations()]
    assert len(operations) >= 23
    for operation in operations:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])  # a cursor may look like one and be none

        with contextlib.suppress(Unsatisfiable):  # an operation whose parameters cannot be wrong
            holds()
