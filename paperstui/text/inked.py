"""Text in inks, wrapped: a span is (text, ink), where an ink is a name for how it looks; a line is a list of spans."""

from __future__ import annotations

from paperstui.text.width import Onward, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[str, str]
Line = list[Span]


def line_width(line: Iterable[Span]) -> int:
    """The cells a line takes."""
    return sum(width(text) for text, _ in line)


def plain(line: Iterable[Span]) -> str:
    """The line's text without its inks."""
    return "".join(text for text, _ in line)


def wrap_spans(spans: Iterable[Span], cells: int) -> list[Line]:
    """Spans wrapped to the width with their inks kept. Wrapping only ever changes white space."""
    return wrapped(spans, cells)[0]


def wrapped(spans: Iterable[Span], cells: int) -> tuple[list[Line], list[int]]:
    """The same, and for each line the place in the text of all spans at which it starts."""
    source = [span for span in spans if span[0]]
    text = "".join(part for part, _ in source)
    lines = wrap(text, cells)
    starts: list[int] = []
    at = 0
    for line in lines:
        # What went at a break is in the text still.
        start = text.find(line, at)
        if start < 0 or not (start == at or text[at:start].isspace()):
            return _wrapped_by_letters(source, lines)
        starts.append(start)
        at = start + len(line)
    if len(source) == 1:
        return [[(line, source[0][1])] if line else [] for line in lines], starts
    return _cut(source, starts, lines), starts


def _cut(source: Sequence[Span], starts: Sequence[int], texts: Sequence[str]) -> list[Line]:
    """The spans of texts from places on, which only go forward; neighbours of one ink are one."""
    result: list[Line] = []
    index, before = 0, 0  # the span that is looked at, and where in the text it begins
    for start, text in zip(starts, texts, strict=True):
        line: Line = []
        end = start + len(text)
        while index < len(source) and before < end:
            part, ink = source[index]
            shown = part[max(0, start - before) : end - before]
            if shown and line and line[-1][1] == ink:
                line[-1] = (line[-1][0] + shown, ink)
            elif shown:
                line.append((shown, ink))
            if before + len(part) > end:
                break
            before += len(part)
            index += 1
        result.append(_begun_as(text, line))
    return result


def _begun_as(text: str, line: Line) -> Line:
    """A line in which it stays known what it is to the one before it, as it is of its text."""
    if line and isinstance(text, Onward):
        line[0] = (type(text)(line[0][0]), line[0][1])
    return line


def _wrapped_by_letters(source: Sequence[Span], lines: Sequence[str]) -> tuple[list[Line], list[int]]:
    """The same for lines in which something stands for a letter that was too wide for them."""
    letters = [(letter, ink) for text, ink in source for letter in text]
    result: list[Line] = []
    starts: list[int] = []
    at = 0
    ink = "text"
    for text in lines:
        starts.append(at)
        line: Line = []
        for letter in text:
            while at < len(letters) and letters[at][0].isspace() and not letter.isspace():
                at += 1
            if at < len(letters):
                ink = letters[at][1]
                at += 1
            if line and line[-1][1] == ink:
                line[-1] = (line[-1][0] + letter, ink)
            else:
                line.append((letter, ink))
        result.append(_begun_as(text, line))
    return result, starts
