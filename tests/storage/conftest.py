"""Three grounds for the same tests: a SQLite file, SQLite in the loop's own thread, and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from secrets import token_hex

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.ports import Store
from bot.storage.opening import open_store
from bot.storage.ready import make_file_ready
from bot.storage.seal import Sealer
from tests.peers.postgres import running_postgres
from tests.storage.made import KEY, Ground

_numbers, _RUN = count(), token_hex(4)


def new_name(kind: str) -> str:
    """A database's name that is this process's own, also where several test on one server."""
    return f"bot_{kind}_{_RUN}_{next(_numbers)}"


def at(url: str, database: str) -> str:
    """The URL of another database of the same server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def run(url: str, statement: str) -> None:
    """Run one statement on a PostgreSQL server, from outside any loop."""

    async def do() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, do()).result()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    make_file_ready(path, Sealer(KEY))
    return path


@pytest.fixture
def sqlite_path(tmp_path: Path, sqlite_template: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "bot.db"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    name = new_name("template")

    async def make() -> None:
        await (await open_store(at(postgres_server, name), KEY)).close()

    run(postgres_server, f"CREATE DATABASE {name}")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, make()).result()
    yield name
    run(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    name = new_name("test")
    run(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield at(postgres_server, name)
    run(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "direct", "postgres"])
def ground(request: pytest.FixtureRequest) -> Ground:
    if request.param == "postgres":
        return Ground("postgres", request.getfixturevalue("postgres_url"))
    name = "sqlite_path" if request.param == "sqlite" else "sqlite_template"
    return Ground(request.param, f"sqlite:///{request.getfixturevalue(name)}")


@pytest.fixture
async def store(ground: Ground) -> AsyncIterator[Store]:
    store = await ground.open()
    yield store
    await store.close()
