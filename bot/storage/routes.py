"""Routes too long for a button."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.messages import Route
from bot.storage.cursor import Cursor, Statement, places
from bot.storage.schema import routes

KEEP = Statement(
    insert(routes).values(**places("token", "route")).on_conflict_do_nothing(index_elements=["token"])
)
GET = Statement(select(routes.c.route).where(routes.c.token == bindparam("token")))


@dataclass(frozen=True, slots=True)
class StoredRoutes:
    """See ``ports.Routes``."""

    cursor: Cursor

    def keep(self, token: str, route: Route) -> None:
        """Store it, once."""
        self.cursor.run(KEEP, token=token, route=json.dumps(route))

    def get(self, token: str) -> Route | None:
        """Find it."""
        row = self.cursor.row(GET, token=token)
        return tuple(json.loads(row["route"])) if row else None
