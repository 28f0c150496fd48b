from __future__ import annotations

import ast
import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

import paperstui
from tests.markup import NEVER, WIDGETS, findings

PACKAGE = Path(paperstui.__file__).parent

PRELUDE = """
from __future__ import annotations
from functools import partial
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import (
    Button, Checkbox, Collapsible, DataTable, Label, Link, OptionList, RadioButton, RadioSet, RichLog, Select,
    SelectionList, Static, Tab, TabbedContent, TabPane, Tabs, Tree,
)
from textual.widgets import Static as Plain
from textual.widgets.option_list import Option
import textual.widgets
from paperstui.models import Paper
from paperstui.draw import bars
"""


def breaches(snippet: str) -> list[str]:
    return [finding.what for finding in findings({"snippet.py": PRELUDE + snippet})]


def in_function(line: str) -> str:
    given = "self, paper: Paper, text: str, thing, content: Content, maybe: Content | None, found: set[str]"
    return f"def show({given}):\n    {line}\n"


BAD = [
    "Static(text)",
    "Static('plain')",
    "Static(f'{paper.title}')",
    "Static('a {}'.format(text))",
    "Static('a %s' % text)",
    "Static('a ' + text)",
    "Static(text or Content('none'))",
    "Static(Content('a') if text else 'b')",
    "Static(paper.title)",
    "Static(thing)",
    "Static(self.message())",
    "Static(content.plain)",
    "Static(str(content))",
    "Static(content=text)",
    "Static(text, markup=True)",
    "Static(Content(text), markup=thing)",
    "Plain(text)",
    "textual.widgets.Static(text)",
    "Label(text, id='x')",
    "Button(text)",
    "Button(Content(text), tooltip=text)",
    "Button(Content(text), tooltip='plain')",
    "Option(text)",
    "OptionList(Option(Content(text)), text)",
    "OptionList(*[text])",
    "OptionList(*(Option(name) for name in found))",
    "Tab(text)",
    "Tabs('one', 'two')",
    "TabbedContent(text)",
    "TabPane(text, Static(content))",
    "Collapsible(Static(content), title=text)",
    "Tree(text)",
    "DataTable().add_row(text, text)",
    "thing.add_column(text)",
    "thing.add_columns(*found)",
    "thing.add_rows([(text,)])",
    "thing.update_cell('row', 'column', text)",
    "thing.add_leaf(text)",
    "thing.add_option(text)",
    "thing.replace_option_prompt('id', text)",
    "Select([(text, 1)])",
    "Select([(name, name) for name in found])",
    "Select([(content, 1)], prompt=text)",
    "SelectionList((text, 1))",
    "Checkbox(text)",
    "RadioButton(text)",
    "RadioSet(text)",
    "Link(text, url='https://example.org')",
    "RichLog(markup=True)",
    "self.notify(text)",
    "self.notify('fixed')",
    "self.notify(f'{paper.title}', title='x')",
    "self.app.notify(message=text)",
    "self.notify(text, markup=True)",
    "self.tooltip = text",
    "self.tooltip = f'{text}'",
    "self.border_title = text",
    "thing.border_subtitle = 'a ' + text",
    "thing.label = text",
    "thing.prompt = text",
    "thing.border_title += text",
    "setattr(thing, 'tooltip', text)",
    "thing.with_tooltip(text)",
    "thing.update(text)",
    "self.query_one('#a').update(f'{paper.title}')",
    "thing.update(content=text)",
    "self.query_one(Static).update('fixed')",
    "self.title = f'{paper.title}'",
    "self.app.sub_title = 'a ' + text",
    "self.sub_title = '{}'.format(text)",
    "Content.from_markup(text)",
    "Content.from_markup(f'[b]{text}[/b]')",
    "Content.from_markup('[b]' + text)",
    "Content.from_markup('[b]%s' % text)",
    "Content.from_text(text)",
    "Content.from_rich_text(text)",
    "Static(Content.from_markup(text))",
    "Text.from_markup('[b]fixed[/b]')",
    "Static(Text.from_markup(text))",
    "from textual.markup import escape",
    "from rich.markup import escape",
    "import rich.markup",
    "from textual import markup",
    "content.append('[@click=app.quit]')",
    "list(map(Static, found))",
    "partial(Label, text)",
    "textual.widgets.Markdown(text)",
    "other = content\n    other = text\n    Static(other)",
    "for item in found:\n        Static(item)",
    "with open(text) as item:\n        Static(item)",
]

