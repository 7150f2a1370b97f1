"""What a command loads before it does anything: counted in modules, since no time is sure."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import click
import pytest

from servanda.answers.assembly import bring_up_to_date
from servanda.cli import COMMANDS, main
from servanda.cli.listing import told
from servanda.store import open_register

HEAVY = {"alembic", "docx", "fastapi", "jinja2", "lxml", "numpy", "pyarrow", "pydantic", "ray", "sqlalchemy", "uvicorn"}
LOADED = """
import json, sys
from servanda.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    assert left.code in (None, 0, 1), left.code
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules} | {n for n in sys.modules if "servanda" in n})))
"""


def loaded(*arguments: str) -> set[str]:
    """The packages, and the modules of Servanda, that are loaded after a command."""
    told = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(told.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_no_library_that_it_does_not_need(arguments: list[str]) -> None:
    found = loaded(*arguments)
    assert found & HEAVY == set() and "click" in found
    assert not {it for it in found if it.startswith(("servanda.read", "servanda.answers", "servanda.keep"))}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register that is put together: a question has nothing to bring up to date."""
    address = str(tmp_path_factory.mktemp("startup") / "register.db")
    with open_register(address, create=True) as register:
        bring_up_to_date(register)
    return address


@pytest.mark.parametrize("command", ["summary", "documents", "ledger", "stories"])
def test_a_question_loads_neither_the_desk_nor_what_compares_texts(command: str, settled: str) -> None:
    found = loaded("--register", settled, command)
    assert "sqlalchemy" in found and found & HEAVY <= {"sqlalchemy", "pydantic"}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_the_list_says_of_a_command_is_what_the_command_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.short_help is None and not command.hidden and not command.deprecated
    assert told(COMMANDS[name]) == inspect.cleandoc(command.help or "") != ""


def test_the_function_is_the_packages_own_whoever_loads_the_stages_first() -> None:
    asked = (
        "import servanda.read.dates, servanda; from servanda import read; assert read is servanda.read; read.__code__"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)
