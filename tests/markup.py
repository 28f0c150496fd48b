"""A rule for our own sources: nothing that may hold foreign text reaches a part of Textual that reads markup in it.

Textual takes a plain `str` for markup nearly everywhere: a title with "[/b]" in it ends the app, one with
"[@click=app.quit]" is a button. Escaping does not help (`textual.markup.escape` lets enough through). `Content` and
Rich's `Text` are shown as they are, and so is a string where `markup=False` stands. Hence whatever is handed to a sink
must be seen to be one of these: made right there, or a name of the module that is only ever bound to such values or
annotated as one. What the rule cannot see, it complains about.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

ALL = 99

WIDGETS: dict[str, int] = {
    "Static": 1, "Label": 1, "Button": 1, "Link": 1, "Placeholder": 1, "Digits": 1, "Tooltip": 1,
    "Option": 1, "OptionList": ALL, "Selection": 1, "SelectionList": ALL, "Select": 1,
    "Tab": 1, "Tabs": ALL, "TabPane": 1, "TabbedContent": ALL, "ContentTab": 1,
    "Collapsible": 0, "CollapsibleTitle": 0, "Tree": 1, "DirectoryTree": 0, "DataTable": 0, "RichLog": 0,
    "Checkbox": 1, "RadioButton": 1, "RadioSet": ALL, "ToggleButton": 1,
}  # fmt: skip
"""Classes of Textual that parse what they show, and how many of their first arguments that is."""

NEVER = frozenset({"Markdown", "MarkdownViewer"})
"""Classes that parse text they get hold of themselves (the tooltips of their tables)."""

TEXT_KEYWORDS = frozenset({"content", "renderable", "label", "title", "prompt", "text", "options", "message"})
"""Arguments of those classes that are shown, when they are given by name."""

METHODS: dict[str, tuple[int, int]] = {
    "notify": (0, 1), "with_tooltip": (0, 1), "set_label": (0, 1), "add_tab": (0, 1), "add_leaf": (0, 1),
    "add_option": (0, 1), "add_options": (0, ALL), "set_options": (0, ALL),
    "replace_option_prompt": (1, 2), "replace_option_prompt_at_index": (1, 2),
    "add_column": (0, 1), "add_columns": (0, ALL), "add_row": (0, ALL), "add_rows": (0, ALL),
    "update_cell": (2, 3), "update_cell_at": (1, 2), "update": (0, 1), "add": (0, 1),
}  # fmt: skip
"""Methods, of whatever object, that show their arguments from the first to before the second number."""

OF_COLLECTIONS = frozenset({"update", "add"})
"""Those of them that dictionaries and sets have, too."""

ATTRIBUTES = frozenset(
    {"tooltip", "border_title", "border_subtitle", "BORDER_TITLE", "BORDER_SUBTITLE", "label", "prompt"}
)
"""Attributes whose value is parsed; as arguments by name they are parsed wherever they stand."""

TITLES = frozenset({"title", "sub_title", "TITLE", "SUB_TITLE"})
"""Attributes that some classes parse and some do not: fixed words are fine, made ones are not."""

OF_PAIRS = frozenset({"Select", "SelectionList", "set_options()"})
"""What takes pairs of what is shown and what it stands for."""

CHAINED = frozenset(
    {"append", "append_text", "copy", "expand_tabs", "join", "pad", "rstrip", "stylize", "stylize_before", "truncate"}
)
"""Methods of `Content` and `Text` that give another one."""

VERBATIM = frozenset({"textual.content.Content", "rich.text.Text"})
PARSERS = frozenset({"from_markup", "from_text", "from_rich_text"})
FORBIDDEN_IMPORTS = re.compile(r"(textual|rich)\.(markup|content\.escape)\b")


class Finding(NamedTuple):
    """One breach of the rule."""

    path: str
    line: int
    what: str


def findings(sources: Mapping[str, str]) -> list[Finding]:
    """The breaches in modules, given as path and text. All of them must be given: classes may derive across modules."""
    modules = [_Module(path, ast.parse(text)) for path, text in sources.items()]
    widgets = dict(WIDGETS)
    size = 0
    while len(widgets) != size:
        size = len(widgets)
        for module in modules:
            for definition in module.classes:
                bases = [widgets[base] for base in map(module.widget_name, definition.bases) if base in widgets]
                if bases:
                    own = any(isinstance(node, ast.FunctionDef) and node.name == "__init__" for node in definition.body)
                    # One with a constructor of its own hands its text on with `super()`, which is looked at there.
                    widgets.setdefault(f".{definition.name}", 0 if own else max(bases))
    return sorted({finding for module in modules for finding in module.check(widgets)})


class _Module:
    """One module: what its names mean, and what it does wrong."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.nodes = list(ast.walk(tree))
        self.classes = [node for node in self.nodes if isinstance(node, ast.ClassDef)]
        self.imported = dict(_imported(self.nodes))
        self.widgets: dict[str, int] = {}
        self.collections = set(_collections(self.nodes))
        self.verbatim: set[str] = set()

    def full(self, node: ast.expr) -> str:
        """What a dotted name means: "textual.widgets.Static"; empty for anything else."""
        dotted = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) else ""
        root, dot, rest = dotted.partition("[")[0].partition(".")
        return self.imported.get(root, root) + dot + rest

    def widget_name(self, node: ast.expr) -> str:
        """The name of a class of Textual, or a dot and the name of another one: ours may be called the same."""
        full = self.full(node)
        return ("" if full.startswith("textual.") else ".") + full.rpartition(".")[2]

    def _learn(self) -> None:
        """Find the names that are only ever bound to what is safe; by rounds, as they may be bound to each other."""
        bound = list(_bound(self.nodes))
        before = None
        while self.verbatim != before:
            before = self.verbatim
            wrong = {name for name, value in bound if not self._fine_binding(value)}
            self.verbatim = {name for name, _ in bound} - wrong

    def _fine_binding(self, value: ast.expr | None) -> bool:
        if value is None:
            return False
        if isinstance(value, _Annotation):
            return self._annotated(value.annotation)
        return self.safe(value)

    def _annotated(self, annotation: ast.expr) -> bool:
        text = (
            annotation.value
            if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)
            else ast.unparse(annotation)
        )
        names = [name.strip() for name in text.removeprefix("ClassVar[").removesuffix("]").split("|")]
        kinds = [name for name in names if name != "None"]
        return bool(kinds) and all(self.imported.get(name, name) in VERBATIM for name in kinds)

    def safe(self, node: ast.expr) -> bool:
        """Whether an expression is seen to be no plain string: `Content`, `Text`, a widget, or no text at all."""
        match node:
            case ast.Constant(value=value):
                return not isinstance(value, str | bytes)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name in self.verbatim
            case ast.Call():
                return self._safe_call(node)
            case ast.IfExp(body=one, orelse=other):
                return self.safe(one) and self.safe(other)
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
                return all(map(self.safe, values))
            case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.SetComp(elt=value):
                return self.safe(value)
            case ast.Starred(value=value) | ast.NamedExpr(value=value) | ast.BinOp(left=value, op=ast.Add()):
                return self.safe(value)
        return False

    def _safe_call(self, node: ast.Call) -> bool:
        full = self.full(node.func)
        owner, _, method = full.rpartition(".")
        if full in VERBATIM or (owner in VERBATIM and not (method in PARSERS and self._parser(node, method))):
            return True
        if self.widget_name(node.func) in self.widgets or _last(node.func) in self.verbatim:
            return True
        return isinstance(node.func, ast.Attribute) and node.func.attr in CHAINED and self.safe(node.func.value)

    def check(self, widgets: dict[str, int]) -> Iterator[Finding]:
        """All that is wrong here."""
        self.widgets = widgets
        self._learn()
        for node in self.nodes:
            for what in self._wrong(node):
                yield Finding(self.path, getattr(node, "lineno", 0), what)

    def _wrong(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Call():
                yield from self._wrong_call(node)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._wrong_assignment(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
                yield from self._wrong_assignment(target, value)
            case ast.Import() | ast.ImportFrom():
                origin = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                full = [origin + alias.name for alias in node.names]
                yield from (f"imports {name}" for name in full if FORBIDDEN_IMPORTS.match(name))
            case ast.Constant(value=str() as text) if "@click" in text:
                yield "has a clickable action in markup"
            case ast.ClassDef():
                yield from self._wrong_class(node)
            case ast.FunctionDef(name="render") if _returns_string(node):
                yield "render() returns a string, which is parsed"

    def _wrong_class(self, node: ast.ClassDef) -> Iterator[str]:
        """What a widget of ours hands on to the one it derives from."""
        known = [self.widgets[base] for base in map(self.widget_name, node.bases) if base in self.widgets]
        for inner in ast.walk(node) if known else ():
            if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "super().__init__":
                yield from self._wrong_text(inner, f"super() of {node.name}", (0, max(known)))

    def _wrong_call(self, node: ast.Call) -> Iterator[str]:
        name = self.widget_name(node.func)
        if name in NEVER:
            yield f"{name} parses text of its own"
        elif name in self.widgets:
            yield from self._wrong_text(node, name, (0, self.widgets[name]))
        if isinstance(node.func, ast.Attribute):
            yield from self._wrong_method(node, node.func)
        for keyword in node.keywords:
            if keyword.arg == "markup" and not (
                isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            ):
                yield "markup= is something else than False"
            if keyword.arg in ("tooltip", "border_title", "border_subtitle") and not self.safe(keyword.value):
                yield f"{keyword.arg}= gets what may be a string"
        if self.full(node.func) in ("map", "functools.partial", "itertools.starmap"):
            yield from (
                f"{ast.unparse(argument)} is called where its text cannot be seen"
                for argument in node.args
                if self._is_widget(argument)
            )
        match node:
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=attribute), value]):
                if attribute in ATTRIBUTES and not self.safe(value):
                    yield f"{attribute} is set to what may be a string"

    def _is_widget(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name | ast.Attribute) and self.widget_name(node) in self.widgets

    def _wrong_method(self, node: ast.Call, function: ast.Attribute) -> Iterator[str]:
        method = function.attr
        if method in PARSERS:
            if self._parser(node, method):
                yield f"{method}() parses text that is not fixed"
        elif method in METHODS and not (method in OF_COLLECTIONS and _last(function.value) in self.collections):
            yield from self._wrong_text(node, f"{method}()", METHODS[method])

    def _parser(self, node: ast.Call, method: str) -> bool:
        """Whether one of the parsing constructors gets text that is not fixed, or is Rich's."""
        if (
            not isinstance(node.func, ast.Attribute)
            or self.full(node.func.value) != "textual.content.Content"
            or not node.args
        ):
            return True
        fixed = isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
        return not ((fixed and method == "from_markup") or _without_markup(node) or self.safe(node.args[0]))

    def _wrong_text(self, node: ast.Call, name: str, shown: tuple[int, int]) -> Iterator[str]:
        if _without_markup(node):
            return
        for argument in node.args[shown[0] : shown[1]]:
            if not all(map(self.safe, _prompts(argument) if name in OF_PAIRS else (argument,))):
                yield f"{name} gets what may be a string: {ast.unparse(argument)}"
        for keyword in node.keywords:
            # The title of a notification is shown as it is.
            shown_here = keyword.arg in TEXT_KEYWORDS and not (name == "notify()" and keyword.arg == "title")
            if shown_here and not self.safe(keyword.value):
                yield f"{name} gets what may be a string: {keyword.arg}={ast.unparse(keyword.value)}"

    def _wrong_assignment(self, target: ast.expr, value: ast.expr) -> Iterator[str]:
        name = _last(target)
        if name in ATTRIBUTES and (isinstance(target, ast.Attribute) or name.isupper()) and not self.safe(value):
            yield f"{name} is set to what may be a string"
        if (
            name in TITLES
            and isinstance(target, ast.Attribute)
            and _stringy(value)
            and not isinstance(value, ast.Constant)
        ):
            yield f"{name} is set to a string that is put together"


