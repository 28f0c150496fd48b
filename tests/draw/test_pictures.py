"""Pictures as cells and as sequences for the terminal."""

from __future__ import annotations

import base64
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from paperstui.draw.lines import line_width, plain
from paperstui.draw.paper import COLUMN
from paperstui.draw.pictures import (
    MARKS,
    PLACEHOLDER,
    Box,
    box_for,
    half_blocks,
    kitty_deleted,
    kitty_shown,
    pixel_lines,
    placeholders,
    sixels,
)

BOXES = st.builds(Box, st.integers(1, 90), st.integers(1, 40))


@given(st.integers(4, 2000), st.integers(4, 2000), st.integers(1, 300), st.integers(1, 200))
def test_a_picture_fits_where_it_is_put_and_keeps_its_shape(width: int, height: int, columns: int, rows: int) -> None:
    box = box_for(width, height, columns, rows)
    assert 1 <= box.columns <= columns
    assert 1 <= box.rows <= rows
    if min(box) > 8:
        assert 0.8 < (box.columns * 10 / (box.rows * 20)) / (width / height) < 1.25
    assert box.columns * 10 <= width + 10, "it is not made larger"


def test_half_blocks_have_the_colours_of_two_pixels() -> None:
    rgb = bytes.fromhex("ff0000 ff0000 00ff00" + "0000ff 0000ff 00ff00")
    assert half_blocks(rgb, Box(3, 1)) == [[("▀▀", "cell:ff0000:0000ff"), (" ", "cell:00ff00:00ff00")]]


@given(BOXES, st.binary(min_size=1, max_size=40))
def test_every_kind_of_cells_is_as_wide_as_its_box(box: Box, seed: bytes) -> None:
    rgb = (seed * (6 * box.columns * box.rows // len(seed) + 1))[: 6 * box.columns * box.rows]
    for lines in (half_blocks(rgb, box), placeholders(70_000, box), pixel_lines("k", box)):
        assert len(lines) == box.rows
        assert {line_width(line) for line in lines} == {box.columns}
        assert {cell_len(plain(line)) for line in lines} == {box.columns}


def test_a_placeholder_says_of_which_row_and_column_it_is() -> None:
    (first, second) = placeholders(70_000, Box(3, 2))
    assert first == [("".join(PLACEHOLDER + "\u0305" + mark for mark in "\u0305\u030d\u030e"), "image:70000")]
    assert plain(second)[1] == "\u030d"
    assert len(set(MARKS)) == len(MARKS) >= COLUMN, "there is one for each column of the pane"


@given(st.binary(min_size=1, max_size=20_000), BOXES)
def test_kitty_gets_the_whole_picture_in_pieces(png: bytes, box: Box) -> None:
    sent = list(kitty_shown(70_000, png, box))
    found = [re.fullmatch(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", part) for part in sent]
    assert all(found)
    heads = [dict(pair.split("=") for pair in one[1].split(",")) for one in found if one]
    assert base64.b64decode("".join(one[2] for one in found if one)) == png
    assert all(len(one[2]) <= 4096 for one in found if one)
    assert [head["m"] for head in heads] == ["1"] * (len(heads) - 1) + ["0"]
    assert {head["q"] for head in heads} == {"2"}, "the terminal answers nothing"
    head = {"a": "T", "U": "1", "f": "100", "i": "70000", "c": str(box.columns), "r": str(box.rows)}
    assert head.items() <= heads[0].items()
    assert kitty_deleted(70_000) == "\x1b_Ga=d,d=I,i=70000,q=2\x1b\\"


def painted(sequence: str) -> tuple[dict[int, str], list[list[int]]]:
    """What a terminal makes of sixels: the colours, and the number of each pixel's, row by row; -1 for none."""
    found = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)((?:#\d+;2;\d+;\d+;\d+)*)(.*)\x1b\\', sequence)
    assert found is not None
    width, height = int(found[1]), int(found[2])
    colours = {int(number): rgb for number, rgb in re.findall(r"#(\d+);2;(\d+;\d+;\d+)", found[3])}
    pixels = [[-1] * width for _ in range(height)]
    x = top = colour = 0
    for part in re.findall(r"#\d+|!\d+.|[$\-?-~]", found[4]):
        if part[0] == "#":
            colour = int(part[1:])
        elif part in "$-":
            x, top = 0, top + (6 if part == "-" else 0)
        else:
            count = int(part[1:-1]) if part[0] == "!" else 1
            for bit in range(6):
                if (ord(part[-1]) - 63) >> bit & 1:
                    pixels[top + bit][x : x + count] = [colour] * count
            x += count
    return colours, pixels


@given(st.integers(1, 6), st.integers(1, 4), st.sampled_from([(3, 5), (6, 13), (8, 17), (10, 20)]), st.data())
def test_sixels_paint_every_pixel_of_their_row_and_no_other(
    columns: int, rows: int, cell: tuple[int, int], data: st.DataObject
) -> None:
    box = Box(columns, rows)
    width, size = columns * cell[0], columns * cell[0] * rows * cell[1]
    seed = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=50))
    numbers = bytes((seed * (size // len(seed) + 1))[:size])
    palette = bytes((0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 255))
    found = sixels(palette, numbers, box, cell)
    assert len(found) == rows
    for row, sequence in enumerate(found):
        colours, pixels = painted(sequence)
        assert {0: "0;0;0", 1: "100;100;100", 2: "100;0;0", 3: "0;0;100"}.items() >= colours.items()
        top = row * cell[1]
        assert pixels == [list(numbers[(top + y) * width : (top + y + 1) * width]) for y in range(cell[1])]
