"""The picture of the paper in the pane: asked for when one stays on the paper, drawn in a thread, and gone with the paper."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.widget import Widget

from paperstui.draw.lines import Line
from paperstui.errors import PaperstuiError

if TYPE_CHECKING:
    from paperstui.documents.pictures import Picture
    from paperstui.draw.pictures import Box
    from paperstui.models import Paper
    from paperstui.tui.courier import Courier
    from paperstui.tui.graphics import Way
    from paperstui.tui.screens.reader import ReaderScreen

REST = 0.4
"""Seconds that one stays on a paper before its picture is looked for."""

MOST_ROWS = 18
"""Rows that a picture takes at most."""

THUMB_ROWS = 7
"""Rows of those below it."""

LEAST = (24, 6)
"""Columns and rows of a pane with less than which there is no picture."""


class Drawn(NamedTuple):
    """A picture as lines of cells, and what the terminal needs for it: kitty's image, or the sixels of each row."""

    box: Box
    lines: list[Line]
    number: int = 0
    sequences: tuple[str, ...] = ()
    key: str = ""
    rows: tuple[str, ...] = ()


@dataclass(slots=True)
class Held:
    """What there is of a paper: its pictures with what stands below them, and why there are not more.

    drawn: them for so many columns and rows. wanted: for how many they are being drawn, or were. rows: there were when
    they were asked for last.
    """

    paper: Paper
    pictures: list[tuple[Picture, str]] = field(default_factory=list)
    trouble: str = ""
    drawn: tuple[tuple[int, int], list[Drawn]] | None = None
    wanted: tuple[int, int] = (0, 0)
    rows: int = -1


