"""Pages out of templates: one environment a language, everything escaped, hostile characters shown as signs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from babel.numbers import format_decimal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from servanda.answers.asking import COUNTED
from servanda.desk import dates, geography, words
from servanda.desk.hostile import finalized
from servanda.desk.languages import called, country, language_of, theme_of, translations
from servanda.desk.navigation import ENTRIES
from servanda.desk.reasons import reason
from servanda.desk.settings import STATIC, TEMPLATES, Language
from servanda.labels import Labels

VARIES = {"Vary": "Cookie, Accept-Language, HX-Request"}
PASSED_ON = ("cursor",)  # parameters of an address that a change of filters starts anew


@cache
def environment(language: Language) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=finalized,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["ngettext"] = _counting(made.globals["ngettext"], language)  # type: ignore[arg-type]
    made.globals |= {"language": language, "label": Labels(language), "asset": asset, "document_url": document_url,
                     "actor_url": actor_url, "with_parameters": with_parameters,
                     "counted_to": COUNTED}  # fmt: skip
    made.filters |= {
        "date": lambda edtf: dates.marked(edtf, language),
        "day": lambda edtf: dates.said(edtf, language),
        "moment": lambda at: dates.moment(at, language),
        "reason": lambda told: reason(told, language),
        "number": lambda n: format_decimal(n, locale=language),
        "decimal": lambda n, form: format_decimal(n, form, locale=language),
        "called": lambda it: called(it.get("actor"), it["name"], language),
        "query": urlencode,
        "country": lambda code: country(code, language),
        "place": words.place,
        "there": lambda told: geography.told(told, language),
        "asked": words.asked,
        "cut": words.cut,
        "sentence": words.sentence,
        "counted": words.counting(Labels(language)),
        "about": lambda row: words.about(row, Labels(language)),
    }
    return made


def _counting(ngettext: Callable[..., str], language: Language) -> Callable[..., str]:
    """Messages of a number with that number as the language writes it: 1.003, 1,003."""

    @pass_context
    def counted(context: Context, singular: str, plural: str, num: int, **values: Any) -> str:
        return ngettext(context, singular, plural, num, **{"num": format_decimal(num, locale=language)} | values)

    return counted


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A template of `templates/` with these values, in the reader's language. It also knows `request`, `theme`, `here`
    (the address asked for), `among` (the path of the navigation's entry that it belongs to), `navigation`, `settings`,
    `user` (who signed in, or None) and `behind`."""
    text = environment(language_of(request)).get_template(template).render(_around(request) | values)
    return HTMLResponse(
        text.encode("utf-8", "replace"), status_code=status, headers={"Vary": "Cookie, Accept-Language, HX-Request"}
    )


def _around(request: Request) -> dict[str, Any]:
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return {
        "request": request,
        "here": here,
        "path": request.url.path,
        "among": request.url.path,
        "theme": theme_of(request),
        "navigation": _navigation(request),
        "settings": request.app.state.settings,
        "behind": getattr(request.state, "behind", False),
        "user": getattr(request.state, "user", None),
        "partial": request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true",
    }


def _navigation(request: Request) -> list[tuple[str, list[Any]]]:
    paths: frozenset[str] = request.app.state.paths
    groups = ((group, [entry for entry in entries if entry.path in paths]) for group, entries in ENTRIES)
    return [(group, entries) for group, entries in groups if entries]


@cache
def asset(name: str) -> str | None:
    """The address of a file of `static/`, new when its content is; None where there is none."""
    path = STATIC / name
    if not path.is_file():
        return None
    return f"/static/{name}?{sha256(path.read_bytes()).hexdigest()[:10]}"


def document_url(source: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a document, or of the place in it where these words stand (offsets in code points)."""
    if start is None or end is None:
        return f"/document?{urlencode({'source': source})}"
    return f"/document?{urlencode({'source': source, 'at': f'{start}-{end}'})}#c{start}-{end}"


def actor_url(id: str) -> str:
    """The address of an actor's page."""
    return f"/actors/{quote(id, safe='')}"


def with_parameters(request: Request, **changed: Any) -> str:
    """The address asked for with some parameters changed, or left out where None; a listing then starts anew."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changed and k not in PASSED_ON]
    added = [(k, str(v)) for k, v in changed.items() if v is not None]
    query = urlencode([*kept, *added])
    return request.url.path + (f"?{query}" if query else "")
