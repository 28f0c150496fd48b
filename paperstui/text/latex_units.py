r"""Quantities as the packages for them write them: `\SI{5}{\kilo\metre}`, `\num{1e-3}`, `\ang{45}`.

Each reader takes the macro, writes what it shows, and returns where the next token is, or None if it is written wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from paperstui.text.latex_tables import SUPERSCRIPT

if TYPE_CHECKING:
    from paperstui.text.latex_macros import Macro


def _pairs(table: str) -> dict[str, str]:
    """A table "names sign; names sign" as a dictionary: the last word is what the names before it stand for."""
    entries = [entry.split() for entry in table.split(";")]
    return {name: sign for *names, sign in entries for name in names}


_PREFIXES: Final = _pairs(
    "pico p; nano n; micro μ; milli m; centi c; deci d; hecto h; kilo k; mega M; giga G; tera T; peta P; exa E; kibi Ki;"
    "mebi Mi; gibi Gi; tebi Ti; femto f; atto a; zetta Z; yotta Y"
)
_UNITS: Final = _pairs(
    "meter metre m; second s; gram g; ampere A; kelvin K; mole mol; candela cd; hertz Hz; watt W; volt V; joule J;"
    "newton N; pascal Pa; coulomb C; farad F; ohm Ω; siemens S; tesla T; weber Wb; henry H; lumen lm; lux lx; gray Gy;"
    "becquerel Bq; sievert Sv; katal kat; radian rad; steradian sr; bit bit; byte B; hour h; minute min; day d;"
    "liter litre L; tonne t; hectare ha; percent %; degree °; arcminute ′; arcsecond ″; degreeCelsius celsius °C;"
    "electronvolt eV; dalton Da; decibel dB; bel B; neper Np; astronomicalunit au; bar bar; angstrom Å; dB dB;"
    "km km; cm cm; mm mm; um μm; micron μm; nm nm; kg kg; mg mg; ug μg; ms ms; us μs; ns ns; ps ps; Hz Hz; kHz kHz;"
    "MHz MHz; GHz GHz; THz THz; W W; kW kW; MW MW; mW mW; V V; mV mV; kV kV; A A; mA mA; kWh kWh; J J; kJ kJ; eV eV;"
    "keV keV; MeV MeV; GeV GeV; TeV TeV; N N; kN kN; Pa Pa; kPa kPa; MPa MPa; GPa GPa; K K; mol mol; ml mL; l L; L L;"
    "mL mL; hl hL; m m; s s; g g; min min; h h; px px; pixel px"
)
# Where only ASCII will do, as it is written on a typewriter; the names of the letters would be no units.
_TYPED: Final = str.maketrans({"μ": "u", "µ": "u", "Ω": "Ohm", "Å": "angstrom"})
_POWERS: Final = {"squared": "²", "cubed": "³"}
_POWERS_BEFORE: Final = {"square": "²", "cubic": "³"}
_POWER: Final = re.compile(r"\\(?:tothe|raiseto)\s*\{(-?\d+)\}|\^\{?([-−]?\d+)\}?")
_PART: Final = re.compile(
    rf"(?P<power>{_POWER.pattern})|\\(?P<name>[A-Za-z]+)|(?P<space>[\s~.,]|\\[,;: ])+|(?P<text>[^\\\s~.,^]+)"
)
_NUMBER: Final = re.compile(r"([+-]?[\d., ]*)\s*[eEdD]\s*([+-]?\d+)")


def raised(digits: str) -> str:
    """An exponent."""
    return "".join(SUPERSCRIPT[char] for char in digits.replace("−", "-"))


def number(source: str) -> str:
    """A number: "1e-3" is 10⁻³, "2.5e3" is 2.5×10³, anything else stays."""
    text = source.strip()
    match = _NUMBER.fullmatch(text)
    if not match:
        return text.replace("+-", "±").replace("\\pm", "±")
    mantissa, power = match[1].strip(), "10" + raised(match[2].removeprefix("+"))
    return f"{mantissa.rstrip('1')}{power}" if mantissa in ("", "1", "+1", "-1") else f"{mantissa}×{power}"


def unit(source: str) -> str | None:
    r"""A unit: `\kilo\metre\per\second\squared` is km/s²; None for one that is not known."""
    shown = prefix = after = ""
    fresh = True  # whether no unit stands before the next one, to be multiplied with it
    at = 0
    while at < len(source):
        part = _PART.match(source, at)
        if not part:
            return None
        at = part.end()
        name = part["name"]
        if part["power"]:
            shown += raised(part[2] or part[3])
        elif part["space"]:
            continue
        elif name in _PREFIXES:
            prefix += _PREFIXES[name]
        elif name == "per":
            shown, fresh = shown + "/", True
        elif name in _POWERS:
            shown += _POWERS[name]
        elif name in _POWERS_BEFORE:
            after = _POWERS_BEFORE[name]
        else:
            sign = _UNITS.get(name) if name else part["text"]
            if sign is None:
                return None
            shown += ("" if fresh else "·") + prefix + sign + after
            prefix, after, fresh = "", "", False
    return shown + prefix


def joined(amount: str, sign: str) -> str:
    """A number and its unit; degrees and their parts stand close to the number."""
    return f"{amount} {sign}" if amount and sign and sign not in ("°", "′", "″", "%") else amount + sign


def angle(source: str) -> str:
    """An angle: "45" is 45°, "10;20;30" is 10°20′30″."""
    parts = source.split(";")
    return "".join(number(part) + sign for part, sign in zip(parts, "°′″", strict=False) if part.strip())


def quantity(macro: Macro) -> int | None:
    r"""`\SI{5}{\kilo\metre}`, `\num{5}`, `\si{\metre}`, `\SIrange{5}{10}{\metre}`: numbers, then a unit, each if it has one."""
    numbers, with_unit = _SHAPES[macro.name]
    amounts: list[str] = []
    index = macro.index + 1
    for _ in range(numbers):
        argument = macro.argument(index)
        if argument is None:
            return None
        amounts.append(number(macro.prose.rendered(argument[0], argument[1])))
        index = argument[2]
    argument = macro.argument(index) if with_unit else None
    if with_unit and argument is None:
        return None
    sign = ""
    if argument:
        known = unit(macro.prose.raw(argument[0], argument[1]))
        sign = macro.prose.rendered(argument[0], argument[1]) if known is None else known
        if known is not None and macro.prose.ascii_only:
            sign = known.translate(_TYPED)
        index = argument[2]
    macro.write(joined("–".join(amounts), sign))
    return index


def degrees(macro: Macro) -> int | None:
    r"""`\ang{45}`."""
    argument = macro.argument()
    if argument is None:
        return None
    macro.write(angle(macro.prose.rendered(argument[0], argument[1])))
    return argument[2]


# How many numbers a command has, and whether a unit follows them.
_SHAPES: Final = {
    "SI": (1, True),
    "qty": (1, True),
    "num": (1, False),
    "si": (0, True),
    "unit": (0, True),
    "SIrange": (2, True),
    "qtyrange": (2, True),
    "numrange": (2, False),
}
QUANTITIES: Final = frozenset(_SHAPES)
ARGUMENTS: Final = {name: numbers + with_unit for name, (numbers, with_unit) in _SHAPES.items()} | {"ang": 1}
"""How many arguments each command of this module has."""
