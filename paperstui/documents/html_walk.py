"""The walk over a page of LaTeXML: elements in, blocks out. See `paperstui.documents.html`."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from paperstui.documents.blocks import (
    Block,
    Code,
    Figure,
    Footnote,
    Heading,
    Inline,
    Item,
    Notice,
    Quote,
    Reference,
    Rule,
    Spans,
    Style,
    Table,
    plain,
)
from paperstui.documents.formulas import formula
from paperstui.documents.html_equations import row_block
from paperstui.documents.html_front import authored, drawn_words
from paperstui.documents.html_listings import language_of, listing_text
from paperstui.documents.html_making import Making
from paperstui.documents.html_node import Node, kinds_of
from paperstui.documents.html_tables import own_rows, table_of
from paperstui.documents.html_text import PLAIN, SPACE, Look, look_of, raised, tex_of, tidy
from paperstui.documents.joining import joined
from paperstui.documents.keys import number_of
from paperstui.documents.marks import note_mark
from paperstui.text.clean import clean, safe_url

MAX_DEPTH = 100
"""Elements within each other; what is deeper is text without form."""

MAX_BLOCKS = 100_000

_UNSEEN = frozenset({"-comment", "annotation", "annotation-xml", "head", "title", "meta", "link", "iframe", "object"})
_BLOCKS = frozenset({
    "article", "aside", "blockquote", "div", "dl", "dt", "dd", "figure", "figcaption", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "ul",
})  # fmt: skip
_BLOCK_KINDS = frozenset({"ltx_p", "ltx_para", "ltx_bibblock"})  # also where they are spans, as in boxes
_RUN_IN = frozenset({"ltx_runin", "ltx_title_keywords", "ltx_title_classification"})
_NOTE_PARTS = ".ltx_note_mark, .ltx_tag_note, .ltx_note_type"


class Walker(Making):
    """Walks elements and keeps the blocks made of them. base: the address of the page."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self._notes: list[Footnote] = []
        self._marked: dict[str, str] = {}  # keys of notes by their marks
        self._depth = 0

    def finished(self) -> tuple[Block, ...]:
        """All blocks, the notes last."""
        self._flush()
        self._put_lead()
        return (*self._blocks, *self._notes)

    def walk(self, node: Node, look: Look = PLAIN) -> None:
        """Everything inside of an element."""
        child = node.first_child
        while child is not None:
            self._one(child, look)
            child = child.next

    def spans_of(self, node: Node) -> Spans:
        """An element as running text."""
        outer, self._run = self._run, []
        self._flat += 1
        self.walk(node)
        self._flat -= 1
        found, self._run = tidy(self._run), outer
        return found

    def _one(self, node: Node, look: Look) -> None:
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "", look)
            return
        if tag in _UNSEEN:
            return
        if self._depth >= MAX_DEPTH or len(self._blocks) >= MAX_BLOCKS:
            self._text(node.text(), look)
            return
        self._depth += 1
        self._element(node, tag, look)
        self._depth -= 1

    def _element(self, node: Node, tag: str, look: Look) -> None:
        kinds = kinds_of(node)
        handler = self._handler(tag, kinds)
        if handler is not None:
            handler(self, node, look)
        elif (tag in _BLOCKS or kinds & _BLOCK_KINDS) and "ltx_inline-block" not in kinds:
            self._break()
            # What leads to an element leads to the first block in it: its section, theorem or item rather than that alone.
            key = node.attributes.get("id") or ""
            if tag == "section" or not self._key:
                self._key = key
            self.walk(node, look if tag not in _BLOCKS else PLAIN)
            self._break()
            if self._key == key:
                self._key = ""
        else:
            self.walk(node, look_of(tag, kinds, look))

    def _handler(self, tag: str, kinds: frozenset[str]) -> Callable[[Walker, Node, Look], None] | None:
        for kind in kinds & _BY_CLASS.keys():
            if not (self._flat and kind in _NOT_FLAT):
                return _BY_CLASS[kind]
        found = _BY_TAG.get(tag)
        return None if found is not None and self._flat and tag in _NOT_FLAT else found

    # Running text

    def _text(self, text: str, look: Look) -> None:
        shown = SPACE.sub(" ", clean(text, 200_000))
        if shown:
            self._run.append(Inline(shown, look.style, look.link, look.target))

    # Elements

    def _math(self, node: Node, look: Look) -> None:
        for span in formula(tex_of(node)):
            self._run.append(span._replace(link=look.link, target=look.target))

    def _anchor(self, node: Node, look: Look) -> None:
        address = node.attributes.get("href") or ""
        page, hash_, key = address.partition("#")
        if hash_ and (not page or (self._base and joined(self._base, page) == self._base.partition("#")[0])):
            self.walk(node, look._replace(link="", target=clean(key, 200)))
        else:
            self.walk(node, look._replace(link=safe_url(joined(self._base, address))))

    def _note(self, node: Node, _: Look) -> None:
        content = node.css_first(".ltx_note_content")
        found = node.css_first(".ltx_note_mark") or node.css_first("sup")
        mark = clean(found.text().strip() if found is not None else "", 20) or str(len(self._notes) + 1)
        if "ltx_role_footnotemark" in kinds_of(node):
            self._run.append(Inline(note_mark(mark), "", "", self._marked.get(mark, "")))
            return
        for part in (content or node).css(_NOTE_PARTS):
            part.decompose()
        spans = self.spans_of(content or node)
        if not spans:
            return
        key = f"note:{len(self._notes) + 1}"
        self._run.append(Inline(note_mark(mark), "", "", key))
        self._notes.append(Footnote(mark, spans, key))
        self._marked.setdefault(mark, key)

    def _heading(self, node: Node, _: Look) -> None:
        self._flush()
        kinds = kinds_of(node)
        if kinds & _RUN_IN:
            self._put_lead()
            style: Style = "italic" if "ltx_font_italic" in kinds else "strong"
            self._lead = [span._replace(style=span.style or style) for span in self.spans_of(node)]
            self._lead_key = self._taken_key()
            return
        tag = node.css_first(".ltx_tag")
        number = clean(tag.text().strip() if tag is not None else "", 40)
        if tag is not None:
            tag.decompose()
        spans = self.spans_of(node)
        if number:
            spans = (Inline(f"{number} "), *spans)
        key = self._taken_key() or (node.attributes.get("id") or "")
        if spans:
            level = 2 if "ltx_title_abstract" in kinds else int(node.tag[1])
            text = plain(spans)
            self._emit(
                Heading(tidy(spans), level, clean(key, 200), number_of(text) or number.rstrip("."), self._around)
            )

    def _creator(self, node: Node, _: Look) -> None:
        """An author, behind those before."""
        while self._run and not self._run[-1].text.strip():
            self._run.pop()
        self._run += authored(node, self.spans_of, first=not self._run)

    def _drawing(self, node: Node, look: Look) -> None:
        """A drawing: boxes of prose are quoted, of all else its words are told."""
        prose, words = drawn_words(node)
        if self._flat:
            for box in prose:
                self.walk(box, look)
            return
        self._flush()
        if prose:
            with self._in(Quote()):
                for box in prose:
                    self.walk(box)
                    self._flush()
        elif words:
            self._emit(Notice(f"A drawing with the words {words}", self._around))

    def _equations(self, node: Node, _: Look) -> None:
        self._flush()
        for row in own_rows(node):
            if row.css_first("table") is not None:
                # Each table's rows are walked once, however many tables it is in.
                self.walk(row)
                self._flush()
                continue
            block = row_block(row, node, self.spans_of, self._around)
            if block is not None:
                self._emit(block)

    def _tabular(self, node: Node, _: Look) -> None:
        self._flush()
        key = self._taken_key()
        self._emit(table_of(node, self.spans_of)._replace(key=key, inside=self._around))

    def _figure(self, node: Node, _: Look) -> None:
        self._flush()
        start = at = len(self._blocks)
        key = clean(node.attributes.get("id") or "", 200)
        caption: Spans = ()
        picture = ""
        child = node.first_child
        while child is not None:
            following = child.next
            if child.tag == "figcaption":
                self._flush()
                at = len(self._blocks)
                caption = (*caption, *self.spans_of(child))
            elif child.tag == "img":
                picture = picture or self._picture(child)
            else:
                self._one(child, PLAIN)
            child = following
        self._flush()
        table = next((at for at in range(start, len(self._blocks)) if isinstance(self._blocks[at], Table)), None)
        if table is not None:
            found = self._blocks[table]
            if isinstance(found, Table) and not found.caption:
                self._blocks[table] = found._replace(caption=caption, key=key)
                return
        if picture or not caption:
            if picture or caption:
                self._emit(Figure(caption, picture, key, self._around))
            return
        # What it is of are parts or a listing, which were shown already: it stands where it stood among them.
        self._put_lead()
        self._blocks.insert(at, Figure(caption, "", key, self._around))

    def _image(self, node: Node, _: Look) -> None:
        address = self._picture(node)
        name = clean(node.attributes.get("alt") or "", 200)
        name = "picture" if name.lower() in ("", "refer to caption", "[uncaptioned image]") else name
        if self._flat or self._run:
            self._run.append(Inline(name, "", address))
        else:
            self._emit(Figure((Inline(name),) if name != "picture" else (), address, self._taken_key(), self._around))

    def _picture(self, node: Node) -> str:
        source = node.attributes.get("src") or ""
        return safe_url(joined(self._base, source))

    def _list(self, node: Node, _: Look) -> None:
        self._flush()
        number = 0
        child = node.first_child
        while child is not None:
            if child.tag == "li" and "ltx_bibitem" in kinds_of(child):
                self._reference(child, PLAIN)
            elif child.tag == "dt":
                self._put_term()
                self._lead, self._lead_key = list(self._strong(child)), clean(child.attributes.get("id") or "", 200)
            elif child.tag == "dd":
                with self._in(Item("•", first=True)):
                    self.walk(child)
            elif child.tag == "li" or "ltx_item" in kinds_of(child):
                number += 1
                self._item(child, f"{number}." if node.tag == "ol" else "•")
            else:
                self._one(child, PLAIN)
            child = child.next
        self._put_term()

    def _strong(self, node: Node) -> Spans:
        return tuple(span._replace(style=span.style or "strong") for span in self.spans_of(node))

    def _item(self, node: Node, mark: str) -> None:
        tag = node.first_child
        while tag is not None and (tag.tag.startswith("-") or "ltx_tag" not in (tag.attributes.get("class") or "")):
            tag = tag.next
        if tag is not None:
            mark = clean(tag.text().strip(), 12) or mark
            tag.decompose()
        with self._in(Item(mark, first=True, tight=True)):
            self._key = node.attributes.get("id") or self._key
            self.walk(node)
            self._put_lead()

    def _quote(self, node: Node, _: Look) -> None:
        with self._in(Quote()):
            self.walk(node)

    def _listing(self, node: Node, _: Look) -> None:
        self._flush()
        text = listing_text(node)
        if text.strip():
            kinds = kinds_of(node)
            self._emit(Code(text, language_of(kinds), self._taken_key(), self._around))

    def _reference(self, node: Node, _: Look) -> None:
        self._flush()
        tag = node.css_first(".ltx_tag_bibitem")
        label = " ".join(clean(tag.text() if tag is not None else "", 100).split())
        if tag is not None:
            tag.decompose()
        self._emit(Reference(label, self.spans_of(node), clean(node.attributes.get("id") or "", 200), self._around))
        self._key = ""

    def _new_line(self, _node: Node, _: Look) -> None:
        self._run.append(Inline("\n"))

    def _rule(self, _node: Node, _: Look) -> None:
        self._flush()
        self._emit(Rule(self._around))

    def _raised(self, node: Node, look: Look) -> None:
        """Raised and lowered text: in such letters where there are any, else with a sign that says so."""
        small = raised(node)
        if small:
            self._text(small, look)
        else:
            self.walk(node, look)

    BY_CLASS: ClassVar[dict[str, Callable[[Walker, Node, Look], None]]] = {
        "ltx_note": _note,
        "ltx_eqn_table": _equations,
        "ltx_equationgroup": _equations,
        "ltx_tabular": _tabular,
        "ltx_listing": _listing,
        "ltx_bibitem": _reference,
        "ltx_creator": _creator,
        "ltx_itemize": _list,
        "ltx_enumerate": _list,
        "ltx_description": _list,
    }
    BY_TAG: ClassVar[dict[str, Callable[[Walker, Node, Look], None]]] = {
        "math": _math,
        "a": _anchor,
        "img": _image,
        "figure": _figure,
        "ul": _list,
        "ol": _list,
        "dl": _list,
        "blockquote": _quote,
        "pre": _listing,
        "br": _new_line,
        "hr": _rule,
        "svg": _drawing,
        "sup": _raised,
        "sub": _raised,
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    }


_BY_CLASS = Walker.BY_CLASS
_BY_TAG = Walker.BY_TAG
# In a caption or a cell these are text like all else.
_NOT_FLAT = frozenset({
    "ltx_itemize", "ltx_enumerate", "ltx_description", "ltx_eqn_table", "ltx_equationgroup", "ltx_tabular", "ltx_listing",
    "ltx_bibitem", "figure", "ul", "ol", "dl", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
