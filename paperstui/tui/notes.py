"""The user's notes: the tab that shows the one on the paper in the pane, and the way into the editor and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from paperstui.draw.notes import note_lines
from paperstui.draw.paper import column_in, moved
from paperstui.errors import PaperstuiError
from paperstui.paths import short
from paperstui.text.mathematics import source_shown

if TYPE_CHECKING:
    from paperstui.draw.lines import Line
    from paperstui.models import Detail
    from paperstui.tui.at_hand import Mark
    from paperstui.tui.screens.reader import ReaderScreen

TAB = "notes"


class Form(NamedTuple):
    """A note, the cells of the pane it is laid out for, and whether with the source of its formulas."""

    note: str
    cells: int
    source: bool


class Notes:
    """Does the action that writes a note. One note is laid out at a time, in a thread."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._drawn: tuple[Form, list[Line]] = (Form("", 0, False), [])
        self._wanted: Form | None = None

    # Showing

    def lines(self, detail: Detail, cells: int) -> list[Line]:
        """The note on a paper for a pane of so many cells; what was drawn last of it until it is laid out."""
        form = Form(detail.state.note, cells, source_shown())
        if not form.note:
            return []
        drawn, lines = self._drawn
        if form not in (drawn, self._wanted):
            self._wanted = form
            self.screen.work(partial(self._lay_out, form), group="note lines", exclusive=True)
        return lines if drawn.note == form.note else []

    async def _lay_out(self, form: Form) -> None:
        try:
            self._drawn = form, await self.screen.background.aside(_laid_out, form)
        finally:
            self._wanted = None if self._wanted == form else self._wanted
        if self.screen.tabs.shown == TAB:
            self.screen.tabs.again()

    # Writing

    def do_note(self) -> None:
        mark = self.screen.at_hand.mark()
        if mark is not None:
            self.screen.work(partial(self._write, mark), group="note", hold=True)

    async def _write(self, mark: Mark) -> None:
        """Give the note on a paper to the editor, and take it back from there."""
        from paperstui.outside import editor
        from paperstui.outside.lent import StillOpenError

        screen, background = self.screen, self.screen.background
        row = await screen.at_hand.row(mark)
        if row is None:
            return
        argv = await background.aside(editor.command)
        noting = await background.aside(lambda: screen.desk.noting)
        draft = await background.write(noting.begin, row.id)
        try:
            screen.around.hand_over(partial(editor.edit, argv, draft.file))
        except StillOpenError:
            raise  # the draft is the editor's still
        except PaperstuiError as error:
            raise _told(await background.write(noting.given_up, draft, error)) from error
        try:
            await screen.deeds.carry(partial(noting.finish, draft), "The note is as it was.")
        except PaperstuiError as error:
            raise _told(error) from error
        left = await background.aside(noting.left, draft)
        if left is not None:
            screen.say(f"Another text of this note, which was not saved, is in {short(left)}", "error")


def _told(error: PaperstuiError) -> PaperstuiError:
    """What went wrong, as a sentence of its own."""
    text = str(error)
    return PaperstuiError(text[:1].upper() + text[1:])


def _laid_out(form: Form) -> list[Line]:
    left, room = column_in(form.cells)
    return moved(note_lines(form.note, room, source=form.source), left)
