"""`/api/v1`: what the register answers, for programs: the same read model as the pages.

Listings come in pages (`rows`, `next`: a cursor, `total`, `looked_at`); every answer has an ETag; every error is a
problem document (RFC 9457). The OpenAPI 3.1 description is at `/api/v1/openapi.json`.
"""

from servanda.desk.api import judging
from servanda.desk.api.routes import router

router.include_router(judging.router)

__all__ = ["router"]
