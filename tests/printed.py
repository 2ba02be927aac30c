"""Printed pages as pictures, compared with those that somebody has looked at and stored.

`RENEW_PICTURES=1 ./test FILE` stores what the pages look like now; look at them before you commit them.
"""

import io
import os
import subprocess
from pathlib import Path

import pdfplumber
from PIL import Image, ImageChops

STORED = Path(__file__).with_name("pictures")
DOTS_PER_INCH = 50
COLOURS = 64
NOTICEABLE = 60  # of 255, in any colour
FOOT = 45  # points of a page's height
# Dates and checksums differ between releases, edges of letters between versions of libraries.
MOST_DIFFERENT = 0.006  # of a page


def pages_of(content, folder):
    """The pages of a PDF as small pictures."""
    source = folder / "printed.pdf"
    source.write_bytes(content)
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(source), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))]


def words_on_pages(content):
    """How many words stand on each page of a PDF; poppler is quick where pages hold maps."""
    text = subprocess.run(["pdftotext", "-", "-"], input=content, check=True, capture_output=True).stdout
    return [len(page.split()) for page in text.decode().split("\f")[:-1]]


def ends_of(content):
    """Where the last line of each page of a PDF stands, without its foot, as a share of the page's height."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [_end(page.extract_words(), page.height) for page in pdf.pages]


def _end(words, height):
    return max((word["bottom"] for word in words if word["bottom"] < height - FOOT), default=0) / height


def differing(first, second):
    """The share of pixels that differ noticeably, and where: a picture in black and white."""
    bands = ImageChops.difference(first, second).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    where = most.point(lambda level: 255 if level > NOTICEABLE else 0)
    return where.histogram()[255] / (where.width * where.height), where


def assert_looks_as_stored(content, name, folder):
    """A PDF looks as its stored pages `NAME-1.png`, …; what it looks like instead is left in `folder`, and said."""
    pages = pages_of(content, folder)
    if os.environ.get("RENEW_PICTURES") == "1":
        _store(pages, name)
    stored = sorted(STORED.glob(f"{name}-*.png"))
    assert len(stored) == len(pages), f"{len(pages)} pages, stored are {len(stored)}; what was found: {folder}"
    wrong = []
    for page, path in zip(pages, stored, strict=True):
        share, where = differing(page, Image.open(path).convert("RGB").resize(page.size))
        if share > MOST_DIFFERENT:
            found, difference = folder / f"{path.stem}-found.png", folder / f"{path.stem}-difference.png"
            page.save(found)
            where.save(difference)
            wrong.append(f"{path.name}: {share:.1%} differ; found: {found}, where: {difference}")
    assert not wrong, "\n".join([*wrong, "If that is how it should look: RENEW_PICTURES=1, look at them, commit."])


def _store(pages, name):
    STORED.mkdir(exist_ok=True)
    for old in STORED.glob(f"{name}-*.png"):
        old.unlink()
    for number, page in enumerate(pages, 1):
        small = page.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(STORED / f"{name}-{number}.png", optimize=True)
