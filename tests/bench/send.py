"""A client in a process of its own: sends so many MiB in one request on loopback, prints how many seconds it took until the answer.

send.py PORT METHOD PATH MIB HEADERS (JSON)
"""  # fmt: skip

from __future__ import annotations

import http.client
import json
import os
import sys
import time

PIECE = 1 << 20


def main(port: int, method: str, path: str, mib: int, headers: dict[str, str]) -> None:
    """Send, and wait until all of it is acknowledged."""
    piece = os.urandom(PIECE)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    begun = time.perf_counter()
    connection.request(method, path, body=(piece for _ in range(mib)), headers={**headers, "Content-Length": str(mib * PIECE)})
    answer = connection.getresponse()
    said = answer.read()
    took = time.perf_counter() - begun
    if answer.status != 204:
        raise SystemExit(f"{answer.status} {said!r}")
    sys.stdout.write(f"{took}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), json.loads(sys.argv[5]))
