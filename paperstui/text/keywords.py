"""Keywords as they are read."""

from __future__ import annotations

_CODE = r"(?<!\S)--\w|\w--(?!\S)|`|[_/.:=]\w*--|--\w*[_/.:=]"


def readable(keyword: str) -> str:
    """A keyword with its LaTeX rendered as in other texts, unless it is code: "--no-cache" keeps both of its dashes."""
    from paperstui.text.latex import needs_rendering
    from paperstui.text.mathematics import shown

    if not needs_rendering(keyword, bare=True):
        return keyword
    if "--" in keyword or "`" in keyword:
        import re

        if re.search(_CODE, keyword):
            return keyword
    return shown(keyword, bare=True)