GOOD = [
    "Static(Content(text))",
    "Static()",
    "Static(content)",
    "Static(maybe)",
    "Static(Text(paper.title))",
    "Static(Content.assemble((paper.title, 'bold'), ' and ', text))",
    "Static(Content.styled(text, 'bold'))",
    "Static(Content(text).stylize('bold', 0, 3))",
    "Static(Content(text) + ' more')",
    "Static(Content(' ').join([Content(text)]))",
    "Static(Content.from_markup('[dim]$title[/dim]', title=paper.title))",
    "Static(Content.from_text(text, markup=False))",
    "Static(content or Content(text))",
    "Static(Content(text) if text else Content('none'))",
    "Static(text, markup=False)",
    "Static(Content(text), id='x', classes=f'{text}')",
    "Label(Content(text))",
    "Button(Content(text), id='go', variant='primary', tooltip=Content(text))",
    "OptionList(*(Option(Content(name), id=name) for name in found))",
    "OptionList(text, markup=False)",
    "options = [Option(Content(name)) for name in found]\n    OptionList(*options)",
    "Tabs(Tab(Content(text), id='one'), Tab(Content('two')))",
    "Collapsible(thing, title=Content(text))",
    "TabPane(Content(text), thing)",
    "Tree(Text(text), data=text)",
    "thing.add_row(Text(text), Text('b'), key=text)",
    "thing.update_cell('row', 'column', Text(text))",
    "thing.replace_option_prompt('id', Content(text))",
    "Select([(Content(name), name) for name in found])",
    "SelectionList((Content(text), text))",
    "RichLog()",
    "self.notify(text, markup=False)",
    "self.notify(f'{paper.title}', title=text, severity='error', markup=False)",
    "self.tooltip = Content(text)",
    "self.tooltip = None",
    "self.border_title = content",
    "thing.update(Content(text))",
    "found.update(thing)",
    "found.add(text)",
    "names: dict[str, str] = {}\n    names.update(thing)",
    "seen = set()\n    seen.add(text)",
    "self.title = 'paperstui'",
    "bars.Tab('1', text, None, True)",
    "bars.Tab(text)",
    "shown = Content(text)\n    Static(shown)",
    "shown = content\n    other = shown\n    Static(other)",
    "'a'.join(found)",
    "print(f'{text}')",
]


def test_what_may_be_read_as_markup_is_found() -> None:
    assert [line for line in BAD if not breaches(in_function(line))] == []


def test_what_is_shown_as_it_is_passes() -> None:
    assert [line for line in GOOD if breaches(in_function(line))] == []


BAD_CLASSES = [
    "class Row(Static):\n    def __init__(self, text: str) -> None:\n        super().__init__(text)",
    "class Row(Static):\n    def __init__(self, text: str) -> None:\n        super().__init__(content=f'{text}')",
    "class Row(Static):\n    pass\nclass Odd(Row):\n    pass\nOdd('text')",
    "class Row(Static):\n    BORDER_TITLE = 'fixed'",
    "class Tab(textual.widgets.Tab):\n    pass\nTab('text')",
    "class Pane(Widget):\n    def render(self) -> str:\n        return self.text",
    "class Pane(Widget):\n    def render(self):\n        return f'{self.text}'",
    "class Pane(Widget):\n    def render(self):\n        return 'a ' + self.text",
    "class Pane(Widget):\n  def show(self, x):\n    self.a = Content('')\n    self.a = x\n    self.b.update(self.a)",
]

