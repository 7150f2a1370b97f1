"""The desk: the register in a browser. Server-rendered pages that every reader can use without JavaScript.

`app.create_app(settings)` makes the application. An area is a package of this one that offers

- `router`, a FastAPI `APIRouter` with all its paths (`app.AREAS` names the areas that are included);
- optionally `install(app, settings)`, called before the routers are included: middleware, state of its own;
- templates in `templates/AREA/`, each `{% extends "base.html" %}`, shown with `rendering.page(request, "AREA/x.html",
  **values)`; the macros of `templates/macros.html` show facts, quotes, dates and lists the same everywhere;
- messages in English in `_("…")`, `ngettext("…", "…", n)` or `pgettext`, with its Vietnamese in `locale/vi/AREA.po`
  (`make messages` gathers them); words of the register's vocabulary through `label(key)` instead;
- a line in `navigation.ENTRIES` for each page one should find from anywhere.

An endpoint is a plain `def` (it runs in a thread) and asks the register through `registers.Opened`:
`def engagements(request: Request, register: Opened) -> Response`. It may raise any `ServandaError`; `errors` shows it.
Pages ask `servanda.answers` and compute nothing.
"""
