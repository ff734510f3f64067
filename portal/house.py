"""Where the templates, the assets and the shipped packs stand, in a checkout and in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder ``templates``, ``static`` or ``policies``.

    In a checkout they stand at the top level; a wheel carries them inside the package.
    """
    packed = _PACKAGE / "_house" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
