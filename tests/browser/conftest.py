"""A desk over a register of its own, and Debian's Chromium to look at it with.

Without Chromium these tests are skipped, and the run's last lines say so.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from servanda.cli import main
from servanda.desk.app import create_app
from servanda.desk.settings import Settings

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SEEDS, TABLES = SHARED / "seeds", SHARED / "reference" / "un_contributions"
AXE_FILE = ROOT / "src/servanda/desk/assets/node_modules/axe-core/axe.min.js"
DRAWN = ROOT / "src/servanda/desk/static/vendor/built.json"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
PATIENCE = 10_000  # milliseconds that a page or a mark is waited for
MISSING = "NO CHROMIUM: no page was looked at in a browser (Debian: apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser or the built assets where there is none."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    why = MISSING if CHROMIUM is None else None if DRAWN.is_file() else "the assets are not built: make assets"
    for item in here if why else ():
        item.add_marker(pytest.mark.skip(reason=why))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly that nothing was looked at."""
    skipped = terminalreporter.stats.get("skipped", [])
    if CHROMIUM is None and any("browser" in report.nodeid for report in skipped):
        terminalreporter.write_line(MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's browser, not one that would have to be fetched."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


@dataclass
class Desk:
    """A desk that answers at `url`, over a register made from `sources`."""

    url: str
    register: Path


def run(register: Path, *arguments: str) -> None:
    """A command of `servanda` over a register."""
    done = CliRunner().invoke(main, ["--register", str(register), *arguments])
    assert done.exit_code == 0, done.output


def read(register: Path, *paths: Path) -> None:
    """Read documents into a register."""
    run(register, "read", *map(str, paths))


def assembled(register: Path) -> None:
    """Put together what its documents tell, which the desk's first page would otherwise wait for."""
    run(register, "assemble")


def serve(register: Path) -> Iterator[Desk]:
    """The real application, in a thread, on a port of its own."""
    app = create_app(Settings(register=str(register)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the desk did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Desk(f"http://127.0.0.1:{port}", register)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over samples/."""
    register = tmp_path_factory.mktemp("samples") / "register.db"
    read(register, ROOT / "samples")
    assembled(register)
    yield from serve(register)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the five seed pages and the UN's tables; skipped where they are not."""
    if not SEEDS.is_dir() or not TABLES.is_dir():
        pytest.skip(f"no {SEEDS} or {TABLES} here")
    register = tmp_path_factory.mktemp("seeds") / "register.db"
    read(register, SEEDS)
    run(register, "import-un", *map(str, sorted(TABLES.glob("*.pdf"))))
    assembled(register)
    yield from serve(register)


@dataclass
class Watched:
    """A page and everything that went wrong on it: errors of the console, of scripts, of the policy; dialogs."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the desk and wait until its picture, if it has one, is drawn or given up."""
        answer = self.page.goto(self.base + path)
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        expect(self.page.locator("figure[data-picture]:not([data-drawn])")).to_have_count(0)
        return self.page


def watched(context: BrowserContext, base: str) -> Watched:
    """A new page of a context, watched."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    found = Watched(page, base)

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.wrong.append(f"{page.url}: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: found.wrong.append(f"{page.url}: {error}"))

    def asked(dialog: Any) -> None:
        found.wrong.append(f"{page.url}: a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    return found


@pytest.fixture
def look(browser: Browser, samples: Desk) -> Iterator[Watched]:
    """A wide window on the samples."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    yield watched(context, samples.url)
    context.close()


@pytest.fixture
def ask(browser: Browser, seeds: Desk) -> Iterator[Watched]:
    """A wide window on the seeds and the UN's tables."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    yield watched(context, seeds.url)
    context.close()
