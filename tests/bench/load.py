"""A client in a process of its own: sends the same body again and again over some connections on loopback, prints answers a second.

load.py PORT COOKIE CONNECTIONS REQUESTS < BODY
"""  # fmt: skip

from __future__ import annotations

import asyncio
import sys
import time


async def one(port: int, request: bytes, times: int) -> None:
    """Send a request so many times over one connection, each after the answer to the one before."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(times):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if not head.startswith("http/1.1 200"):
            raise SystemExit(head)
        length = next(text.partition(":")[2] for text in head.split("\r\n") if text.startswith("content-length"))
        answer = await reader.readexactly(int(length))
        if b'"errors"' in answer:
            raise SystemExit(answer.decode())
    writer.close()


async def main(port: int, cookie: str, connections: int, requests: int) -> None:
    """Warm up with one request a connection, then measure."""
    sent = sys.stdin.buffer.read()
    origin = f"http://127.0.0.1:{port}"
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent
    await asyncio.gather(*(one(port, request, 1) for _ in range(connections)))
    begun, each = time.perf_counter(), requests // connections
    await asyncio.gather(*(one(port, request, each) for _ in range(connections)))
    sys.stdout.write(f"{each * connections / (time.perf_counter() - begun)}\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
