"""Our two themes, and what every other theme lacks to show papers: the `paper-…` variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from paperstui.draw.ink import DARK, GROUNDS, OWN_THEMES, ink_named

if TYPE_CHECKING:
    from textual.app import App


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
            "paper-selected": "ansi_default",
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
        "paper-selected": ground.blend(Color.parse(theme.accent or theme.primary), 0.2).hex,
    }


def has_few_colours(app: App[Any]) -> bool:
    """Whether an app has too few colours to show by one of them what is selected."""
    return app.no_color or app.current_theme.ansi or app.console.color_system in (None, "standard")


class Inks:
    """Rich styles of (ink, ground) for the variables of the theme in use; made once each."""

    def __init__(self, variables: dict[str, str], *, reverse: bool = False) -> None:
        """reverse: what is selected is in reverse video, as no colour shows it."""
        self._variables = variables
        self._reverse = reverse
        self._made: dict[tuple[str, str], Style] = {}

    def style(self, ink: str, ground: str) -> Style:
        """The style of text in an ink on a ground."""
        found = self._made.get((ink, ground))
        if found is None and (coloured := colours_of(ink)):
            # A picture has too many of them for all to be held.
            return Style.from_color(coloured[0], coloured[1] or self._ground(ground))
        if found is None:
            spec = ink_named(ink)
            found = self._made[ink, ground] = Style(
                color=Color.parse(self._variables[spec.variable]).rich_color,
                bgcolor=self._ground(ground),
                bold=spec.bold,
                italic=spec.italic,
                underline=spec.underline,
                dim=spec.dim,
                strike=spec.strike,
                reverse=True if ground == "selected" and self._reverse else None,
            )
        return found

    def _ground(self, ground: str) -> RichColor:
        return Color.parse(self._variables[GROUNDS[ground]]).rich_color


def colours_of(ink: str) -> tuple[RichColor, RichColor | None] | None:
    """The colours that an ink of a picture carries, of the sign and of what lies behind it; None for other inks."""
    kind, _, rest = ink.partition(":")
    if kind == "cell":
        above, _, below = rest.partition(":")
        return RichColor.from_triplet(_triplet(above)), RichColor.from_triplet(_triplet(below))
    if kind == "image":
        number = int(rest)
        colour = RichColor.from_ansi(number) if number < 256 else RichColor.from_triplet(_triplet(f"{number:06x}"))
        return colour, None
    return None


def _triplet(digits: str) -> ColorTriplet:
    return ColorTriplet(*bytes.fromhex(digits))
