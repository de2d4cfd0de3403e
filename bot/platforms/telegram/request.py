"""HTTP for python-telegram-bot, by aiohttp, telling apart what was surely not sent from what nobody knows.

Addresses hold the token, so no exception raised here carries one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, cast

import aiohttp
import yarl
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

API = "https://api.telegram.org"
PATIENCE = 20.0
"""Seconds a call may take in all; the lease of a delivery is three times as long."""

_CONNECT = 10.0
_CONNECTIONS = 100
_LONGEST_REFUSAL = 1 << 16
_PIECE = 1 << 16
_JSON = {"Content-Type": "application/json"}
_TOLD_APART = frozenset({400, 401, 403, 404, 409})
"""Refusals the library tells apart; the other ones below 500 count as 400: the call was not taken."""


class NotSent(NetworkError):  # noqa: N818  (named by what is known)
    """There was no connection: the call surely did not reach the server."""


class Unsure(NetworkError):  # noqa: N818
    """The call may have reached the server; its answer did not reach us, or was none of the Bot API."""


class TooMany(TelegramError):  # noqa: N818
    """The call came too early and was not taken; it may be repeated after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Too many requests")
        self.seconds = seconds


class NotThere(TelegramError):  # noqa: N818
    """The server has no such file, or none any more."""


class Body:
    """The parameters of a call, to the library what its ``RequestData`` is, at a tenth of the cost."""

    contains_files = False

    def __init__(self, parameters: Mapping[str, object]) -> None:
        self.json_payload = json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode()


class AiohttpRequest(BaseRequest):
    """The library's way out: one session, which ``initialize`` opens and ``shutdown`` closes."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds a call may take in all, unless it says else."""
        return self._patience

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT, "Accept-Encoding": "identity"},
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917  (the library's signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002
        connect_timeout: object = None,  # noqa: ARG002
        pool_timeout: object = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Status and body of a call; raises NotSent, Unsure, TooMany."""
        if self._session is None:
            raise NotSent("closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._patience
        with _network():
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=None if request_data is None or request_data.contains_files else _JSON,
                timeout=_timeout(seconds),
                allow_redirects=False,
            ) as answer:
                status, payload = answer.status, await answer.read()
        return (status, payload) if status == HTTPStatus.OK else _refusal(status, payload)

    async def download(self, url: str, most: int) -> bytes | None:
        """What an address (already escaped) holds; None where that is more than ``most`` bytes.

        Raises NotSent, Unsure, TooMany; NotThere where the server has nothing there.
        """
        if self._session is None:
            raise NotSent("closed")
        with _network():
            async with self._session.get(
                yarl.URL(url, encoded=True), timeout=_timeout(self._patience), allow_redirects=False
            ) as answer:
                if answer.status == HTTPStatus.OK:
                    return await _read(answer.content, most)
                status, payload = answer.status, await answer.content.read(_LONGEST_REFUSAL)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooMany(_seconds(_parsed(payload)))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unsure(f"HTTP {status}")
        raise NotThere(f"HTTP {status}")

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; the library's own way would log it where it cannot be read. Raises Unsure."""
        answer = _parsed(payload)
        if answer is None:
            raise Unsure("no answer of the Bot API")
        return answer


class Api:
    """The Bot API of one bot: ``bot`` is the library's, ``call`` the short way for what is called often."""

    def __init__(self, token: str, address: str = API, patience: float = PATIENCE) -> None:
        self._request = AiohttpRequest(patience)
        self._base = f"{address.rstrip('/')}/bot{token}/"
        self._files = f"{address.rstrip('/')}/file/bot{token}/"
        self.bot = Bot(
            token,
            base_url=f"{address.rstrip('/')}/bot",
            base_file_url=f"{address.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def call(self, method: str, parameters: Mapping[str, object], patience: float | None = None) -> Any:  # noqa: ANN401  (JSON)
        """Call a method; returns the raw result. Raises TelegramError."""
        body = cast("RequestData", Body(parameters))
        return await self._request.post(self._base + method, body, read_timeout=patience)

    async def download(self, path: str, most: int) -> bytes | None:
        """What a file of the API's tree holds, see ``AiohttpRequest.download``; ``path`` is escaped."""
        return await self._request.download(self._files + path, most)

    async def close(self) -> None:
        """Close every connection."""
        await self._request.shutdown()


@contextmanager
def _network() -> Iterator[None]:
    """What the network does becomes NotSent or Unsure, without the address."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise NotSent(type(error).__name__) from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Unsure(type(error).__name__) from None


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, connect=min(_CONNECT, seconds))


async def _read(stream: aiohttp.StreamReader, most: int) -> bytes | None:
    """All of it; None, and no further byte is read, where that is more than ``most``."""
    content = bytearray()
    async for piece in stream.iter_chunked(_PIECE):
        content += piece
        if len(content) > most:
            return None
    return bytes(content)


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None or not data.contains_files:
        return data.json_payload if data else None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form


def _refusal(status: int, payload: bytes) -> tuple[int, bytes]:
    """What the library is to make of an answer that is not 200."""
    answer = _parsed(payload)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TooMany(_seconds(answer))
    if answer is None or "ok" not in answer:
        raise Unsure(f"HTTP {status}")
    server_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return (status if server_fault or status in _TOLD_APART else 400), payload


def _seconds(answer: dict[str, Any] | None) -> float:
    parameters = answer.get("parameters") if answer else None
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else 1.0


def _parsed(payload: bytes) -> dict[str, Any] | None:
    """The JSON object of an answer; None where it is none."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
