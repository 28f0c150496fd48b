"""Our two themes, and what every other theme lacks to show papers: the `paper-…` variables."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from paperstui.draw.ink import DARK, GROUNDS, OWN_THEMES, ink_named


def _own(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    accent = colours["paper-accent"]
    return Theme(
        name=name,
        primary=accent,
        secondary=colours["paper-dim"],
        accent=accent,
        warning=accent,
        error=colours["paper-error"],
        success=colours["paper-code"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        dark=dark,
        variables={
            **{key: value for key, value in colours.items() if key.startswith("paper-")},
            "scrollbar": colours["paper-rule"],
            "scrollbar-hover": colours["paper-faint"],
            "scrollbar-active": accent,
            "scrollbar-background": colours["surface"],
            "scrollbar-background-hover": colours["surface"],
            "scrollbar-background-active": colours["surface"],
            "input-cursor-background": accent,
            "input-cursor-foreground": colours["background"],
            "input-selection-background": f"{accent} 30%",
        },
    )


OWN: tuple[Theme, ...] = tuple(_own(name, colours, dark=colours is DARK) for name, colours in OWN_THEMES.items())


def fallback_variables(theme: Theme) -> dict[str, str]:
    """The `paper-…` variables for a theme that does not name them, mixed from the colours it has."""
    if theme.ansi:
        return {
            "paper-accent": theme.accent or theme.primary,
            "paper-dim": "ansi_default",
            "paper-faint": "ansi_default",
            "paper-code": "ansi_default",
            "paper-rule": "ansi_bright_black",
            "paper-error": theme.error or "ansi_red",
            "paper-cursor": "ansi_default",
            "paper-cursor-blurred": "ansi_default",
        }
    found = theme.to_color_system().generate()
    text, ground = Color.parse(found["foreground"]), Color.parse(found["background"])
    return {
        "paper-accent": theme.accent or theme.primary,
        "paper-dim": text.blend(ground, 0.25).hex,
        "paper-faint": text.blend(ground, 0.4).hex,
        "paper-code": theme.success or text.hex,
        "paper-rule": ground.blend(text, 0.18).hex,
        "paper-error": theme.error or "#f2888a",
        "paper-cursor": ground.blend(text, 0.16).hex,
        "paper-cursor-blurred": ground.blend(text, 0.08).hex,
    }


class Inks:
    """Rich styles of (ink, ground) for the variables of the theme in use; made once each."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables
        self._made: dict[tuple[str, str], Style] = {}

    def style(self, ink: str, ground: str) -> Style:
        """The style of text in an ink on a ground."""
        found = self._made.get((ink, ground))
        if found is None:
            spec = ink_named(ink)
            found = self._made[ink, ground] = Style(
                color=Color.parse(self._variables[spec.variable]).rich_color,
                bgcolor=Color.parse(self._variables[GROUNDS[ground]]).rich_color,
                bold=spec.bold,
                italic=spec.italic,
                underline=spec.underline,
                dim=spec.dim,
                strike=spec.strike,
            )
        return found
