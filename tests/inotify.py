"""Watches a folder through Linux's inotify: which files in it were opened, by whomever."""

import ctypes
import os
import struct
from pathlib import Path

IN_OPEN = 0x20  # inotify(7)
_EVENT = struct.Struct("iIII")
_LIBC = ctypes.CDLL(None, use_errno=True)


class Watch:
    """Collects every opening of a folder or of a file directly in it, from now on."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = _LIBC.inotify_init1(os.O_NONBLOCK)
        added = _LIBC.inotify_add_watch(self._descriptor, os.fsencode(folder), IN_OPEN)
        if self._descriptor < 0 or added < 0:
            raise OSError(ctypes.get_errno(), "inotify is not to be had here")

    def opened(self) -> list[str]:
        """Return the names opened since the last call; the folder itself has an empty name."""
        try:
            data = os.read(self._descriptor, 64 * 1024)
        except BlockingIOError:
            return []
        names, place = [], 0
        while place < len(data):
            _, _, _, length = _EVENT.unpack_from(data, place)
            start = place + _EVENT.size
            names.append(data[start : start + length].rstrip(b"\0").decode())
            place = start + length
        return names