GOOD_CLASSES = [
    "class Row(Static):\n  def __init__(self, text: Content) -> None:\n    super().__init__(text)\nRow(Content('x'))",
    "class Row(Static):\n    pass\nRow(Content('text'))",
    "class Row(Widget):\n    def __init__(self, text: str) -> None:\n        super().__init__()",
    "class Pane(Widget):\n    def render(self) -> Content:\n        return Content(self.text)",
    "class Pane(Widget):\n  def line(self) -> Content:\n    ...\n  def show(self):\n    self.body.update(self.line())",
    "class Pane(Widget):\n    line: Content | None = None\n    def show(self):\n        self.body.update(self.line)",
]


@pytest.mark.parametrize("snippet", BAD_CLASSES)
def test_widgets_of_ours_are_seen_through(snippet: str) -> None:
    assert breaches(snippet)


@pytest.mark.parametrize("snippet", GOOD_CLASSES)
def test_widgets_of_ours_may_be_right(snippet: str) -> None:
    assert breaches(snippet) == []


def test_classes_are_followed_from_module_to_module() -> None:
    row = PRELUDE + "class Row(Static):\n    pass\n"
    use = "from paperstui.tui.row import Row\nRow('text')\n"
    assert [(found.path, found.line) for found in findings({"row.py": row, "use.py": use})] == [("use.py", 2)]


def test_a_finding_says_where_and_what() -> None:
    found = findings({"a.py": "from textual.widgets import Static\nStatic(title)\n"})
    assert found == [("a.py", 2, "Static gets what may be a string: title")]


def test_the_rule_knows_textuals_classes() -> None:
    """A class that is renamed would slip through."""
    places = [importlib.import_module(f"textual.widgets{name}") for name in ("", ".option_list", ".selection_list")]
    places += [
        importlib.import_module(f"textual.widgets.{name}")
        for name in ("_toggle_button", "_tabbed_content", "_collapsible", "_tooltip")
    ]
    for name in (*WIDGETS, *NEVER):
        assert any(inspect.isclass(getattr(place, name, None)) for place in places), name


@cache
def package() -> tuple[tuple[str, ast.Module], ...]:
    """(path within the package, tree) of our modules."""
    return tuple(
        (str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))
    )


def test_no_text_of_ours_is_read_as_markup() -> None:
    sources = {str(path.relative_to(PACKAGE)): path.read_text("utf-8") for path in (PACKAGE / "tui").rglob("*.py")}
    assert sources
    assert findings(sources) == []


# What else the sources must not do, and which parts may do what only they should


