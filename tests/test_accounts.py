"""Who may come in: open here, signed in on a public desk, by token, by a proxy's word; and what is refused."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from httpx import Response

from servanda.answers.assembly import bring_up_to_date
from servanda.cli import main
from servanda.desk.accounts.passwords import hashed
from servanda.desk.app import create_app
from servanda.desk.settings import Settings
from servanda.errors import NotFound, Refused
from servanda.store import Register, open_register
from servanda.store.accounts import (
    account,
    add_account,
    add_token,
    all_tokens,
    begin_session,
    change_account,
    end_session,
    holder,
    note_failure,
    recent_failures,
    revoke_token,
    session,
)

HERE = "http://127.0.0.1:8000"
PASSWORD = "mật khẩu dài"
FORM = re.compile(r'name="form" value="([^"]+)"')


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(it) for it in arguments], input=stdin, prog_name="servanda")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("accounts") / "press.db"
    with open_register(str(made), create=True) as opened:
        bring_up_to_date(opened)
    for name, role in (("Lan", "reader"), ("Minh", "reviewer"), ("Hà Thu", "editor")):
        result = run("accounts", "add", name, "--role", role, "--password-stdin", "--register", made, stdin=PASSWORD)
        assert result.exit_code == 0, result.output
    return made


@pytest.fixture
def path(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "press.db"))


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    with open_register(address, create=True) as opened:
        yield opened


def desk(path: Path, base: str = HERE, client: tuple[str, int] = ("203.0.113.5", 4000), **more: object) -> TestClient:
    app = create_app(Settings(register=str(path), **more))  # type: ignore[arg-type]
    return TestClient(app, base_url=base, follow_redirects=False, client=client)


def form(client: TestClient, page: str = "/sign-in") -> str:
    found = FORM.search(client.get(page).text)
    assert found
    return found.group(1)


def sign_in(client: TestClient, name: str, password: str = PASSWORD, back: str = "/about") -> Response:
    return client.post("/sign-in", data={"form": form(client), "name": name, "password": password, "back": back})


def test_accounts_tokens_and_sessions_on_both_databases(register: Register) -> None:
    add_account(register, "Nguyễn  Lan", "reviewer", "hash")
    assert account(register, "nguyễn lan").name == "Nguyễn Lan"
    for bad in ("NGUYỄN LAN", " ", "a\nb\x07"):
        with pytest.raises(Refused):
            add_account(register, bad, "reader", None)
    number, secret = add_token(register, "Nguyễn Lan", role="editor", label="báo cáo")
    found = holder(register, secret)
    assert found is not None and (found[0].name, found[1]) == (
        "Nguyễn Lan",
        "reviewer",
    )  # never more than the account's
    assert holder(register, secret + "x") is None and secret not in str(all_tokens(register))
    cookie = begin_session(register, "Nguyễn Lan")
    signed = session(register, cookie)
    assert signed is not None and signed[0].role == "reviewer" and session(register, "x") is None
    change_account(register, "Nguyễn Lan", role="reader")
    assert session(register, cookie) is None  # another role, another session
    assert holder(register, secret)[1] == "reader"  # type: ignore[index]
    cookie = begin_session(register, "Nguyễn Lan")
    end_session(register, cookie)
    assert session(register, cookie) is None
    change_account(register, "Nguyễn Lan", disabled=True)
    assert holder(register, secret) is None
    change_account(register, "Nguyễn Lan", disabled=False)
    revoke_token(register, number)
    assert holder(register, secret) is None
    with pytest.raises(NotFound):
        revoke_token(register, number)
    note_failure(register, "a", "b", within=60)
    assert recent_failures(register, "a", within=60)[0] == 1 and recent_failures(register, "c", within=60) == (0, 0)


def test_the_command_keeps_passwords_and_tokens_to_itself(path: Path) -> None:
    rows = json.loads(run("accounts", "list", "--json", "--register", path).stdout)
    assert [(it["name"], it["role"]) for it in rows] == [("Hà Thu", "editor"), ("Lan", "reader"), ("Minh", "reviewer")]
    assert "argon2" not in json.dumps(rows) and PASSWORD.encode() not in path.read_bytes()
    assert run("accounts", "add", "Tí", "--password-stdin", "--register", path, stdin="ngắn").exit_code == 2
    made = run("accounts", "token", "Minh", "--label", "x", "--register", path)
    secret = made.stdout.splitlines()[0]
    assert secret.startswith("sv_") and secret.encode() not in path.read_bytes()
    assert run("accounts", "revoke", 1, "--register", path).exit_code == 0
    assert run("accounts", "revoke", 1, "--register", path).exit_code == 1
    assert run("accounts", "token", "Ai", "--register", path).exit_code == 1
    assert "revoked" not in run("accounts", "role", "Lan", "editor", "--register", path).output


def test_at_this_machine_the_desk_is_open_and_decisions_take_the_name_one_gives(path: Path) -> None:
    with desk(path) as client:
        assert client.get("/about").status_code == 200
        token = form(client, "/account")
        assert client.post("/account", data={"form": token, "name": "Trần Hà"}).status_code == 303
        assert "Trần Hà" in client.get("/account").text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_other_names_of_this_machine_are_refused(path: Path, host: str) -> None:
    with desk(path) as client:
        assert client.get("/about", headers={"Host": host}).status_code == 421
        assert client.get("/about", headers={"Host": "localhost:9999"}).status_code == 200
    with desk(path, public=True, hosts=("desk.example.org",)) as client:
        assert client.get("/sign-in", headers={"Host": host}).status_code == 421
        assert client.get("/sign-in", headers={"Host": "desk.example.org"}).status_code == 200


def test_a_public_desk_shows_nothing_before_sign_in(path: Path) -> None:
    with desk(path, public=True) as client:
        for page in ("/", "/about", "/search?q=viet", "/review", "/openapi.json"):
            answer = client.get(page)
            assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?back=%2F"), page
        problem = client.get("/api/v1/engagements")
        assert problem.status_code == 401 and problem.headers["content-type"] == "application/problem+json"
        assert problem.headers["www-authenticate"] == "Bearer"
        assert client.post("/account", data={}).status_code == 401
        assert client.get("/static/desk.css").status_code == 200


def test_signing_in_and_out(path: Path) -> None:
    with desk(path, public=True) as client:
        answer = sign_in(client, "LAN")
        assert (answer.status_code, answer.headers["location"]) == (303, "/about")
        said = answer.headers["set-cookie"]
        assert "HttpOnly" in said and "SameSite=Lax" in said and "Secure" not in said
        assert "Lan" in client.get("/about").text
        held = client.cookies["servanda_session"]
        assert client.post("/sign-out", data={"form": form(client, "/about")}).status_code == 303
        client.cookies.set("servanda_session", held)  # a cookie that someone kept
        assert client.get("/about").status_code == 303
    with desk(path, "https://desk.example.org", public=True) as client:
        assert "; Secure" in sign_in(client, "Lan").headers["set-cookie"]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(path: Path, back: str) -> None:
    with desk(path, public=True) as client:
        assert sign_in(client, "Lan", back=back).headers["location"] == "/"


def test_wrong_names_and_passwords_look_the_same_and_are_soon_refused(path: Path) -> None:
    with desk(path, public=True) as client:
        shown = {re.sub(r'value="[^"]*"', "", sign_in(client, name, "sai mật khẩu").text) for name in ("Lan", "Ai")}
        assert len(shown) == 1
        answers = [sign_in(client, "Lan", "sai mật khẩu").status_code for _ in range(5)]
        assert answers == [401, 401, 401, 401, 429]
        last = sign_in(client, "Lan")
        assert last.status_code == 429 and 0 < int(last.headers["retry-after"]) <= 900
        assert sign_in(client, "Minh").status_code == 303  # another account from there
    with desk(path, public=True, client=("203.0.113.6", 1)) as elsewhere:
        assert sign_in(elsewhere, "Lan").status_code == 303  # nobody locks another out


def test_a_disabled_account_is_out_at_once(path: Path) -> None:
    with desk(path, public=True) as client:
        sign_in(client, "Lan")
        assert client.get("/about").status_code == 200
        assert run("accounts", "disable", "Lan", "--register", path).exit_code == 0
        assert client.get("/about").status_code == 303 and sign_in(client, "Lan").status_code == 401
        run("accounts", "disable", "Lan", "--back", "--register", path)
        assert sign_in(client, "Lan").status_code == 303


def test_changes_asked_for_by_other_sites_are_refused(path: Path) -> None:
    with desk(path) as client:
        own = form(client, "/account")
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
                        {"Sec-Fetch-Site": "same-site"}):  # fmt: skip
            assert client.post("/account", data={"form": own, "name": "X"}, headers=headers).status_code == 403
        for wrong in ("", "x" * 43, own[:-1]):
            assert client.post("/account", data={"form": wrong, "name": "X"}).status_code == 403
        assert client.post("/account", data={"form": own, "name": "X"}, headers={"Origin": HERE}).status_code == 303


def test_tokens_open_the_interface_for_programs_and_end_when_revoked(path: Path) -> None:
    secret = run("accounts", "token", "Lan", "--register", path).stdout.splitlines()[0]
    with desk(path, public=True) as client:
        bearer = {"Authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/engagements", headers=bearer).status_code == 200
        assert client.get("/api/v1/engagements", headers={"Authorization": "Bearer sv_x"}).status_code == 401
        run("accounts", "revoke", 1, "--register", path)
        assert client.get("/api/v1/engagements", headers=bearer).status_code == 401
    with desk(path) as client:  # a wrong token is wrong at an open desk too
        assert client.get("/api/v1/engagements", headers={"Authorization": "Bearer sv_x"}).status_code == 401


def test_a_proxys_word_counts_only_from_its_address(path: Path) -> None:
    said = {"Remote-User": "Minh"}
    trusting = {"public": True, "trusted_header": "Remote-User", "trusted_proxies": ("10.0.0.1",)}
    with desk(path, client=("10.0.0.1", 1), **trusting) as client:
        assert "Minh" in client.get("/account", headers=said).text
        assert client.get("/account").status_code == 303
        assert client.get("/account", headers={"Remote-User": quote("Khách")}).status_code == 200  # unknown: a reader
        run("accounts", "disable", "Minh", "--register", path)
        assert client.get("/account", headers=said).status_code == 303
    with desk(path, client=("10.0.0.2", 1), **trusting) as client:
        assert client.get("/account", headers=said).status_code == 303
    with desk(path, public=True) as client:
        assert client.get("/account", headers=said).status_code == 303


def test_another_password_ends_every_other_session(path: Path) -> None:
    with desk(path, public=True) as client, desk(path, public=True) as other:
        sign_in(client, "Lan")
        sign_in(other, "Lan")
        own = form(client, "/account")
        new = {"form": own, "old": PASSWORD, "password": "mật khẩu khác", "again": "mật khẩu khác"}
        assert client.post("/account", data={**new, "old": "sai"}).status_code == 403
        assert client.post("/account", data={**new, "again": "khác nữa rồi"}).status_code == 422
        assert client.post("/account", data=new).status_code == 303
        assert client.get("/account").status_code == 200 and other.get("/account").status_code == 303
        assert sign_in(other, "Lan").status_code == 401 and sign_in(other, "Lan", "mật khẩu khác").status_code == 303


def test_one_signs_in_while_the_register_is_still_put_together(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    with open_register(str(path), create=True) as register:  # of which nothing was put together yet
        add_account(register, "Lan", "reader", hashed(PASSWORD))
    with desk(path, public=True) as client:
        assert sign_in(client, "Lan").status_code == 303


def test_who_is_signed_in_reads_on_while_others_write(path: Path) -> None:
    with desk(path, public=True, busy_seconds=0.1) as client, closing(sqlite3.connect(path)) as other:
        assert sign_in(client, "Lan").status_code == 303 and client.get("/about").status_code == 200
        other.execute("UPDATE sessions SET used = used - 1000")  # so that its use would be noted again
        other.commit()
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/about").status_code == 200
        other.rollback()
        assert client.get("/about").status_code == 200
        assert other.execute("SELECT used > unixepoch() - 100 FROM sessions").fetchone() == (1,)
