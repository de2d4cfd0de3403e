"""A port for a process that has to know its own before it starts."""

from __future__ import annotations

import socket
from contextlib import suppress
from random import SystemRandom

PORTS = range(20_000, 32_768)
"""The system hands out higher ones itself, to tests that run beside this one too."""


def free_port() -> int:
    """A port of this machine at which nobody listens, and which nobody is given by the system."""
    chance = SystemRandom()
    while True:
        port = chance.choice(PORTS)
        with socket.socket() as place, suppress(OSError):
            place.bind(("127.0.0.1", port))
            return port
