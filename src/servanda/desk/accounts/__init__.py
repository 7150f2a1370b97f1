"""Who may come in: open at one's own machine; a public desk demands sign-in, a token, or a trusted proxy's word."""

from fastapi import FastAPI

from servanda.desk.accounts.guard import Guard
from servanda.desk.accounts.routes import router
from servanda.desk.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Put the guard before every page."""
    app.add_middleware(Guard, settings=settings)


__all__ = ["install", "router"]
