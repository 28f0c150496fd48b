"""The one door for foreign text: what a stranger wrote becomes text that a terminal can only show.

Everything that was not typed into this program goes through `clean` or `clean_line` before it is stored, shown or
logged: API answers, feeds, files, journals of other devices, the clipboard, file names, and the messages of exceptions.

What leaves here has no escape sequence, no control character but the newline, no bidi control, nothing invisible except
joiners that join, no lone surrogate, at most `MAX_MARKS` combining marks on a base, is in NFC, and is not longer than
asked for.

All of it is linear in the length of the text, and text that is already clean costs one or two searches.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 4  # combining marks on one base: no living script needs more, and "zalgo" needs hundreds
MAX_JOINS: Final = 8  # joiners in one emoji: the longest in use has three
MAX_NEWLINES: Final = 3  # in a row, so at most two empty lines
MAX_URL: Final = 2_048
MAX_PORT: Final = 65_535

_ELLIPSIS: Final = "…"

# ASCII that needs work, and everything else that might. The second lists what is known to need none: Latin, Greek,
# Cyrillic, Armenian, punctuation without the invisible ones, letterlike, arrows, mathematics, CJK and Hangul.
_ODD_ASCII: Final = re.compile(r"[^\n\x20-\x7e]")
_ODD: Final = re.compile(
    "[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2bff"
    "\u3000-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9f]+"
)
_LONG_RUN: Final = 32  # odd characters in a row that may be a wall of marks: no word is as long

NEVER_SHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What must not reach a terminal within a line, wherever the text came from."""

_LINE_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")

# A terminal's sequences (ECMA-48), with the 7-bit and the 8-bit introducer:
# - strings (OSC, DCS, APC, PM, SOS) with all they carry, if they end on the same line. One that does not end is not a
#   string but a stray byte (UTF-8 read as Latin-1 is full of them), so only its introducer goes and the text stays;
# - CSI with its parameters and its final byte;
# - every other ESC with its final byte, and an ESC that begins nothing.
# A string's inside holds no introducer, so that a million of them cost no more than their own length; `++` never gives
# back what it took.
_SEQUENCE: Final = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9b-\x9f]{0,4096}+(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
    r"|\x1b(?:[ -/]*+[0-~])?"
)

# What no text needs: C0 and C1, soft hyphen, bidi and deprecated format controls, zero-width space and joiner of words,
# byte order mark, invisible operators, blank Hangul fillers, private use (a font's own icons, which could pass for
# ours), and code points that are not characters. The rest of them is above U+FFFF: see `_is_nothing`.
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]"
)

# Blanks that are not a plain space; the ideographic space stays, for it is as wide as what stands around it.
_BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_MANY_NEWLINES: Final = re.compile(f"\n{{{MAX_NEWLINES + 1},}}")

_NON_JOINER: Final = "\u200c"
_JOINER: Final = "\u200d"
_FLAG_LETTERS: Final = ("\U0001f1e6", "\U0001f1ff")
_SKIN_COLOURS: Final = ("\U0001f3fb", "\U0001f3ff")
# Variation selectors: those of Mongolian and the usual ones; and those of ideographs.
_SELECTORS: Final = frozenset("\u180b\u180c\u180d\u180f") | {chr(code) for code in range(0xFE00, 0xFE10)}
_MANY_SELECTORS: Final = ("\U000e0100", "\U000e01ef")

# Scheme, host (a name, a number, or IPv6 in brackets), port, and the rest: no user name, and none of the characters
# that an address must not have and that mean something to shells, terminals or HTML.
_URL: Final = re.compile(
    r"https?://(?:(?=[A-Z0-9._-]*[A-Z0-9])[A-Z0-9._-]+|\[[0-9A-F.]*(?::[0-9A-F.]*){2,7}\])(?::(?P<port>\d{1,5}))?"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?",
    re.IGNORECASE | re.ASCII,  # else "ſ" would be an s
)


