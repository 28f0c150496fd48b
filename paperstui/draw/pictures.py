"""A picture as lines of cells: half blocks, kitty's placeholders, or cells that sixels are painted over.

Each of them is an ordinary line, which scrolls and is painted over as text is. What colours it has its ink carries:
`cell:rrggbb:rrggbb` is an upper half block in two colours, `image:n` a placeholder of kitty's image n, and
`pixels:key:row` stands for the cells of a row of a picture that the terminal paints.

The sequences for the terminal are made of numbers and base64 alone: no byte of a foreign picture reaches it as it is.
Sources: kitty's "Terminal graphics protocol" (Unicode placeholders), and the VT330/VT340 manual, chapter 14, for sixel.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, NamedTuple

from paperstui.draw.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

CELL = (10, 20)
"""Pixels of a cell, across and down, where the terminal does not say."""

PLACEHOLDER = "\U0010eeee"

SIXEL_COLOURS = 64

# The first of kitty's rowcolumn-diacritics.txt: the n-th says that a placeholder is of row or column n.
_DIACRITICS = (
    "0305 030D 030E 0310 0312 033D 033E 033F 0346 034A 034B 034C 0350 0351 0352 0357 035B 0363 0364 0365 0366 0367 0368 0369 "
    "036A 036B 036C 036D 036E 036F 0483 0484 0485 0486 0487 0592 0593 0594 0595 0597 0598 0599 059C 059D 059E 059F 05A0 05A1 "
    "05A8 05A9 05AB 05AC 05AF 05C4 0610 0611 0612 0613 0614 0615 0616 0617 0657 0658 0659 065A 065B 065D 065E 06D6 06D7 06D8 "
    "06D9 06DA 06DB 06DC 06DF 06E0 06E1 06E2 06E4 06E7 06E8 06EB 06EC 0730 0732 0733 0735 0736 073A 073D 073F 0740 0741 0743"
)
MARKS = "".join(chr(int(code, 16)) for code in _DIACRITICS.split())

_PIECE = 4096  # bytes of base64 in one of kitty's sequences
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_ADD_63 = bytes((value + 63) & 0xFF for value in range(256))


class Box(NamedTuple):
    """The cells a picture takes."""

    columns: int
    rows: int


def box_for(width: int, height: int, columns: int, rows: int, cell: tuple[int, int] = CELL) -> Box:
    """The cells for a picture of so many pixels where there are so many columns and rows; it is not made larger.

    cell: the pixels of one, across and down.
    """
    columns, rows = min(columns, len(MARKS)), min(rows, len(MARKS))
    scale = min(1.0, columns * cell[0] / width, rows * cell[1] / height)
    across, down = round(width * scale / cell[0]), round(height * scale / cell[1])
    return Box(max(1, min(columns, across)), max(1, min(rows, down)))


def half_blocks(rgb: bytes, box: Box) -> list[Line]:
    """A picture of one pixel across and two down for each cell, three bytes each, as upper half blocks in two colours.

    Where both are the same there is a space, since the blocks of many a font leave a line open.
    """
    stride = 3 * box.columns
    lines: list[Line] = []
    for row in range(box.rows):
        line: Line = []
        upper, lower = 2 * row * stride, (2 * row + 1) * stride
        for at in range(0, stride, 3):
            above, below = rgb[upper + at : upper + at + 3].hex(), rgb[lower + at : lower + at + 3].hex()
            ink, sign = f"cell:{above}:{below}", " " if above == below else "▀"
            if line and line[-1][1] == ink:
                line[-1] = (line[-1][0] + sign, ink)
            else:
                line.append((sign, ink))
        lines.append(line)
    return lines


def placeholders(number: int, box: Box) -> list[Line]:
    """The cells in which kitty shows an image, by its number."""
    ink = f"image:{number}"
    return [
        [("".join(PLACEHOLDER + MARKS[row] + MARKS[column] for column in range(box.columns)), ink)]
        for row in range(box.rows)
    ]


def kitty_shown(number: int, png: bytes, box: Box) -> Iterator[str]:
    """The sequences that give kitty an image to show where its placeholders are. It is told to answer nothing."""
    payload = base64.standard_b64encode(png).decode("ascii")
    pieces = [payload[at : at + _PIECE] for at in range(0, len(payload), _PIECE)]
    head = f"a=T,U=1,q=2,f=100,t=d,i={number},c={box.columns},r={box.rows},"
    for index, piece in enumerate(pieces):
        more = int(index + 1 < len(pieces))
        yield f"\x1b_G{head if not index else 'q=2,'}m={more};{piece}\x1b\\"


KITTY_ENDED = "\x1b_Gq=2,m=0;\x1b\\"
"""The sequence that ends the transmission of an image of which there will be no more: it is cut off, so not shown."""


def kitty_deleted(number: int) -> str:
    """The sequence that has kitty forget an image and all there is of it on the screen."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def pixel_lines(key: str, box: Box) -> list[Line]:
    """The cells that a picture of pixels is painted over, row by row."""
    return [[(" " * box.columns, f"pixels:{key}:{row}")] for row in range(box.rows)]


def sixels(palette: bytes, numbers: bytes, box: Box, cell: tuple[int, int]) -> list[str]:
    """A picture of whole cells as sixels: for each row of cells a sequence that paints exactly its pixels.

    palette: the colours, three bytes each. numbers: the colour of each pixel. Since every row of cells is a picture of its
    own, it comes and goes with the line it stands in.
    """
    width = box.columns * cell[0]
    hundredths = [round(value * 100 / 255) for value in palette]
    named = [f"#{at // 3};2;{';'.join(map(str, hundredths[at : at + 3]))}" for at in range(0, len(palette), 3)]
    found = []
    for row in range(box.rows):
        top = row * cell[1]
        lines = [numbers[y * width : (y + 1) * width] for y in range(top, top + cell[1])]
        used = sorted(set().union(*lines))
        body = "-".join(_band(lines[at : at + 6]) for at in range(0, len(lines), 6))
        colours = "".join(named[number] for number in used)
        found.append(f'\x1bP0;1;0q"1;1;{width};{cell[1]}{colours}{body}\x1b\\')
    return found


def _band(lines: list[bytes]) -> str:
    """Up to six lines of pixels; colour after colour, each over the whole width."""
    parts = []
    for number in sorted(set().union(*lines)):
        whole = 0
        for bit, line in enumerate(lines):
            table = bytearray(256)
            table[number] = 1 << bit
            whole |= int.from_bytes(line.translate(table))
        signs = whole.to_bytes(len(lines[0])).translate(_ADD_63).rstrip(b"?")
        parts.append(f"#{number}{_RUN.sub(_shortened, signs).decode('ascii')}")
    return "$".join(parts)


def _shortened(found: re.Match[bytes]) -> bytes:
    return b"!%d%c" % (len(found[0]), found[0][0])
