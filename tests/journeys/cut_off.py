"""A network that ends at the machine's own loopback, and a product that has no other."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.product import Product

HOLD = """
import fcntl, socket, struct, sys
SIOCSIFFLAGS, IFF_UP = 0x8914, 1
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
print("up", flush=True)
sys.stdin.read()
"""
KNOCK = """
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 5).close()
except OSError as error:
    print(type(error).__name__, error.errno)
else:
    print("open")
"""
ASK = """
import sys, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], timeout=5)
except OSError:
    sys.exit(1)
"""


@dataclass(frozen=True)
class CutOff:
    """A network namespace; `pid` is a process that holds it."""

    pid: int

    def within(self, *command: str) -> list[str]:
        """The command line that runs a command in it."""
        return ["nsenter", f"--target={self.pid}", "--user", "--net", "--preserve-credentials", *command]

    def program(self, path: Path, command: str) -> Path:
        """A file that runs a command in it with whatever arguments it is given."""
        path.write_text(f'#!/bin/sh\nexec {" ".join(self.within(command))} "$@"\n')
        path.chmod(0o755)
        return path


@contextmanager
def cut_off() -> Iterator[CutOff]:
    """Needs no more than the right to make namespaces of one's own."""
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-c", HOLD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "up\n"
        yield CutOff(holder.pid)


@dataclass
class ProductCutOff(Product):
    """Its database may be a file or behind a socket in the file system."""

    network: CutOff = field(kw_only=True)

    def command_line(self) -> list[str]:
        return self.network.within(*super().command_line())

    def answers(self) -> bool:
        asked = self.network.within(sys.executable, "-c", ASK, f"{self.base_url}/health")
        return subprocess.run(asked, check=False).returncode == 0


def knock(pid: int, host: str, port: int) -> str:
    """What the network of a process has at an address: "open", or the name and number of the error."""
    network = CutOff(pid)
    done = subprocess.run(
        network.within(sys.executable, "-c", KNOCK, host, str(port)), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
