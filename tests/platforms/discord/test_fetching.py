"""Files that people sent are fetched whole or not at all, and from nowhere but Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.dialog.messages import FileRef
from bot.platforms.discord.client import API
from bot.platforms.discord.fetching import checked, fetch
from bot.ports import LARGEST_FILE
from tests.peers.discord.files import Upload
from tests.peers.discord.weather import Fault
from tests.peers.discord_server import DiscordServer

SOON = (0.01, 0.01)
CONTENT = b"Nama;Negara\n" * 9000


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    running = await DiscordServer().start()
    yield running
    await running.stop()


@pytest.fixture
def upload(server: DiscordServer) -> Upload:
    server.uploads[11] = Upload(CONTENT)
    return server.uploads[11]


def seen(server: DiscordServer, size: int = 5, host: str = "") -> FileRef:
    return FileRef(f"{host or server.host}/attachments/8/11/names.csv?ex=1&is=1&hm=a", "names.csv", size)


async def test_a_file_arrives_whole(server: DiscordServer, upload: Upload) -> None:
    assert await fetch(server.api, seen(server), SOON) == upload.content
    assert len(server.called("GET /attachments")) == 1


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.LOST, Fault.ERROR])
async def test_a_loss_on_the_way_is_tried_again(server: DiscordServer, upload: Upload, fault: Fault) -> None:
    server.weather.expect(fault, "GET /attachments", times=2)
    assert await fetch(server.api, seen(server), SOON) == upload.content
    server.weather.expect(fault, "GET /attachments", times=9)
    assert await fetch(server.api, seen(server), SOON) is None


async def test_a_server_that_is_busy_is_waited_for(server: DiscordServer, upload: Upload) -> None:
    server.weather.expect(Fault.FLOOD, "GET /attachments", seconds=1)
    assert await fetch(server.api, seen(server), SOON) == upload.content
    server.weather.expect(Fault.FLOOD, "GET /attachments", seconds=3600)
    assert await fetch(server.api, seen(server), SOON) is None


async def test_what_is_there_no_more_is_asked_for_once(server: DiscordServer, upload: Upload) -> None:
    upload.expired = True
    assert await fetch(server.api, seen(server), SOON) is None
    assert len(server.called("GET /attachments")) == 1


async def test_the_size_that_was_told_is_not_believed(server: DiscordServer, upload: Upload) -> None:
    upload.content = bytes(LARGEST_FILE * 10)
    assert await fetch(server.api, seen(server), SOON) is None
    assert upload.served < len(upload.content)
    upload.content = bytes(LARGEST_FILE)
    assert await fetch(server.api, seen(server, 0), SOON) == upload.content


async def test_what_is_told_to_be_too_large_is_not_asked_for(server: DiscordServer) -> None:
    assert await fetch(server.api, seen(server, LARGEST_FILE + 1), SOON) is None
    assert server.called("GET /attachments") == []


async def test_nobody_is_led_elsewhere(server: DiscordServer, upload: Upload) -> None:
    server.uploads[12] = Upload(b"of this machine alone")
    upload.leads_to = seen(server).id.replace("/11/", "/12/")
    assert await fetch(server.api, seen(server), SOON) is None
    assert len(server.called("GET /attachments")) == 1


async def test_no_other_server_is_ever_asked(server: DiscordServer, upload: Upload) -> None:
    for host in (server.host.replace("127.0.0.1", "localhost"), server.host.replace("http:", "https:")):
        assert await fetch(server.api, seen(server, host=host), SOON) is None
    assert await fetch(API, seen(server), SOON) is None
    assert server.called("GET /attachments") == []
    assert upload.served == 0


GOOD = [
    "https://cdn.discordapp.com/attachments/8/11/names.csv?ex=1&is=1&hm=a&",
    "https://cdn.discordapp.com:443/x",
    "HTTPS://CDN.DISCORDAPP.COM/x",
    "https://media.discordapp.net/ephemeral-attachments/x",
    "https://discord.com/x",
]
BAD = [
    "http://cdn.discordapp.com/x",
    "https://cdn.discordapp.com:8443/x",
    "https://cdn.discordapp.com./x",
    "https://cdn.discordapp.com@evil.example/x",
    "https://mira@cdn.discordapp.com/x",
    "https://:secret@cdn.discordapp.com/x",
    "https://cdn.discordapp.com.evil.example/x",
    "https://evil.example/cdn.discordapp.com",
    "https://evil.example#@cdn.discordapp.com/x",
    "https://evil.example\\@cdn.discordapp.com/x",
    "https://\u0441dn.discordapp.com/x",
    "//cdn.discordapp.com/x",
    "cdn.discordapp.com/x",
    "file:///etc/passwd",
    "ftp://cdn.discordapp.com/x",
    "http://127.0.0.1:8080/x",
    "http://169.254.169.254/latest",
    "http://[::1]/x",
    "https://[x/",
    "https://discord.com:99999/x",
    "",
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_discords(address: str) -> None:
    assert checked(address, API) is not None


@pytest.mark.parametrize("address", BAD)
def test_any_other_address(address: str) -> None:
    assert checked(address, API) is None


def test_a_line_end_in_an_address_stays_in_it() -> None:
    url = checked("https://cdn.discordapp.com/x\r\nHost: evil.example", API)
    assert url is None or "\n" not in str(url)
