"""The environments in prose: formulas, lists and layout. Any other stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from paperstui.text.latex_scan import MATHS_ENVIRONMENTS, environment
from paperstui.text.latex_tables import words

if TYPE_CHECKING:
    from paperstui.text.latex_macros import Macro

_LAYOUT: Final = frozenset(
    words("center flushleft flushright quote quotation abstract document minipage small keywords")
)
_LISTS: Final = frozenset(words("itemize enumerate description compactitem compactenum"))


def begin(macro: Macro) -> int | None:
    """An environment; None for one that is not known or does not end."""
    prose, index, end = macro.prose, macro.index, macro.end
    name = environment(prose.tokens, index).rstrip("*")
    close = prose.partner.get(index, end)
    if close >= end or not name:
        return None
    inside, after = index + 4, min(close + 4, end)  # behind "\begin", "{", the name and "}"
    if name in MATHS_ENVIRONMENTS:
        prose.formula(prose.raw(index, after), macro.style, macro.link, prose.after(after - 1), display=True)
        return after
    if name not in _LISTS and name not in _LAYOUT:
        return None
    option = prose.option(inside, close)
    inside = option[2] if option else inside
    if name in _LISTS:
        prose.lists.append(0 if "enum" in name else -1)
        prose.swallow(inside)
        macro.read(inside, close)
        prose.lists.pop()
        if prose.source[prose.ends(after - 1) :].strip():
            prose.new_line(macro.style, macro.link)
    else:
        prose.drop()
        macro.read(inside, close)
    prose.drop()
    return after


def item(macro: Macro) -> int | None:
    """An item of a list, on a line of its own; None outside of lists."""
    prose, after = macro.prose, macro.index + 1
    if not prose.lists:
        return None
    prose.new_line(macro.style, macro.link)
    prose.swallow(after)
    option = prose.option(after, macro.end)
    if option:
        macro.read(option[0], option[1])
        macro.space()
        return option[2]
    if prose.lists[-1] >= 0:
        prose.lists[-1] += 1
        macro.write(f"{prose.lists[-1]}. ")
    else:
        macro.write("• ")
    return after
