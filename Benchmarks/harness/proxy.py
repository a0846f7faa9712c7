"""A way to a PostgreSQL server that counts round trips, and may be as long as one through a network."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from .databases import Server

PORT = "5432"


class Proxy:
    """Hands bytes on between clients and the server, each so many milliseconds after they came.

    It listens on a socket in a folder or, without a folder, on a free port of the loopback. Bytes wait by
    themselves, not for each other, so that the delay does not limit how many are under way.
    """

    def __init__(self, server: Server, folder: Path | None, delay: float = 0.0) -> None:
        self._server = server
        self._folder = folder
        self._delay = delay / 1000
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task] = set()
        self.address = server
        # How often the server has answered something that a client had sent since the answer before.
        self.trips = 0

    def __enter__(self) -> Proxy:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        if self._folder:
            self.address = Server(str(self._folder), PORT)
            self._listener = await asyncio.start_unix_server(self._serve, self.address.socket)
        else:
            self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            port = self._listener.sockets[0].getsockname()[1]
            self.address = Server("127.0.0.1", str(port))

    async def _close(self) -> None:
        self._listener.close()
        for task in list(self._tasks):
            task.cancel()
        if self._folder:
            self.address.socket.unlink(missing_ok=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        # Connecting takes a round trip, too, of which a proxy on the spot spares the client.
        await asyncio.sleep(2 * self._delay)
        try:
            there = await asyncio.open_unix_connection(self._server.socket)
            asked = [False]
            await asyncio.gather(
                self._hand_on(reader, there[1], lambda: asked.__setitem__(0, True)),
                self._hand_on(there[0], writer, lambda: self._answered(asked)))
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    def _answered(self, asked: list[bool]) -> None:
        self.trips += asked[0]
        asked[0] = False

    async def _hand_on(self, reader, writer, note) -> None:
        """Reads bytes from one side until its end, and has them written to the other one in time."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(self._write(waiting, writer))
        data = b"begin"
        while data:
            try:
                data = await reader.read(1 << 18)
            except ConnectionError:
                data = b""
            if data:
                note()
            waiting.put_nowait((self._loop.time() + self._delay, data))
        await writing

    async def _write(self, waiting: asyncio.Queue[tuple[float, bytes]], writer) -> None:
        while True:
            due, data = await waiting.get()
            if (left := due - self._loop.time()) > 0:
                await asyncio.sleep(left)
            if not data:
                break
            writer.write(data)
            await writer.drain()
        try:
            writer.close()
            await writer.wait_closed()
        except ConnectionError:
            pass
