"""How mathematics is shown: as Unicode, with ASCII alone, or as the LaTeX it was written in. The one place that decides.

The setting (`math` in config.toml) is told once, by whoever reads the settings: `use`. A key of the reader shows the source
for a while: `show_source`. What is drawn asks for `shown` and `shown_spans` and keeps nothing drawn beyond a change of
either; what is stored, searched and sorted is always the Unicode form (`paperstui.text.latex.to_unicode`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from paperstui.config import Mode
    from paperstui.text.latex import Span


class _Choice:
    """What is chosen. setting: by the settings; turned: the reader's key shows the other one of source and rendering."""

    setting: Mode = "unicode"
    turned = False


def use(mode: Mode) -> None:
    """Show mathematics like this from now on, as the settings say."""
    _Choice.setting, _Choice.turned = mode, False


def setting() -> Mode:
    """What the settings say. Exports and everything else that leaves the reader go by this."""
    return _Choice.setting


def rendering() -> Literal["unicode", "ascii"]:
    """How formulas are rendered where they are."""
    return "ascii" if _Choice.setting == "ascii" else "unicode"


def turn() -> None:
    """Show the source where the rendering was shown, or the other way round; until it is turned again or `use` is called."""
    _Choice.turned = not _Choice.turned


def source_shown() -> bool:
    """Whether the LaTeX source is what is shown now."""
    return (_Choice.setting == "raw") is not _Choice.turned


def turned() -> bool:
    """Whether it is not the way that the settings say."""
    return _Choice.turned


def now() -> Mode:
    """How mathematics is shown now."""
    return "raw" if source_shown() else rendering()


def shown(source: str, *, bare: bool = False, mode: Mode | None = None) -> str:
    """A text as it is shown now.

    bare: as in `paperstui.text.latex.to_unicode`. mode: not as it is shown now but like this.
    """
    from paperstui.text import latex

    mode = mode or now()
    if mode == "unicode":
        return latex.to_unicode(source, bare=bare)
    if mode == "raw":
        return latex.sound(source)
    return "".join(span.text for span in latex.spans(source, bare=bare, ascii_only=True))


def shown_spans(source: str, *, bare: bool = False) -> tuple[Span, ...]:
    """The text of `shown` in its styles; the source has none."""
    from paperstui.text import latex

    mode = now()
    if mode == "raw":
        return (latex.Span(latex.sound(source)),) if source else ()
    return latex.spans(source, bare=bare, ascii_only=mode == "ascii")
