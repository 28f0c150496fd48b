r"""The Markdown parser, and our rules in it: formulas, and notes.

The rules for formulas are our own: those of mdit-py-plugins do not know `\(…\)`, and tell money from mathematics by
the digit that follows, which in papers is wrong more often than right ("$\sim$5\%").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from paperstui.text.latex_scan import is_maths

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_DISPLAY = {"$$": "$$", "\\[": "\\]", "\\begin{": "\\end{"}
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ ]?")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_TAG = re.compile(r"\s*\(?(\\tag\{[^{}]{1,20}\}|\(\d{1,4}[a-z]?\))\s*$")
_TAGGED = re.compile(r"\s*\\tag(\*?)\s*\{([^{}]{1,20})\}")
_ENVIRONMENTS = ("equation", "align", "gather", "multline", "eqnarray", "displaymath", "flalign", "alignat")
_MOST_LINES = 400


@cache
def parser() -> MarkdownIt:
    """The parser. It keeps nothing between two texts."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 200})
    made.enable(["table", "strikethrough"]).disable(["reference", "html_block", "html_inline"])
    made.core.ruler.disable(["inline", "text_join"])  # running text is read apart, within limits
    stops: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    made.block.ruler.before("fence", "math_block", _math_block, stops)
    made.block.ruler.before("lheading", "footnote", _note_block, {"alt": ["paragraph"]})
    made.inline.ruler.before("escape", "math_inline", _math_inline)
    made.inline.ruler.before("link", "footnote_ref", _note_mark)
    return made


def _math_inline(state: StateInline, silent: bool) -> bool:
    """A formula within running text."""
    source, start = state.src, state.pos
    sign = source[start]
    if sign == "$":
        opening = closing = "$$" if source.startswith("$$", start) else "$"
    elif sign == "\\" and source[start + 1 : start + 2] in ("(", "["):
        opening = source[start : start + 2]
        closing = "\\)" if opening == "\\(" else "\\]"
    else:
        return False
    begin = start + len(opening)
    end = _closing(source, closing, begin)
    if end < 0 or not source[begin:end].strip():
        return False
    if opening == "$" and not is_maths(source[begin:end], source[end + 1 : end + 2]):
        return False
    if not silent:
        token = state.push("math_inline" if opening in ("$", "\\(") else "math_display", "", 0)
        token.content = source[begin:end]
    state.pos = end + len(closing)
    return True


def _closing(source: str, closing: str, start: int) -> int:
    """Where a formula ends: at a sign that no backslash stands before."""
    end = source.find(closing, start)
    while end > 0 and closing[0] == "$" and source[end - 1] == "\\":
        end = source.find(closing, end + 1)
    return end


def _math_block(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """A formula on lines of its own."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opening = next((sign for sign in _DISPLAY if line.startswith(sign)), "")
    if not opening or (opening == "\\begin{" and not line[7:].startswith(_ENVIRONMENTS)):
        return False
    closing = _DISPLAY[opening]
    lines = [line]
    at = start
    while (closing not in line[len(opening) :]) if at == start else (closing not in lines[-1]):
        at += 1
        if at >= last or at - start > _MOST_LINES or state.sCount[at] < state.blkIndent:
            return False
        lines.append(state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]])
    text = "\n".join(lines)
    if opening == "\\begin{":
        body, number, rest = text, "", ""
    else:
        body, _, rest = text[len(opening) :].partition(closing)
        found = _TAG.fullmatch(rest)
        number = found[1] if found else ""
        if number.startswith("\\tag"):
            number = f"({number[5:-1]})"
        rest = "" if found else rest.strip()
    if not number:
        body, number = _untagged(body)
    if rest or not body.strip():
        return False  # it goes on in the line: running text with a formula in it
    if not silent:
        token = state.push("math_block", "", 0)
        token.content, token.info, token.map = body, number, [start, at + 1]
        state.line = at + 1
    return True


def _untagged(body: str) -> tuple[str, str]:
    """A formula without the number that is written into it, and the number. Lines that have one each keep them."""
    found = _TAGGED.findall(body)
    if len(found) != 1:
        return body, ""
    name = found[0][1].strip().strip("$")
    return _TAGGED.sub("", body), name if found[0][0] else f"({name})"


def _note_block(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """The text of a note, up to the next empty line or the next note."""
    found = _NOTE.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if not silent:
        at = start + 1
        while at < last and not state.isEmpty(at) and not _NOTE.match(state.src, state.bMarks[at] + state.tShift[at]):
            at += 1
        token = state.push("footnote", "", 0)
        token.info = found[1]
        token.content = state.getLines(start, at, state.blkIndent, False)[found.end() - found.start() :].strip()
        state.line = at
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:
    """The mark of a note in running text."""
    found = _NOTE_MARK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).content = found[1]
    state.pos = found.end()
    return True
