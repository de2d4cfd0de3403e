"""A bot in a process of its own, and the CPU time of all its threads."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Running:
    """A process that runs."""

    process: asyncio.subprocess.Process

    def cpu(self) -> float:
        """Seconds of processor time since its start, user and system, of all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """The most memory it ever held, in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


@asynccontextmanager
async def running(module: Sequence[str], environ: Mapping[str, str], said: Path) -> AsyncIterator[Running]:
    """``python -m`` these words; asked to stop at the end, and killed where that fails."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    with said.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *module),
            cwd=CHECKOUT,
            env={**clean, **environ},
            stdout=output,
            stderr=output,
        )
    try:
        yield Running(process)
    except BaseException:
        sys.stderr.write(said.read_text(encoding="utf-8")[-4000:])  # noqa: ASYNC240  (the bench is over by then)
        raise
    else:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
