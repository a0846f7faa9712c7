"""A way to a PostgreSQL server that counts round trips, and may be as long as one through a network."""

from __future__ import annotations

import asyncio
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from pathlib import Path

from .databases import Server

PORT = "5432"


class Proxy:
    """Hands bytes on between clients and the server, each so many milliseconds after they came.

    It listens on a socket in a folder or, without a folder, on a free port of the loopback. What waits does
    not keep what comes behind it from being taken, so that the delay limits how soon bytes arrive, and not
    how many are under way.
    """

    def __init__(self, server: Server, folder: Path | None, delay: float = 0.0) -> None:
        # Where clients find it, once it is entered.
        self.address = server
        # How often the server has answered something that a client had sent since the answer before.
        self.trips = 0
        self._server = server
        self._folder = folder
        self._delay = delay / 1000
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._clients: set[asyncio.Task[None]] = set()

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
            self._listener = await asyncio.start_unix_server(self._accept, self.address.socket)
        else:
            self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
            self.address = Server("127.0.0.1", str(self._listener.sockets[0].getsockname()[1]))

    async def _close(self) -> None:
        """Takes no more clients, and gives those that have left the time to be seen off."""
        self._listener.close()
        if self._clients:
            await asyncio.wait(self._clients, timeout=1)
        for client in list(self._clients):
            client.cancel()
        if self._folder:
            self.address.socket.unlink(missing_ok=True)

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        client = asyncio.create_task(self._serve(reader, writer))
        self._clients.add(client)
        client.add_done_callback(self._clients.discard)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        # Connecting takes a round trip, too, of which a proxy on the spot spares the client.
        await asyncio.sleep(2 * self._delay)
        server_reader, server_writer = await asyncio.open_unix_connection(self._server.socket)
        has_asked = False

        def asked() -> None:
            nonlocal has_asked
            has_asked = True

        def answered() -> None:
            nonlocal has_asked
            self.trips += has_asked
            has_asked = False

        await asyncio.gather(
            self._hand_on(reader, server_writer, asked), self._hand_on(server_reader, writer, answered))

    async def _hand_on(
        self, reader: StreamReader, writer: StreamWriter, note: Callable[[], None]
    ) -> None:
        """Reads bytes from one side until its end, and has them written to the other one in time."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(self._write(waiting, writer))
        while data := await _read(reader):
            note()
            waiting.put_nowait((self._loop.time() + self._delay, data))
        waiting.put_nowait((self._loop.time() + self._delay, b""))
        await writing

    async def _write(self, waiting: asyncio.Queue[tuple[float, bytes]], writer: StreamWriter) -> None:
        try:
            while True:
                due, data = await waiting.get()
                if (left := due - self._loop.time()) > 0:
                    await asyncio.sleep(left)
                if not data:
                    break
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


async def _read(reader: StreamReader) -> bytes:
    """Bytes from one side, or none at its end, however it came."""
    try:
        return await reader.read(1 << 18)
    except ConnectionError:
        return b""
