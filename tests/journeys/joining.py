"""Somebody joins those who can open reports: a key of their own, in the next keyset."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.live import Live


def typed(live: Live, *words: object) -> str:
    """Type a command and return what it printed."""
    said = live.command(*map(str, words))
    assert said.returncode == 0, said.stderr
    return said.stdout


def joined(live: Live, name: str) -> Path:
    """Let somebody join as the checklist says; return their identity file."""
    machine, folder = live.staff_machine, live.folder
    key = machine / f"{name}.key"
    typed(live, "keygen", "--classic", "--name", name.title(), "-o", key)
    now, draft, new = (folder / f"{name}-{part}" for part in ("now.jws", "draft", "new.jws"))
    with closing(sqlite3.connect(live.instance / "portico.db", timeout=10)) as database:
        query = "SELECT statement FROM keysets WHERE program = 'example' ORDER BY version DESC"
        now.write_text(database.execute(query).fetchone()[0])
    typed(live, "keyset", "new", "--after", now, "-o", draft)
    typed(live, "keyset", "add", draft, f"{key}.card", "--role", "analyst")
    typed(live, "keyset", "sign", draft, "--root", machine / "root.key", "-o", new)
    typed(live, "keyset", "publish", new)
    return key