class Pictures:
    """Shows pictures in the abstract's tab; does the action that turns them on and off for this sitting."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._setting = screen.settings.images
        self._way: Way | None = "" if self._setting == "off" else None
        self._paper: Paper | None = None
        self._held: Held | None = None
        self._courier: Courier | None = None
        self._rows: dict[str, tuple[str, ...]] = {}
        self._painted = -1
        self._asked = False
        self._is_told = False  # of the terminal being handed over and back

    @property
    def way(self) -> Way:
        """How pictures are shown on this terminal, found out when the first one is looked for."""
        if self._way is None:
            from paperstui.tui import graphics

            app, cell = self.screen.app, graphics.cell_size()
            self._way = graphics.way(self._setting, os.environ, app.console.color_system, cell)
            if not self._way:
                self.screen.say("This terminal has too few colours for pictures", "error")
            elif self._setting == "sixel" and self._way != "sixel":
                self.screen.say("The terminal does not say how large its cells are: pictures are in half blocks")
            if not self._is_told:
                self._is_told = True
                app.app_suspend_signal.subscribe(self.screen, lambda _: self._hand_over(), immediate=True)
                app.app_resume_signal.subscribe(self.screen, lambda _: self.again(), immediate=True)
        return self._way

    def do_images(self) -> None:
        if self._way == "":
            self._setting = self.screen.settings.images if self.screen.settings.images != "off" else "auto"
            self._way = None
            if not self.way:
                return
            self.screen.say(f"Pictures are shown ({_NAMES[self.way]})")
            self._asked = True
            self.look_again()
        else:
            self._drop()
            self._way = ""
            self.screen.say("Pictures are not shown any more")
            self.screen.tabs.again()

    def show(self, paper: Paper | None) -> None:
        """Another paper is in the pane, or none."""
        before, self._paper = self._paper, paper
        if self._way == "":
            return
        if before is not None and paper is not None and before.id == paper.id:
            self._paper = before
            return
        self._drop()
        if paper is not None:
            self.screen.work(partial(self._bring, paper), group="picture", exclusive=True)

    def look_again(self) -> None:
        """There may be a picture of the paper now; one that is shown stays."""
        paper = self._paper
        if paper is not None and (self._held is None or not self._held.pictures):
            self._paper = None
            self.show(paper)

    def again(self) -> None:
        """The terminal may have lost what it was given: everything is drawn and given anew."""
        if self._held is not None:
            self._forget_drawn(self._held)
            self.screen.tabs.again()

    def lines(self, cells: int) -> list[Line]:
        """The lines of the picture for a column of so many cells; none until it is there."""
        held = self._held
        if held is None or self._way == "" or held.paper is not self._paper:
            return []
        from paperstui.draw.lines import paragraph

        trouble = [[], *paragraph(held.trouble, "faint", cells)] if held.trouble else []
        held.rows = self._rows_there()
        size = cells, held.rows
        if not held.pictures or size[0] < LEAST[0] or size[1] < LEAST[1]:
            return trouble if size[1] >= LEAST[1] else []
        drawn = held.drawn[1] if held.drawn is not None and held.drawn[0] == size else []
        if held.wanted != size and len(drawn) < len(held.pictures):
            held.wanted = size
            self.screen.work(partial(self._draw, held, size), group="draw picture", exclusive=True)
        captions = [caption for _, caption in held.pictures]
        return [*_below_each_other([*drawn, *_places(held.pictures, len(drawn), size)], captions, cells), *trouble]

    def after_frame(self) -> None:
        """A frame is painted: sixels go over the cells that are kept for them, where those were painted anew."""
        held = self._held
        if held is None:
            return
        pane = self.screen.pane
        if held.rows != (rows := self._rows_there()):
            held.rows = rows
            self.screen.call_later(self.screen.tabs.again)
        if not self._rows or self._painted == pane.paintings:
            return
        self._painted = pane.paintings
        if self._is_covered():
            return
        self.courier.paint(self._in_sight(), self._may_paint)

    @property
    def courier(self) -> Courier:
        """What brings the terminal all that is no text, made when there is something."""
        if self._courier is None:
            from paperstui.tui.courier import Courier

            app = self.screen.app
            self._courier = Courier(lambda: app._driver)  # noqa: SLF001 - as Textual's own widgets reach the terminal
        return self._courier

    def end(self) -> None:
        """Leave nothing in the terminal, and give it nothing more."""
        self._drop()
        self._way = ""
        if self._courier is not None:
            self._courier.end()

    # Bringing

    async def _bring(self, paper: Paper) -> None:
        """All pictures of a paper, one after the other. Another paper ends this at any point."""
        await asyncio.sleep(REST)
        if not self.way:
            return
        from paperstui.documents.pictures import NoPillowError

        desk = await asyncio.to_thread(lambda: self.screen.desk.figures)
        if self._asked:
            # The user wants to see them: what could not be had before is asked for once more.
            self._asked = False
            desk.forget_failures()
        found = await self.screen.background.aside(desk.of, paper)
        held = Held(paper)
        for named in found:
            try:
                picture = await desk.picture(named.address)
            except NoPillowError as error:
                self._way = ""
                self.screen.say(str(error), "error")
                return
            except PaperstuiError as error:
                held.trouble = f"A picture could not be had: {error}"
            else:
                held.pictures += [(picture, named.caption)] if picture is not None else []
            if self._paper is not paper:
                return
            if self._held is not held:
                self._forget_drawn(self._held)
                self._held = held
            self.screen.tabs.again()

    async def _draw(self, held: Held, size: tuple[int, int]) -> None:
        from paperstui.draw.pictures import CELL
        from paperstui.tui import graphics

        cell = graphics.cell_size() or CELL
        way, pictures = self.way, list(held.pictures)
        many = self.screen.app.console.color_system == "truecolor"
        if held is not self._held:
            return
        before = held.drawn[1] if held.drawn is not None and held.drawn[0] == size else []
        if not before:
            self._forget_drawn(held)
            held.wanted = size
        try:
            new = await asyncio.to_thread(_drawn, pictures, len(before), way, size, cell, many=many)
            # They are shown when the terminal has them: one that comes later some do not paint.
            given = [await self.courier.give(one.number, one.sequences) for one in new if one.number]
        except PaperstuiError as error:
            held.pictures.clear()
            held.trouble = f"A picture could not be drawn: {error}"
            self.screen.tabs.again()
            return
        if held is not self._held or held.wanted != size or self._way != way or not all(given):
            return
        drawn = [*before, *new]
        held.drawn, held.wanted = (size, drawn), (0, 0)
        self._rows = {one.key: one.rows for one in drawn if one.rows}
        self.screen.tabs.again()

    # Putting away

    def _drop(self) -> None:
        self.screen.workers.cancel_group(self.screen, "picture")
        self.screen.workers.cancel_group(self.screen, "draw picture")
        self._forget_drawn(self._held)
        self._held = None

    def _forget_drawn(self, held: Held | None) -> None:
        if held is not None:
            held.drawn, held.wanted = None, (0, 0)
        self._rows = {}
        if self._courier is not None:
            self._courier.forget()

    def _hand_over(self) -> None:
        """Another program gets the terminal."""
        self._forget_drawn(self._held)
        if self._courier is not None:
            self._courier.end()

    def _may_paint(self) -> bool:
        """Whether rows of a picture that wait for the terminal are in sight still."""
        if self._rows and self.screen.is_current and not self._is_covered():
            return True
        self._painted = -1
        return False

    # Where it stands

    def _rows_there(self) -> int:
        """The rows for a picture in the pane, of which some are left to the text."""
        pane = self.screen.pane
        return 0 if self.screen.has_class("-tiny") else min(MOST_ROWS, pane.height - 3)

    def _is_covered(self) -> bool:
        """Whether something lies over the pane, over which a terminal would paint the picture."""
        pane = self.screen.pane
        above = {pane, *pane.ancestors_with_self}
        region = pane.region
        return any(
            widget not in above and widget.layer != "default" and widget.display and widget.region.overlaps(region)
            for widget in self.screen.query(Widget)
        )

    def _in_sight(self) -> list[tuple[int, int, str]]:
        """The rows of pictures that are in sight: column and row of the screen, and what paints them."""
        from paperstui.draw.ink import carried
        from paperstui.draw.lines import line_width

        pane, found = self.screen.pane, []
        for y in range(pane.height):
            left = pane.region.x + (0 if pane.stacked else 1)
            for index, (_, ink) in enumerate(line := pane.line_shown(y)):
                if place := carried(ink, "pixels"):
                    key, _, number = place.partition(":")
                    rows = self._rows.get(key, ())
                    if int(number) < len(rows):
                        column = left + line_width(line[:index])
                        found.append((column, pane.region.y + (1 if pane.stacked else 0) + y, rows[int(number)]))
        return found


_NAMES = {"kitty": "kitty's protocol", "sixel": "sixels", "blocks": "half blocks"}


def _boxes(pictures: list[tuple[Picture, str]], size: tuple[int, int], cell: tuple[int, int]) -> list[Box]:
    """The cells that each of the pictures takes. size: columns and rows for the first."""
    from paperstui.draw.pictures import box_for

    rooms = [size if not index else ((size[0] - 2) // 2, min(size[1], THUMB_ROWS)) for index in range(len(pictures))]
    return [box_for(one.width, one.height, *room, cell) for (one, _), room in zip(pictures, rooms, strict=True)]


def _places(pictures: list[tuple[Picture, str]], since: int, size: tuple[int, int]) -> list[Drawn]:
    """What holds the places of pictures that are not drawn yet, so that nothing moves when they are."""
    from paperstui.draw.pictures import CELL, pixel_lines
    from paperstui.tui import graphics

    boxes = _boxes(pictures, size, graphics.cell_size() or CELL)
    return [Drawn(box, pixel_lines("none", box)) for box in boxes[since:]]


def _drawn(
    pictures: list[tuple[Picture, str]],
    since: int,
    way: Way,
    size: tuple[int, int],
    cell: tuple[int, int],
    *,
    many: bool,
) -> list[Drawn]:
    """The pictures from a number on for a terminal; in a thread.

    size: columns and rows for the first of all. many: there are 2**24 colours.
    """
    import secrets

    from paperstui.documents import pictures as decoded
    from paperstui.draw import pictures as cells

    found: list[Drawn] = []
    for index, box in list(enumerate(_boxes(pictures, size, cell)))[since:]:
        picture = pictures[index][0]
        width, height = box.columns * cell[0], box.rows * cell[1]
        if way == "blocks":
            rgb = decoded.pixels(picture, box.columns, 2 * box.rows)
            found.append(Drawn(box, cells.half_blocks(rgb, box)))
        elif way == "kitty":
            number = secrets.randbelow(2**24 - 2**16) + 2**16 if many else secrets.randbelow(240) + 16
            sent = tuple(cells.kitty_shown(number, decoded.png(picture, width, height), box))
            found.append(Drawn(box, cells.placeholders(number, box), number, sent))
        else:
            palette, numbers = decoded.indexed(picture, width, height, cells.SIXEL_COLOURS)
            sixels = tuple(cells.sixels(palette, numbers, box, cell))
            found.append(Drawn(box, cells.pixel_lines(str(index), box), key=str(index), rows=sixels))
    return found


def _below_each_other(drawn: list[Drawn], captions: list[str], cells: int) -> list[Line]:
    """The first picture with its caption, and the others side by side below it."""
    from paperstui.draw.lines import paragraph
    from paperstui.text.width import truncate

    lines: list[Line] = [[], *drawn[0].lines]
    if captions[0]:
        lines += paragraph(truncate(captions[0], 2 * cells - 20), "dim", cells)
    if len(drawn) > 1:
        lines.append([])
    others = drawn[1:]
    for row in range(max((one.box.rows for one in others), default=0)):
        line: Line = []
        for one in others:
            line += [*(one.lines[row] if row < one.box.rows else [(" " * one.box.columns, "text")]), ("  ", "text")]
        lines.append(line[:-1])
    return lines
