"""Servanda reads what the press publishes about UN peacekeeping and diplomacy, and keeps a cited record of it."""

from servanda.pipeline import read
from servanda.types import Document, Reading

__all__ = ["Document", "Reading", "read"]
