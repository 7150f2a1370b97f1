"""`/cite/ID`: the words of a citation wherever they stand now, or, loudly, that they are gone or changed."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from servanda.answers.citing import citation
from servanda.desk.registers import Opened
from servanda.desk.rendering import page
from servanda.keep.citing import FORMATS, written

NAMES = {"text": "Text", "markdown": "Markdown", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}
GONE = {"gone": 410, "withdrawn": 410}

router = APIRouter(include_in_schema=False)


@router.get("/cite/{id}")
def cite(request: Request, register: Opened, id: Annotated[str, Path(max_length=120)]) -> HTMLResponse:
    """One citation, in every form."""
    row = citation(register, id)
    link = f"{request.url.scheme}://{request.url.netloc}/cite/{row['id']}"
    forms = []
    for kind in FORMATS:
        told = written(row, kind, link=link)
        shown = told if isinstance(told, str) else json.dumps([told], ensure_ascii=False, indent=2)
        forms.append((kind, NAMES[kind], shown))
    return page(request, "citations/cite.html", status=GONE.get(row["state"], 200), row=row, forms=forms, link=link)