def clean(text: object, limit: int = 20_000) -> str:
    """Foreign text of several lines, fit to be stored and shown; at most `limit` characters, then "…".

    Line breaks of any kind become a newline, tabs a space; hard wraps and outer white space stay. Anything but a string
    is taken as `str()` says it, None as "". Never raises, and cleaning twice changes nothing.
    """
    text = _string(text)
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    return _capped(_scrubbed(text, limit), limit)


def clean_line(text: object, limit: int = 1_000) -> str:
    """Foreign text as one line: like `clean`, with white space collapsed to single spaces and none at the ends."""
    line = _string(text)
    if len(line) <= limit and line.isascii() and line.isprintable() and "  " not in line and line == line.strip(" "):
        return line
    line = _scrubbed(line, limit)
    if "\n" in line or "  " in line or line[:1].isspace() or line[-1:].isspace() or not line.isascii():
        line = " ".join(line.split())
    return _capped(line, limit)


def nfc(text: str) -> str:
    """The text in NFC, in linear time: a run of marks longer than any letter bears is cut first, for sorting it is quadratic."""
    # Whether it is so already is told in linear time: what is out of order ends the look at once.
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    if any(len(run) >= _LONG_RUN for run in _ODD.findall(text)):
        text = _composed(text)
    return unicodedata.normalize("NFC", text)


def safe_url(text: object) -> str:
    """The address as it is, if it may be shown as a link and opened; else "".

    Only http and https, printable ASCII, at most `MAX_URL` characters, with a host and without a user name or password
    (which make one host look like another). Nothing is repaired: an address that has to be guessed is not opened.
    """
    if not isinstance(text, str) or len(text) > MAX_URL:
        return ""
    match = _URL.fullmatch(text)
    return text if match and int(match["port"] or 0) <= MAX_PORT else ""


def _string(text: object) -> str:
    """What it says, whatever it is: even an exception whose message cannot be made must not take the program down."""
    if type(text) is str:
        return text
    if text is None:
        return ""
    try:
        if isinstance(text, (bytes, bytearray)):
            return text.decode("utf-8", "replace")
        return "".join(str(text))  # a plain string, also from a subclass
    except Exception:  # noqa: BLE001 - foreign __str__ methods may raise anything
        return ""


def _scrubbed(text: str, limit: int) -> str:
    """The text without anything a terminal would obey, all lines kept, at most a little longer than `limit` characters."""
    # What is cut off here could only have come back into the first `limit` characters if most of the text were to be
    # dropped.
    text = text[: 4 * max(limit, 0) + 8_192]
    if text.isascii():
        if _ODD_ASCII.search(text):
            text = _BLANKS.sub(" ", _DROPPED.sub("", _SEQUENCE.sub("", _LINE_BREAKS.sub("\n", text))))
    elif _ODD.search(text) or not unicodedata.is_normalized("NFC", text):
        text = _LINE_BREAKS.sub("\n", text)
        if _SURROGATES.search(text):  # a pair is one character that was written in two halves; a lone one is none
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _BLANKS.sub(" ", _DROPPED.sub("", _SEQUENCE.sub("", text)))
        for _ in range(4):  # what goes may bring together what combines: three times is enough, the fourth is to know
            # In this order: sorting a long run of marks is quadratic, so they are counted before NFC sorts them.
            done = unicodedata.normalize("NFC", _composed(text))
            if done == text:
                break
            text = done
    if "\n\n\n\n" in text:
        text = _MANY_NEWLINES.sub("\n" * MAX_NEWLINES, text)
    return text


def _composed(text: str) -> str:
    """The text with only those marks, variation selectors and joiners that belong to the character before them."""
    kept: list[str] = []
    end = joins = 0
    for run in _ODD.finditer(text):
        start = run.start()
        # A joiner binds the picture behind it, so one picture may go on over a character that needs no look.
        joins = joins if kept and kept[-1] == _JOINER and start == end + 1 else 0
        kept.append(text[end:start])
        end = run.end()
        joins = _compose_run(run[0], text[start - 1 : start], text[end : end + 1], kept, joins)
    kept.append(text[end:])
    return "".join(kept)