class _Annotation(ast.expr):
    """Stands for a value of which only the annotation is known."""

    def __init__(self, annotation: ast.expr) -> None:
        super().__init__()
        self.annotation = annotation


def _last(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _prompts(node: ast.expr) -> Iterator[ast.expr]:
    """What is shown of pairs: the first of each."""
    match node:
        case ast.List(elts=values) | ast.Set(elts=values):
            for value in values:
                yield from _prompts(value)
        case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.Starred(value=value):
            yield from _prompts(value)
        case ast.Tuple(elts=[first, *_]):
            yield first
        case _:
            yield node


def _without_markup(node: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in node.keywords
    )


def _returns_string(node: ast.FunctionDef) -> bool:
    returned = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value is not None]
    return any(map(_stringy, returned)) or (node.returns is not None and ast.unparse(node.returns) == "str")


def _stringy(node: ast.expr) -> bool:
    """Whether an expression is a string, to be seen from its form alone."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.JoinedStr() | ast.Call(func=ast.Name(id="str" | "repr" | "format")):
            return True
        case ast.Call(
            func=ast.Attribute(value=value, attr="format" | "join" | "replace" | "strip" | "ljust" | "rjust")
        ):
            return _stringy(value)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            return _stringy(one) or _stringy(other)
    return False


def _imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """(name, what it stands for) of imports."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def _collections(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Names that are made, or annotated, as dictionaries or sets."""
    kind = re.compile(r"(dict|set|defaultdict|Counter|OrderedDict)\b")
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and kind.match(ast.unparse(node.annotation)):
            yield _last(node.target)
        elif isinstance(node, ast.arg) and node.annotation is not None and kind.match(ast.unparse(node.annotation)):
            yield node.arg
        elif isinstance(node, ast.Assign) and (
            isinstance(node.value, ast.Dict | ast.Set | ast.DictComp | ast.SetComp)
            or (isinstance(node.value, ast.Call) and kind.fullmatch(ast.unparse(node.value.func)))
        ):
            yield from map(_last, node.targets)


def _bound(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr | None]]:
    """(name, value) of all that a module binds names and attributes to; None where the value cannot be seen."""
    seen: set[int] = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                seen.update(map(id, targets))
                yield from ((_last(target), value) for target in targets if _last(target))
            case ast.AnnAssign(target=target, annotation=annotation):
                seen.add(id(target))
                yield _last(target), _Annotation(annotation)
            case ast.NamedExpr(target=target, value=value) | ast.AugAssign(target=target, value=value):
                seen.add(id(target))
                yield _last(target), value
            case ast.arg(arg=name, annotation=annotation):
                yield name, None if annotation is None else _Annotation(annotation)
            case ast.FunctionDef(name=name, returns=returns) | ast.AsyncFunctionDef(name=name, returns=returns):
                # A property reads like an attribute; a method's result is only seen through this, too.
                yield name, None if returns is None else _Annotation(returns)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) if id(node) not in seen:
                yield name, None
            case ast.ExceptHandler(name=str() as name):
                yield name, None
