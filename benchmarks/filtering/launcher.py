"""Runs one command and writes what it used, as JSON: a small parent of its own.

A process starts with the peak memory of the one that started it. Started from a benchmark that
holds long lists, every tool would seem to need at least as much.

Usage: launcher.py SECONDS INPUT OUTPUT COMMAND...
"""

import json
import os
import signal
import sys
import time


def main() -> None:
    """Run the command; one that takes longer than allowed is stopped."""
    seconds, source, sink, *words = sys.argv[1:]
    opened = [
        (os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, sink, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    start = time.perf_counter()
    pid = os.posix_spawnp(words[0], words, os.environ, file_actions=opened, setpgroup=0)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(pid, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    try:
        _, status, used = os.wait4(pid, 0)
    except BaseException:  # an interrupted measurement leaves nothing running
        os.killpg(pid, signal.SIGKILL)
        raise
    wall = time.perf_counter() - start
    result = {
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "kib": used.ru_maxrss,
        "code": os.waitstatus_to_exitcode(status),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
