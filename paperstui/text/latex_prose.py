"""Reading LaTeX, third part: prose with commands in it becomes pieces of text with their style.

The rule above all others: nothing is lost. A command that is not known, a brace that belongs to a set, a dollar that is
money, a percent sign, a lone backslash: all stay as they were written. What commands mean is in `latex_macros`.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from paperstui.text import latex_accents as accents
from paperstui.text import latex_macros as macros
from paperstui.text import latex_scripts as scripts
from paperstui.text.latex_atoms import PLAIN, Pieces, Style
from paperstui.text.latex_math import MAX_DEPTH, Formula
from paperstui.text.latex_scan import MAX_MATHS, Token, scan
from paperstui.text.latex_tables import TEXT_ACCENTS

MAX_GLUED: Final = 3  # characters of a group inside a word ("Odwo{l}awcza")
MAX_GLUED_LOOSE: Final = 1  # the same where "text{CO}upled" may have been a command
MIN_REPEATED: Final = 3  # characters of an address that are recognised when they are said again

_ESCAPE: Final = re.compile(r"\\([_%&#~$^])")
_COMMAND: Final = re.compile(r"\\.|\$", re.DOTALL)
# Braces around these, and not much else, are a set, a dictionary or code; LaTeX's own only hold words together.
_SEPARATOR: Final = re.compile(r"[,:;\"=|]|\.\.")
_WORDS_OF_A_SET: Final = 5  # to one separator
_KEPT_TAIL: Final = 24


class Piece(NamedTuple):
    """Some text, its style, and the address it leads to ("" for none)."""

    text: str
    style: Style
    link: str


class Prose:
    """A text with LaTeX in it, read once.

    loose: whether commands may have lost their backslashes, as in text that lost its dollar signs, too. ascii_only: whether
    mathematics is written in ASCII.
    """

    ascii_only = False

    def __init__(self, source: str, *, loose: bool = False, depth: int = 0) -> None:
        self.source = source
        self.loose = loose
        self.depth = depth
        found = scan(source)
        self.tokens = found.tokens
        self.partner = found.partner
        self.lists: list[int] = []  # of the lists around this place: the number of the last item, or -1 for bullets
        self.tail = ""  # the last characters that were written
        self._formulas = found.formulas
        self._pieces: list[Piece] = []
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
        return self.tail[-1:]

    def write(self, text: str, style: Style, link: str) -> None:
        """Append text, without the spaces at its start if there is one already."""
        if self._skip_space:
            if not self.last or self.last.isspace() or self.last in "([{“‘":
                text = text.lstrip(" ")
            if not text:
                return
            self._skip_space = False
        if text:
            self._pieces.append(Piece(text, style, link))
            self.tail = (self.tail + text)[-_KEPT_TAIL:]

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
            self.tail = self.tail.rstrip(" ")
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
        kept = self._pieces, self.tail, self._skip_space
        self._pieces, self.tail, self._skip_space = [], "", False
        self.read(start, end, PLAIN, "")
        text = "".join(piece.text for piece in self._pieces)
        self._pieces, self.tail, self._skip_space = kept
        return text

    def formula(self, source: str, style: Style, link: str, after: str, *, display: bool = False) -> None:
        """Write a formula; `after` is the character behind it. One that is displayed has white space around it."""
        if display and self.last and not self.last.isspace():
            self.space(style, link)
        pieces = self.rendering(source, after) if len(source) <= MAX_MATHS else [(source, PLAIN)]
        for text, own in pieces:
            self.write(text, style | own, link)
        if display and after.isalnum():
            self.space(style, link)

    def rendering(self, source: str, after: str) -> Pieces:
        """A formula in pieces; `after` is the character behind it."""
        script = scripts.single(source)
        return [(script, PLAIN)] if script else Formula(source, _words, self.depth).pieces(self.last, after)

    # Reading

    def read(self, start: int, end: int, style: Style, link: str) -> None:
        """Write the tokens from `start` to before `end`."""
        if self.depth >= MAX_DEPTH:
            self.write(self.raw(start, end), style, link)
            return
        self.depth += 1
        index = start
        while index < end:
            declared = macros.declared(self.tokens[index])
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
        """The token that begins at this place of the source, at or behind `index`; a token is cut if need be."""
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
        """First and end of the tokens of an argument in braces, and where the next token is; a space may stand before it.

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
            body = self.source[token.start + wide : self.tokens[close].start]
            after = self.after(close + width - 1)
            self.formula(body, style, link, after, display=width > 1 or token.text == "\\[")
            return close + width
        if token.kind == "command":
            return macros.read(self, index, end, style, link)
        if token.kind == "sign":
            return self._sign(index, end, style, link)
        if token.kind == "brace":
            return self._brace(index, end, style, link)
        if token.kind == "url":
            return self._address(index, end, style, link)
        if token.kind == "dash":
            self._dash(index, style, link)
        elif token.kind == "quote":
            self._quote(token.text, self.after(index), style, link)
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
            offset = scripts.end(self, index, end)
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
        """A group: without its braces if they only hold it together, with them if they mean something."""
        only = self.tokens[index + 1]
        name = only.text[1:] if only.kind == "sign" else only.text if only.kind == "command" else ""
        if close == index + 2 and name in TEXT_ACCENTS and self.after(close).isalpha():
            # "{\"}u": the brace around an accent was meant to hold the letter too
            self.tokens[close] = Token("sign", f"\\{name}", self.tokens[close].start)
            return accents.read(self, name, close, len(self.tokens), style, link)
        kept = self._braces_matter(index, close)
        if kept:
            self.write("{", style, link)
        self.read(index + 1, close, style, link)
        if kept:
            self.write("}", style, link)
        return close + 1

    def _braces_matter(self, index: int, close: int) -> bool:
        """Whether the braces of a group are a set's, a path's, or an argument's whose command lost its backslash."""
        inside = self.raw(index + 1, close)
        if close == index + 2 and self.tokens[index + 1].kind in ("command", "sign"):
            return False  # they only end the name: "{\Pi}/2"
        if self.last in ("/", "=", '"', "}") or (self.after(close) == "/" and inside):
            return True
        longest = MAX_GLUED_LOOSE if self.loose else MAX_GLUED
        if self.last.isalnum() and len(inside) > longest and not _COMMAND.search(inside):
            return True
        declared = index + 1 < close and macros.declared(self.tokens[index + 1]) is not None
        if declared or len(inside.strip()) <= 1 or "://" in inside:
            return False
        separators = len(_SEPARATOR.findall(inside))
        return separators > 0 and len(inside.split()) <= _WORDS_OF_A_SET * separators

    def _address(self, index: int, end: int, style: Style, link: str) -> int:
        r"""An address; with a group behind it, it is what is left of `\href`, and the group says what it is."""
        address = unescaped(self.tokens[index].text)
        self.write(address, style, link)
        close = self.group(index + 1, end)
        if close is None:
            return index + 1
        name = self.rendered(index + 2, close).strip()
        if name and (len(name) < MIN_REPEATED or not address.rstrip("/.").endswith(name.rstrip("/."))):
            self.write(f" ({name})", style, link)
        return close + 1

    def _dash(self, index: int, style: Style, link: str) -> None:
        """Two hyphens are an en dash, three an em dash; more are a rule, and those of an arrow, a comment or code are its own."""
        text = self.tokens[index].text
        alone = self.last not in ("!", "<", "|") and self.after(index) not in (">", "|") and "code" not in style
        self.write({"--": "–", "---": "—"}.get(text, text) if alone else text, style, link)

    def _quote(self, text: str, after: str, style: Style, link: str) -> None:
        """Quotation marks as TeX writes them. Two apostrophes close what is open, and open before a word.

        Else they are seconds or code.
        """
        begins = text == "''" and not self._quoted and after.isalpha() and (not self.last or self.last in " \n([{")
        if text == "``" or begins:
            self._quoted = True
            self.write("“", style, link)
        elif text == "''" and self._quoted:
            self._quoted = False
            self.write("”", style, link)
        else:
            self.write(text, style, link)

    def _tie(self, index: int, style: Style, link: str) -> None:
        """A tie is a space; but before a number it may be "about" or "to", and in a path the home directory."""
        following = self.tokens[index + 1].kind if index + 1 < len(self.tokens) else "text"
        meaning = scripts.tie(self.tail, self.after(index), following)
        if meaning == " ":
            self.space(style, link)
        else:
            self.write(meaning, style, link)

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
        elif char and (char in ",;:" or char.isspace()):
            self.space(style, link)
        elif (char and char in "<>+*") or (char == "@" and self.after(index).isalnum()):
            self.write(char, style, link)  # these mean nothing outside of tables: an escape that was not needed
        elif char and char in "!-/@":  # a hint for breaking or spacing
            pass
        elif char == "|":
            self.write("‖", style, link)
        elif char in TEXT_ACCENTS:
            return accents.read(self, char, index, end, style, link)
        else:
            self.write(text, style, link)
        return index + 1


def unescaped(address: str) -> str:
    """An address without the backslashes LaTeX needs in it."""
    return _ESCAPE.sub(r"\1", address)


def _words(source: str, depth: int) -> Pieces:
    """Text inside a formula."""
    return [(piece.text, piece.style) for piece in Prose(source, depth=depth + 1).pieces()]
