"""Pictures as real tools see them, before and after the form has cleaned them."""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.live import ROOT

pytestmark = pytest.mark.browser

PICTURES = json.loads((ROOT / "tests/vectors/pictures.json").read_text("utf-8"))
SECRETS = (
    "-Artist=Ada Canary",
    "-GPSLatitude=52.37",
    "-GPSLatitudeRef=N",
    "-Copyright=Canary Ltd",
    "-XMP-dc:Creator=Canary",
    "-XMP-photoshop:City=Canary Wharf",
)
# What describes the coded picture itself; everything else would be said beside it.
STRUCTURE = {"ExifTool", "System", "File", "Composite", "PNG", "RIFF", "JFIF", "SourceFile"}
TOLD = {
    "JFIF:JFIFVersion",
    "JFIF:ResolutionUnit",
    "JFIF:XResolution",
    "JFIF:YResolution",
    "PNG:ImageWidth",
    "PNG:ImageHeight",
    "PNG:BitDepth",
    "PNG:ColorType",
    "PNG:Compression",
    "PNG:Filter",
    "PNG:Interlace",
    "PNG:SRGBRendering",
    "PNG:Gamma",
    "RIFF:ImageWidth",
    "RIFF:ImageHeight",
    "RIFF:WebP_Flags",
    "RIFF:VP8Version",
    "RIFF:HorizontalScale",
    "RIFF:VerticalScale",
    "RIFF:AlphaIsUsed",
    "IFD0:Orientation",
}
CLEAN = """async ([module, data]) => {
    const { cleaned } = await import(module)
    const file = new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], "p")
    const blob = await cleaned(file)
    const looked = async (one) => {
        const picture = await createImageBitmap(one, { imageOrientation: "from-image" })
        const canvas = new OffscreenCanvas(picture.width, picture.height)
        const context = canvas.getContext("2d")
        context.drawImage(picture, 0, 0)
        const { data } = context.getImageData(0, 0, picture.width, picture.height)
        return [picture.width, picture.height, ...data]
    }
    const text = String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))
    return { data: btoa(text), before: await looked(file), after: await looked(blob) }
}"""


def tool(name: str, package: str) -> str:
    """Find a program that the suite needs."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: run `make system`, or `sudo apt-get install {package}`.")
    return found


def told_by_exiftool(path: Path) -> dict[str, Any]:
    """Return every tag that exiftool finds, unknown ones included, by group and name."""
    command = [tool("exiftool", "libimage-exiftool-perl"), "-j", "-G1", "-a", "-u", "-U", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    groups = ("ExifTool:", "System:", "File:", "Composite:", "SourceFile")
    return {tag: value for tag, value in found.items() if not tag.startswith(groups)}


def told_by_mat2(path: Path) -> set[str]:
    """Return the names of what mat2 finds in a file."""
    command = [tool("mat2", "mat2"), "--show", str(path)]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    if "No metadata found" in said:
        return set()
    first, *lines = said.strip().splitlines()
    assert first.startswith("[+] Metadata for"), said
    return {line.split(":")[0].strip() for line in lines}


@pytest.mark.parametrize("turned", [1, 6])  # 6: a quarter turn
@pytest.mark.parametrize(("kind", "ending"), [("jpeg", "jpg"), ("png", "png"), ("webp", "webp")])
def test_real_tools_find_nothing_and_no_pixel_changes(
    page: Page, wire: Any, tmp_path: Path, kind: str, ending: str, turned: int
) -> None:
    """What cameras write is gone for exiftool and mat2; the picture looks the same, and upright."""
    chatty = tmp_path / f"chatty.{ending}"
    chatty.write_bytes(base64.b64decode(PICTURES[kind]))
    writing = [tool("exiftool", "libimage-exiftool-perl"), "-q", "-overwrite_original", "-n"]
    subprocess.run([*writing, f"-Orientation={turned}", *SECRETS, chatty], check=True)
    assert "Canary" in str(told_by_exiftool(chatty))

    page.goto(f"{wire.url}/example/report")
    module = page.evaluate(
        "() => document.querySelector('script[type=module]').src.replace(/[^/]*$/, '')"
    )
    data = base64.b64encode(chatty.read_bytes()).decode()
    made = page.evaluate(CLEAN, [f"{module}picture-cleaning.js", data])
    clean = tmp_path / f"clean.{ending}"
    clean.write_bytes(base64.b64decode(made["data"]))

    assert made["before"] == made["after"]
    assert b"anary" not in clean.read_bytes()
    told = told_by_exiftool(clean)
    assert told.keys() - TOLD == set()
    upright = {"ExifByteOrder", "Orientation"} if turned != 1 else set()
    assert ("IFD0:Orientation" in told) == bool(upright)
    if kind != "webp":  # which mat2 does not read
        assert told_by_mat2(clean) == upright
