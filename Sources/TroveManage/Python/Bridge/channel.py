"""The channel to the program: one JSON document per line, one call at a time."""

import itertools
import json
import os
import sys
import threading

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _bytes(document):
    """Bytes come as `{"b": "<hex>"}`; no other document has this only key."""
    if len(document) == 1 and "b" in document:
        return bytes.fromhex(document["b"])
    return document


_decode = json.JSONDecoder(object_hook=_bytes).decode


class Unavailable(Exception):
    """A call cannot be made here and now; the text says why."""


class Channel:
    """Requests in, calls and answers out, over one socket."""

    def __init__(self, reader):
        self._reader = reader
        self._socket = reader.fileno()
        self._inode = os.fstat(self._socket).st_ino
        # One call at a time. The thread that makes it may come here again, when its collector or a
        # signal's handler interrupts it; `_busy` tells whether that is in the middle of the call.
        self._lock = threading.RLock()
        self._busy = False
        self._late = []
        # How many answers that nobody waits for come before the next call's.
        self._unread = 0
        # The connections that have executed something since no work of any was open.
        self.users = set()
        # The next connection's number; no other connection of this process has it.
        self.connection_number = itertools.count(1).__next__
        self._forked = False
        self._open = False
        self._interrupted = False
        self._folders = ()
        # Counts the runs; what a connection did in an earlier one, the program has undone or kept.
        self.run = 0
        os.register_at_fork(after_in_child=self._leave_to_parent)

    def open(self, folders):
        """Allows calls, until the next answer; statements belong to lines below `folders`."""
        self.run += 1
        self._folders = folders
        self.users.clear()
        self._open = True
        self._interrupted = False
        self._unread = 0

    def receive(self):
        """The program's next request; the process ends with the program."""
        while True:
            line = self._read()
            # The answer to a call that was interrupted may come before, or what is left of it.
            try:
                request = _decode(line.decode())
            except ValueError:
                continue
            if "do" in request:
                return request

    def answer(self, document):
        """Answers the request, and allows no calls from now on."""
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            try:
                stream.flush()
            except Exception:
                # The script has closed or replaced it.
                pass
        if self._forked:
            # A script forked and its child came back from the function as well: the parent answers.
            os._exit(1 if document.get("failure") else 0)
        # A thread that the script has left behind may be waiting for the answer to its call.
        with self._lock:
            self._open = False
            # The answers to what is late come before the next request.
            self._write_after_late(_encode(document).encode("utf-8", "replace"))

    def call(self, document):
        """Makes a call and returns what the program answers, which may be an error."""
        line = _encode(document).encode()
        with self._lock:
            self._check_free()
            # Stays so when an exception of a handler comes in between.
            self._interrupted = True
            self._busy = True
            try:
                self._unread += self._write_after_late(line)
                while self._unread:
                    self._read()
                    self._unread -= 1
                answer = self._read()
                self._interrupted = False
                return _decode(answer.decode())
            finally:
                self._busy = False

    def call_with_next(self, document):
        """Makes a call that cannot fail, together with the next one."""
        with self._lock:
            self._check_free()
            self._late.append(document)
        return {}

    def call_when_free(self, document):
        """Makes a call whose answer nobody needs: now, or before the next one.

        A connection that is collected in the middle of a call of its thread is undone like this.
        Where no call can be made at all, the program has undone it, or will.
        """
        if self._forked or not self._open:
            return {}
        with self._lock:
            if self._is_put_off(document):
                return {}
            return self.call(document)

    def _is_put_off(self, document):
        """Whether no call can be made now; behind the one that is being made, it comes with the next."""
        if self._busy:
            self._late.append(document)
        return self._busy or self._interrupted

    def tell_when_free(self, document):
        """Makes a call that cannot fail and whose answer nobody waits for: now, or before the next one."""
        if self._forked or not self._open:
            return {}
        with self._lock:
            if self._is_put_off(document):
                return {}
            self._interrupted = self._busy = True
            try:
                self._unread += self._write_after_late(_encode(document).encode()) + 1
                self._interrupted = False
            finally:
                self._busy = False
        return {}

    def place(self):
        """The file and line of the repository that are being executed, or twice None."""
        folders = self._folders
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename.startswith(folders):
                return frame.f_code.co_filename, frame.f_lineno
            frame = frame.f_back
        return None, None

    def _check_free(self):
        if self._forked:
            raise Unavailable("the connection belongs to the process that forked this one")
        if self._busy:
            raise Unavailable("the connection is busy with a call of the same thread")
        if not self._open:
            raise Unavailable("the script's function has returned already")
        if self._interrupted:
            raise Unavailable("a signal's handler has interrupted an earlier call")

    def _write_after_late(self, line):
        """Writes what is late, and the line; returns how many answers will come before the line's."""
        late = [_encode(document).encode() for document in self._late]
        self._write(b"\n".join(late + [line]))
        # Not before: were the writing interrupted, a commit would be forgotten.
        del self._late[: len(late)]
        return len(late)

    def _read(self):
        line = self._reader.readline()
        if not line.endswith(b"\n"):
            os._exit(0)
        return line

    def _write(self, line):
        rest = memoryview(line + b"\n")
        try:
            # A script may have closed the descriptor, and opened a file of its own in its place.
            if os.fstat(self._socket).st_ino != self._inode:
                os._exit(1)
            while rest:
                rest = rest[os.write(self._socket, rest) :]
        except OSError:
            os._exit(1)

    def _leave_to_parent(self):
        self._forked = True
        self._lock = threading.RLock()
