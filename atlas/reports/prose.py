"""Plain text of an editor as blocks: paragraphs apart by an empty line, lines with a dash are a list. Pure."""

import re

from atlas.reports.document import Block, Items, Paragraph, runs

_APART = re.compile(r"\n[ \t]*\n")
_ENTRY = re.compile(r"^[ \t]*[-–•*][ \t]+")


def prose(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Nothing in it is markup: what looks like HTML stays as it was written.

    >>> prose("Eins\\nzwei\\n\\n- drei\\n- vier")
    (Paragraph(runs=(Text(text='Eins zwei', strong=False, soft=False, href='', language=''),), role='body'), \
Items(entries=((Text(text='drei', strong=False, soft=False, href='', language=''),), (Text(text='vier', strong=False, \
soft=False, href='', language=''),)), role='body'))
    """
    blocks: list[Block] = []
    for piece in _APART.split(text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        lines = [line for line in piece.split("\n") if line.strip()]
        if lines and all(_ENTRY.match(line) for line in lines):
            blocks.append(Items(tuple(runs(_ENTRY.sub("", line).strip()) for line in lines)))
        elif lines:
            blocks.append(Paragraph(runs(" ".join(line.strip() for line in lines))))
    return tuple(blocks)