def in_type_checking(tree: ast.Module) -> set[int]:
    """The ids of the nodes that only a type checker sees."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {id(inner) for block in blocks for part in block.body for inner in ast.walk(part)}


@cache
def imported(tree: ast.Module) -> set[str]:
    """The first parts of the names of the modules that are imported, wherever in the module."""
    hidden = in_type_checking(tree)
    nodes = [node for node in ast.walk(tree) if id(node) not in hidden]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


@cache
def calls(tree: ast.Module) -> tuple[tuple[str, ast.Call], ...]:
    """(name of what is called, call) of all calls in a module."""
    return tuple((ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def importers(module: str) -> set[str]:
    return {path for path, tree in package() if module in imported(tree)}


def only_below(paths: set[str], *places: str) -> bool:
    return all(any(path == place or path.startswith(f"{place}/") for place in places) for path in paths)


@pytest.mark.parametrize(
    ("module", "places"),
    [
        # Its errors are what a time limit inside of a statement and a broken cache look like from outside; the crash
        # report names its version.
        ("sqlite3", ("library", "query/regex.py", "documents/cache.py", "documents/disk.py", "crash.py")),
        ("httpx", ("sources",)),
        ("socket", ("sources",)),
        ("diskcache", ("documents",)),
        ("textual", ("tui",)),
        ("rich", ("tui", "text/width.py", "text/wide.py", "commands/output.py")),
        ("subprocess", ("outside",)),
        ("platformdirs", ("paths.py",)),
        ("tomllib", ("config.py", "demo")),
        ("argparse", ("cli.py", "commands")),
        ("smtplib", ("outside/smtp.py",)),
        ("email", ("export/digest/message.py", "sources")),
    ],
)
def test_only_one_part_uses_a_library(module: str, places: tuple[str, ...]) -> None:
    found = importers(module)
    assert found, f"nothing imports {module}: does this test still look at the right thing?"
    assert only_below(found, *places), found


@pytest.mark.parametrize(
    "module", ["pickle", "shelve", "marshal", "webbrowser", "requests", "urllib3", "aiohttp", "xmlrpc", "ctypes", "pty"]
)
def test_nothing_uses_what_is_not_safe_or_not_ours(module: str) -> None:
    assert importers(module) == set()


def forbidden(tree: ast.Module) -> list[str]:
    """Calls that run text, or switch a protection off."""
    found = []
    for name, node in calls(tree):
        if name in ("eval", "exec", "compile", "__import__", "os.system", "os.popen", "input", "breakpoint"):
            found.append(name)
        for word in node.keywords:
            value = word.value.value if isinstance(word.value, ast.Constant) else ...
            if word.arg == "shell" and value is not False:
                found.append("shell=")
            if word.arg in ("verify", "trust_env") and value is False:
                found.append(f"{word.arg}=False")
            if word.arg == "ignore_errors" and name == "json.loads":
                found.append(name)
    return found


def test_nothing_runs_text_or_switches_a_protection_off() -> None:
    assert [(path, what) for path, tree in package() for what in forbidden(tree)] == []


@pytest.mark.parametrize(
    "line",
    ["eval(x)", "exec(x)", "run(x, shell=True)", "run(x, shell=y)", "httpx.Client(verify=False)", "os.system(x)"],
)
def test_what_runs_text_is_found(line: str) -> None:
    assert forbidden(ast.parse(line))


def test_only_the_command_line_prints() -> None:
    found = {path for path, tree in package() for name, _ in calls(tree) if name == "print"}
    assert only_below(found, "cli.py", "commands"), found


WRITING = re.compile(
    r"\.(write_text|write_bytes|unlink|rename|rmdir|symlink_to|hardlink_to|touch)$|^os\.(open|remove|unlink|rename|replace|truncate)$|^shutil\.(rmtree|move|copy)"
)


def written(tree: ast.Module) -> list[str]:
    """Calls that change files: by name, or `open` with a mode that is not known to be for reading."""
    found = []
    for name, node in calls(tree):
        if WRITING.search(name):
            found.append(name)
        elif name == "open" or (name.endswith(".open") and not name.endswith(("Library.open", "Desk.open"))):
            modes = node.args[1 if name == "open" else 0 :][:1] + [
                word.value for word in node.keywords if word.arg == "mode"
            ]
            if any(not isinstance(mode, ast.Constant) or set(str(mode.value)) - set("rbt") for mode in modes):
                found.append(name)
    return found


def test_only_the_stores_touch_files() -> None:
    """The user's decisions, papers and caches, and the files a user names, each have one part that writes them; the log has
    the crash report, what is being fetched its locks, PDFs their directory, notes that are being written theirs, and where a
    reader stands in a text its file."""
    found = {path for path, tree in package() if written(tree)}
    stores = ("journal", "library", "documents", "sources", "commands/writing.py")
    files = tuple(f"usecases/{name}.py" for name in ("claims", "noting", "pdfs", "places"))
    assert only_below(found, *stores, "crash.py", "cli.py", *files), found
    assert any(path.startswith("journal/") for path in found)


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text(x)",
        "path.open('w')",
        "path.open(mode='ab')",
        "open(x, 'r+')",
        "open(x, mode)",
        "path.unlink()",
        "os.open(x, y)",
    ],
)
def test_what_touches_a_file_is_found(line: str) -> None:
    assert written(ast.parse(line))


@pytest.mark.parametrize(
    "line", ["path.open()", "path.open('rb')", "open(x)", "open(x, 'r')", "path.read_text()", "Desk.open(places, x)"]
)
def test_what_only_reads_is_not(line: str) -> None:
    assert written(ast.parse(line)) == []