def _compose_run(run: str, base: str, after: str, kept: list[str], joins: int) -> int:
    """Append what stays of a run of odd characters between `base` and `after`; return how many joiners its last picture has."""
    base, last, marks = _base(base), base, 0
    for position, char in enumerate(run):
        if char in (_JOINER, _NON_JOINER):
            if joins >= MAX_JOINS or not _joins(char, base, last, run[position + 1 : position + 2] or after):
                continue
            joins += 1
        elif _is_selector(char):
            if not base or last != base:
                continue  # one, directly behind the character it varies
        elif _is_mark(char):
            if not base or marks >= MAX_MARKS:
                continue
            marks += 1
        elif char > "\uffff" and _is_nothing(char):
            continue
        else:
            base, marks, joins = _base(char), 0, joins if last == _JOINER else 0
        kept.append(char)
        last = char
    return joins


def _is_nothing(char: str) -> bool:
    """Whether a character above U+FFFF shows nothing: tags, shorthand and musical controls, private use, no character."""
    return (
        unicodedata.category(char) in ("Cf", "Co")
        or ord(char) & 0xFFFE == 0xFFFE
        or "\U000e0000" <= char <= "\U000e0fff"
    )


def _base(char: str) -> str:
    """What a mark may sit on: on a space or at the start of a line it would sit on whatever the screen has there."""
    return "" if char in "\n \u3000" else char


def _joins(joiner: str, base: str, last: str, following: str) -> bool:
    """Whether this joiner has something to join, or to keep apart, on both sides."""
    if not base or last in (_JOINER, _NON_JOINER):
        return False
    if _cursive(base):
        # Behind a virama the joiner shapes the letter before it, also at the end of a word (Malayalam chillu letters).
        return (bool(following) and _cursive(following)) or (joiner == _JOINER and unicodedata.combining(last) == 9)
    return joiner == _JOINER and _pictorial(base) and bool(following) and _pictorial(following)


def _cursive(char: str) -> bool:
    """Whether the character is of a script whose letters join: Arabic to N'Ko, the Indic scripts, Myanmar, Khmer, Mongolian."""
    return (
        "\u0600" <= char <= "\u08ff"
        or "\u0900" <= char <= "\u0dff"
        or "\u0f00" <= char <= "\u109f"
        or "\u1780" <= char <= "\u18af"
        or "\ufb50" <= char <= "\ufdff"
        or "\ufe70" <= char <= "\ufefe"
    )


def _pictorial(char: str) -> bool:
    """Whether the character is a picture (an emoji, its skin colour, or a sign that has one)."""
    return "\u2190" <= char <= "\u2bff" or "\U0001f000" <= char <= "\U0001faff" or char in "©®\u3030\u303d\u3297\u3299"


def _is_selector(char: str) -> bool:
    """Whether the character only chooses among the shapes of the one before it."""
    return char in _SELECTORS or _MANY_SELECTORS[0] <= char <= _MANY_SELECTORS[1]


def _is_mark(char: str) -> bool:
    """Whether the character is drawn on the one before it: combining marks, and the vowels and finals of split Hangul."""
    return unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb"


def _capped(text: str, limit: int) -> str:
    """At most `limit` characters, cut between two characters as a reader sees them, with an ellipsis for the rest."""
    if len(text) <= limit:
        return text
    if limit <= 0:
        return ""
    cut = limit - 1
    for _ in range(32):  # longer than any character with all its parts, so a wall of marks costs no more than this
        if cut and _continues(text[cut - 1], text[cut]):
            cut -= 1
    return text[:cut].rstrip() + _ELLIPSIS


def _continues(before: str, char: str) -> bool:
    """Whether `char` belongs to the same picture as the character before it."""
    flag = _FLAG_LETTERS[0] <= char <= _FLAG_LETTERS[1] and _FLAG_LETTERS[0] <= before <= _FLAG_LETTERS[1]
    joined = before == _JOINER or char in (_JOINER, _NON_JOINER)
    return joined or flag or _SKIN_COLOURS[0] <= char <= _SKIN_COLOURS[1] or _is_selector(char) or _is_mark(char)
