"""Reading LaTeX, third part: prose with commands in it becomes pieces of text with their style.

The rule above all others: nothing is lost. A command that is not known, a brace that belongs to a set, a dollar that is money, a percent
sign, a lone backslash: all stay as they were written. What the commands mean is in `latex_macros`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from paperstui.text import latex_macros as macros
from paperstui.text.latex_atoms import PLAIN, Pieces, Style
from paperstui.text.latex_math import MAX_DEPTH, Formula
from paperstui.text.latex_scan import MAX_MATHS, Token, scan
from paperstui.text.latex_tables import LETTERS, SYMBOLS, TEXT_ACCENTS

MAX_SCRIPT: Final = 80  # characters of a script outside of formulas
MAX_ACCENTED: Final = 12  # characters of what an accent stands over ("{\\i}")
MAX_GLUED: Final = 3  # characters of a group inside a word ("Odwo{l}awcza")
MAX_GLUED_LOOSE: Final = 1  # where "text{CO}upled" may have been a command

_ESCAPE: Final = re.compile(r"\\([_%&#~$^])")
_POSSESSIVES: Final = frozenset("stdm")
_TRAILING_WORD: Final = re.compile(r"(?<![\w-])[^\W\d_]+$")
# "60%~70%", "5~10", "r~0": behind these and before a number, a tie means "to" or "about".
_NUMBER_BEHIND: Final = re.compile(r"(?<![\w.])(?:\d[\d.,]*\s?[%A-Za-z]{0,2}|[a-z])$")
# Scripts without braces outside of formulas: a number with its sign, a single letter, a star.
_RAISED: Final = re.compile(r"\d+|[+\-−]\d+|[A-Za-zα-ω](?![A-Za-z])|\*(?!\w)|[+\-](?![\w.])")
_LOWERED: Final = re.compile(r"(?:\d+|[A-Za-zα-ωΑ-Ω])(?![\w{/]|\.\w)")
_LONE_LETTER: Final = re.compile(r"(?:^|[^\w.\\/-])[^\W\d_]$")
# Braces around these, and not much else, are a set, a dictionary or code; LaTeX's own only hold words together.
_SEPARATOR: Final = re.compile(r"[,:;\"=|]")
_WORDS_OF_A_SET: Final = 5  # to one separator
_COMMAND: Final = re.compile(r"\\.|\$", re.DOTALL)
_NO_BASE: Final = frozenset('([{<,.;:!?"“‘/\\-–—=+~^_&@#')


class Piece(NamedTuple):
    """Some text, its style, and the address it leads to ("" for none)."""

    text: str
    style: Style
    link: str


class Prose:
    """A text with LaTeX in it, read once.

    loose: whether `X_1` outside of formulas is a subscript, as in text whose dollar signs were taken away.
    """

    def __init__(self, source: str, *, loose: bool = False, depth: int = 0) -> None:
        self.source = source
        self.depth = depth
        found = scan(source)
        self.tokens = found.tokens
        self.partner = found.partner
        self.lists: list[int] = []  # of the lists around this place: the number of the last item, or -1 for bullets
        self._formulas = found.formulas
        self._loose = loose
        self._pieces: list[Piece] = []
        self._tail = ""  # the last characters that were written
        self._skip_space = False  # whether the spaces that come next belong to what was just read
        self._quoted = False

    def pieces(self) -> list[Piece]:
        """The text in pieces."""
        self.read(0, len(self.tokens), PLAIN, "")
        return self._pieces

    # Writing

    @property
    def last(self) -> str:
        """The last character that was written, "" at the start."""
        return self._tail[-1:]

    def write(self, text: str, style: Style, link: str) -> None:
        """Append text, without the spaces at its start if there is one already."""
        if self._skip_space:
            if not self.last or self.last.isspace():
                text = text.lstrip(" ")
            if not text:
                return
            self._skip_space = False
        if text:
            self._pieces.append(Piece(text, style, link))
            self._tail = (self._tail + text)[-24:]

    def space(self, style: Style, link: str) -> None:
        """One space, unless there is one."""
        if self.last and not self.last.isspace():
            self.write(" ", style, link)
        self._skip_space = True

    def new_line(self, style: Style, link: str) -> None:
        """The end of a line, without spaces before it, unless nothing stands on this one."""
        if self._pieces:
            last = self._pieces[-1]
            self._pieces[-1] = last._replace(text=last.text.rstrip(" "))
            self._tail = self._tail.rstrip(" ")
        if self.last not in ("", "\n"):
            self._skip_space = False
            self.write("\n", style, link)
        self._skip_space = True

    def drop(self) -> None:
        """Something that shows nothing was read: of the spaces around it, one stays."""
        self._skip_space = True

    def swallow(self, index: int) -> None:
        """Take away the spaces at the start of a token, as TeX does behind a command."""
        if index < len(self.tokens) and self.tokens[index].kind == "text":
            token = self.tokens[index]
            text = token.text.lstrip(" \n")
            self.tokens[index] = Token("text", text, token.start + len(token.text) - len(text))

    def rendered(self, start: int, end: int) -> str:
        """The text of some tokens, not written."""
        kept = self._pieces, self._tail, self._skip_space
        self._pieces, self._tail, self._skip_space = [], "", False
        self.read(start, end, PLAIN, "")
        text = "".join(piece.text for piece in self._pieces)
        self._pieces, self._tail, self._skip_space = kept
        return text

    def formula(self, source: str, style: Style, link: str, after: str, *, display: bool = False) -> None:
        """Write a formula; `after` is the character behind it. One that is displayed has white space around it."""
        if display and self.last and not self.last.isspace():
            self.space(style, link)
        pieces = (
            Formula(source, _words, self.depth).pieces(self.last, after)
            if len(source) <= MAX_MATHS
            else [(source, PLAIN)]
        )
        for text, own in pieces:
            self.write(text, style | own, link)
        if display and after.isalnum():
            self.space(style, link)

    # Reading

    def read(self, start: int, end: int, style: Style, link: str) -> None:
        """Write the tokens from `start` to before `end`."""
        if self.depth >= MAX_DEPTH:
            self.write(self.raw(start, end), style, link)
            return
        self.depth += 1
        index = start
        while index < end:
            token = self.tokens[index]
            declared = macros.declared(token) if token.kind == "command" else None
            if declared is not None:
                # Outside of a group it would hold to the end of the text, which nobody means.
                style = style | declared if self.depth > 1 else style
                self.swallow(index + 1)
                index += 1
            else:
                index = self._step(index, end, style, link)
        self.depth -= 1

    def raw(self, start: int, end: int) -> str:
        """The source of the tokens from `start` to before `end`."""
        return self.source[self.tokens[start].start : self.ends(end - 1)] if start < end else ""

    def ends(self, index: int) -> int:
        """Where in the source the token ends."""
        return self.tokens[index + 1].start if index + 1 < len(self.tokens) else len(self.source)

    def after(self, index: int) -> str:
        """The character of the source behind the token."""
        at = self.ends(index)
        return self.source[at : at + 1]

    def seek(self, index: int, offset: int) -> int:
        """The token that begins at this place of the source, which is at or behind `index`; a token is cut if need be."""
        while index < len(self.tokens) and self.ends(index) <= offset:
            index += 1
        if index < len(self.tokens) and self.tokens[index].start < offset:
            self.tokens[index] = Token("text", self.source[offset : self.ends(index)], offset)
        return index

    def group(self, index: int, end: int) -> int | None:
        """The index of the brace that ends the group beginning at `index`, or None."""
        if index < end and self.tokens[index].text == "{" and self.tokens[index].kind == "brace":
            close = self.partner.get(index, end)
            return close if close < end else None
        return None

    def argument(self, index: int, end: int, *, endless: bool = False) -> tuple[int, int, int] | None:
        """First and end of the tokens of an argument in braces, and where the next token is; spaces may stand before it.

        endless: an argument whose brace never closes goes to the end.
        """
        if index < end and self.tokens[index].kind == "text" and self.tokens[index].text.isspace():
            index += 1
        close = self.group(index, end)
        if close is None:
            return (index + 1, end, end) if endless and self.partner.get(index) == len(self.tokens) else None
        return index + 1, close, close + 1

    def option(self, index: int, end: int) -> tuple[int, int, int] | None:
        """The same of an optional argument in brackets."""
        if index < end and self.tokens[index].text == "[" and self.partner.get(index, end) < end:
            close = self.partner[index]
            return index + 1, close, close + 1
        return None

    def _step(self, index: int, end: int, style: Style, link: str) -> int:
        """Read what begins at `index`, write it, and return where the next begins."""
        token = self.tokens[index]
        found = self._formulas.get(index)
        if found and found[0] < end:
            close, width = found
            wide = len(token.text) * width  # one character for "$", two for "$$" and "\["
            after = self.after(close + width - 1)
            body = self.source[token.start + wide : self.tokens[close].start]
            self.formula(body, style, link, after, display=width > 1 or token.text == "\\[")
            return close + width
        if token.kind == "command":
            return macros.read(self, index, end, style, link)
        if token.kind == "sign":
            return self._sign(index, end, style, link)
        if token.kind == "brace":
            return self._brace(index, end, style, link)
        if token.kind == "dash":
            self._dash(index, style, link)
        elif token.kind == "quote":
            self._quote(token.text, style, link)
        elif token.kind == "url":
            return self._address(index, end, style, link)
        else:
            self.write(token.text, style, link)
        return index + 1

    def _brace(self, index: int, end: int, style: Style, link: str) -> int:
        """A brace, bracket, dollar, script, tie or double quote."""
        text = self.tokens[index].text
        close = self.group(index, end)
        if close is not None:
            return self._group(index, close, style, link)
        if text in ("^", "_"):
            offset = self.script_end(index, end)
            if offset is not None:
                source = self.source[self.tokens[index].start : offset]
                self.formula(source, style, link, self.source[offset : offset + 1])
                return self.seek(index, offset)
        if text == "~":
            self._tie(index, style, link)
        elif text == '"' and self._quoted and self.last and not self.last.isspace():
            self._quoted = False  # opened as ``, closed as a typewriter does
            self.write("”", style, link)
        else:
            self.write(text, style, link)
        return index + 1

    def _group(self, index: int, close: int, style: Style, link: str) -> int:
        """A group: without its braces if they only hold it together, with them if they mean a set."""
        inside = self.raw(index + 1, close)
        declared = index + 1 < close and macros.declared(self.tokens[index + 1]) is not None
        separators = (
            len(_SEPARATOR.findall(inside)) if len(inside.strip()) > 1 and "://" not in inside and not declared else 0
        )
        is_set = separators > 0 and len(inside.split()) <= _WORDS_OF_A_SET * separators
        # Behind a letter, a longer word in braces is the argument of something whose backslash is gone.
        argument = (
            self.last.isalnum()
            and len(inside) > (MAX_GLUED_LOOSE if self._loose else MAX_GLUED)
            and not _COMMAND.search(inside)
        )
        kept = is_set or argument or self.last in ("/", "=", '"', "}") or (self.after(close) == "/" and bool(inside))
        if kept:
            self.write("{", style, link)
        self.read(index + 1, close, style, link)
        if kept:
            self.write("}", style, link)
        return close + 1

    def script_end(self, index: int, end: int, *, certain: bool = False) -> int | None:
        """Where in the source the scripts end that begin with the `^` or `_` at `index`; None if it is only a character.

        certain: they stand behind a command or another script. Else the character before must be able to have one: file names, regular
        expressions and faces have none.
        """
        token = self.tokens[index]
        if index + 1 >= end or not (certain or (self.last and not self.last.isspace() and self.last not in _NO_BASE)):
            return self._isotope_end(index, end) if token.text == "^" else None
        offset = self._one_script_end(index, end, certain=certain)
        if offset is None:
            return None
        other = self.seek(index, offset)  # "x_1^2": one of each sort
        if other + 1 < end and self.tokens[other].text in ("^", "_") and self.tokens[other].text != token.text:
            return self._one_script_end(other, end, certain=True) or offset
        return offset

    def _one_script_end(self, index: int, end: int, *, certain: bool) -> int | None:
        """Where in the source the script of the `^` or `_` at `index` ends, or None."""
        following = self.tokens[index + 1]
        close = self.group(index + 1, end)
        if close is not None:
            size = self.tokens[close].start - following.start
            return self.ends(close) if 1 < size <= MAX_SCRIPT else None
        if following.kind == "command":
            return macros.extent(self, index + 1, end)
        return (
            self._bare_script_end(self.tokens[index].text, following, certain=certain)
            if following.kind == "text"
            else None
        )

    def _isotope_end(self, index: int, end: int) -> int | None:
        """Where a raised number without a base ends ("^{13}C"); None if there is none."""
        close = self.group(index + 1, end)
        if close is not None and self.raw(index + 2, close).isdigit() and self.after(close).isalpha():
            return self.ends(close)
        return None

    def _bare_script_end(self, mark: str, following: Token, *, certain: bool) -> int | None:
        """Where a script without braces ends; None if it is none."""
        if mark == "^":
            match = _RAISED.match(following.text)
        elif certain or self._loose and _LONE_LETTER.search(self._tail):
            match = _LOWERED.match(following.text)
        else:
            match = None
        return following.start + match.end() if match else None

    def _address(self, index: int, end: int, style: Style, link: str) -> int:
        """An address; with a group behind it, it is what is left of `\\href`, and the group says what it is."""
        address = unescaped(self.tokens[index].text)
        self.write(address, style, link)
        close = self.group(index + 1, end)
        if close is None:
            return index + 1
        name = self.rendered(index + 2, close).strip()
        if name and name.rstrip("/") not in address:
            self.write(f" ({name})", style, link)
        return close + 1

    def _dash(self, index: int, style: Style, link: str) -> None:
        """Two hyphens are an en dash, three an em dash; more are a rule, and those of an arrow or a comment are its own."""
        text = self.tokens[index].text
        alone = self.last not in ("!", "<", "|") and self.after(index) not in (">", "|")
        self.write({"--": "–", "---": "—"}.get(text, text) if alone else text, style, link)

    def _quote(self, text: str, style: Style, link: str) -> None:
        """Quotation marks as TeX writes them. Two apostrophes close a quotation only if one is open: else they are seconds or code."""
        if text == "``":
            self._quoted = True
            self.write("“", style, link)
        elif text == "''" and self._quoted:
            self._quoted = False
            self.write("”", style, link)
        else:
            self.write(text, style, link)

    def _tie(self, index: int, style: Style, link: str) -> None:
        """A tie is a space; before a number it is "about", between two "to", and in a path the home directory."""
        before, after = self.last, self.after(index)
        if not before or before.isspace():
            following = self.tokens[index + 1].kind if index + 1 < len(self.tokens) else "text"
            if following != "url" and after not in ("\\", "{"):
                self.write("~", style, link)
        elif after.isdigit() and (before in "(<>=≈±[{/-–" or _NUMBER_BEHIND.search(self._tail)):
            self.write("~", style, link)
        elif before in "([{":
            if after.isspace():
                self.write("~", style, link)
        elif before == "/" or (after == "/" and not before.isalnum()):
            self.write("~", style, link)
        else:
            self.space(style, link)

    def _sign(self, index: int, end: int, style: Style, link: str) -> int:
        """A backslash and a character that is no letter."""
        text = self.tokens[index].text
        char = text[1:]
        if char and char in "%&#_${}":
            self.write(char, style, link)
        elif char == "\\":
            self.space(style, link)
            option = self.option(index + 1, end)
            return option[2] if option else index + 1
        elif char and (char in ",;:> \n" or char.isspace()):
            self.space(style, link)
        elif char and char in "!-/@":  # a hint for breaking or spacing
            pass
        elif char == "|":
            self.write("‖", style, link)
        elif char in TEXT_ACCENTS:
            return self.accent(char, index, end, style, link)
        else:
            self.write(text, style, link)
        return index + 1

    def accent(self, name: str, index: int, end: int, style: Style, link: str) -> int:
        """A letter with the accent of the command at `index`; without a letter behind it, the accent's own character."""
        base, following = self._accent_base(index + 1, end)
        word = _TRAILING_WORD.search(self._tail)
        if (
            name == "'"
            and base in _POSSESSIVES
            and not self.source[self.ends(index) + 1 : self.ends(index) + 2].isalpha()
        ):
            # "the model\'s" means an apostrophe, "{\L}o\'s" the letter.
            short = word is not None and len(word[0]) < 3 and word[0][0].isupper() and not word[0].isupper()  # noqa: PLR2004
            if self.last.isalnum() and not short:
                self.write("'", style, link)
                return index + 1
        letter = unicodedata.normalize("NFC", f"{base[:1]}{TEXT_ACCENTS[name]}{base[1:]}")
        if not base[:1].isalpha() or (len(letter) > len(base) and following is None):
            self.write(name, style, link)
            close = self.group(index + 1, end)  # "\~{}" is a tilde
            return close + 1 if close is not None and not base.strip() else index + 1
        self.write(letter, style, link)
        return self.seek(index, self.ends(index) + 1) if following is None else following

    def _accent_base(self, index: int, end: int) -> tuple[str, int | None]:
        """What an accent stands over, and where the next token is (None: behind the first character of the token)."""
        if index >= end:
            return "", index
        token = self.tokens[index]
        close = self.group(index, end)
        if close is not None:
            if self.tokens[close].start - token.start > MAX_ACCENTED:  # no letter; and nothing that nests is read twice
                return "", index
            base = self.rendered(index + 1, close)
            return {"ı": "i", "ȷ": "j"}.get(base, base), close + 1
        if token.kind == "command" and token.text in LETTERS:
            self.swallow(index + 1)
            base = SYMBOLS[token.text]
            return {"ı": "i", "ȷ": "j"}.get(base, base), index + 1
        return (token.text[:1], None) if token.kind == "text" else ("", index)


def unescaped(address: str) -> str:
    """An address without the backslashes LaTeX needs in it."""
    return _ESCAPE.sub(r"\1", address)


def _words(source: str, depth: int) -> Pieces:
    """Text inside a formula."""
    return [(piece.text, piece.style) for piece in Prose(source, depth=depth + 1).pieces()]
