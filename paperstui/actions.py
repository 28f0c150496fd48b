"""The one table of actions. Key bindings, the footer, the palette, the help screen and the README are made from it.

A key is written as a person would say it: a character ("s", "G", "["), a named key ("enter", "ctrl+d", "f5") or a chord
of several in a row ("g g", "y b").
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, NamedTuple

    Context = Literal["anywhere", "list", "detail", "text", "filter"]
else:
    from paperstui.light import NamedTuple

CONTEXTS: tuple[Context, ...] = ("anywhere", "list", "detail", "text", "filter")
"""Where keys work."""


class Action(NamedTuple):
    """One thing a user can do: its name in code and settings, its keys, where they work, and how it is shown.

    title: at most three words, for palette and footer. help: one line for the help screen and the README.
    """

    id: str
    keys: tuple[str, ...]
    context: Context
    title: str
    help: str


SECTIONS: dict[Context, str] = {
    "anywhere": "Everywhere (in the full text only u, $, g c, F9, ?, :, ^z and Q of these)",
    "list": "In the list",
    "detail": "In the paper (and r, s, a, x, e, d, o, O, c, p, P, g p, g m, y …, M …, n, N, H, L as in the list)",
    "text": "In the full text (and s, a, e, o, O, c, p, P, g p, g m, y … as in the list)",
    "filter": "In the filter bar",
}

ACTIONS: tuple[Action, ...] = (
    Action("view_1", ("1",), "anywhere", "Today", "show the papers of one day"),
    Action("view_2", ("2",), "anywhere", "Week", "show the best papers of a week"),
    Action("view_3", ("3",), "anywhere", "Month", "show the best papers of a month"),
    Action("view_4", ("4",), "anywhere", "Trending", "show what is trending on Hugging Face"),
    Action("view_5", ("5",), "anywhere", "Reading list", "show the papers you put on your reading list"),
    Action("view_6", ("6",), "anywhere", "Starred", "show the papers you starred"),
    Action("view_7", ("7",), "anywhere", "All papers", "show every paper in the library"),
    Action(
        "view_8", ("8",), "anywhere", "New on arXiv", "show the newest list of the arXiv categories that you follow"
    ),
    Action(
        "previous_period",
        ("[",),
        "anywhere",
        "Earlier",
        "go to the day, week or month before; it is fetched if it is not here yet",
    ),
    Action("next_period", ("]",), "anywhere", "Later", "go to the day, week or month after"),
    Action("latest_period", ("g t",), "anywhere", "Latest", "go to the newest day, week or month"),
    Action(
        "pick_date",
        ("g d",),
        "anywhere",
        "Go to date",
        "type a day, week or month (mon, 24.12., last week), or pick one from a calendar",
    ),
    Action("refresh", ("g r", "f5"), "anywhere", "Refresh", "fetch what is shown again now"),
    Action("show_new", ("g n",), "anywhere", "Show new papers", "take in the papers that arrived while you read"),
    Action("filter", ("/",), "anywhere", "Filter", "type words; the list follows while you type"),
    Action(
        "look_online",
        ("ctrl+o",),
        "anywhere",
        "Look online",
        "ask Hugging Face for the words of the filter, or fetch the arXiv id that it is",
    ),
    Action("undo", ("u",), "anywhere", "Undo", "take back your last decision, also after a restart"),
    Action("redo", ("ctrl+r",), "anywhere", "Redo", "bring back what you undid last"),
    Action("next_pane", ("tab",), "anywhere", "Next pane", "move between the list, the paper and the filter bar"),
    Action("previous_pane", ("shift+tab",), "anywhere", "Previous pane", "the same, backwards"),
    Action("health", ("f9",), "anywhere", "Sources", "show how it goes with Hugging Face and arXiv, and what is next"),
    Action(
        "source",
        ("$",),
        "anywhere",
        "Show LaTeX source",
        "formulas as they were written; a second time shows them rendered",
    ),
    Action("theme", ("g c",), "anywhere", "Light or dark", "switch between the light and the dark theme"),
    Action("images", ("g i",), "anywhere", "Pictures", "show the paper's first figure where the terminal can, or not"),
    Action("redraw", ("ctrl+l",), "anywhere", "Redraw", "draw the screen anew"),
    Action("suspend", ("ctrl+z",), "anywhere", "Suspend", "go back to the shell; fg returns"),
    Action("help", ("?", "f1"), "anywhere", "Help", "show all keys, and what a query can say"),
    Action("palette", (":", "ctrl+p"), "anywhere", "Palette", "find any action by name"),
    Action("back", ("q", "escape"), "anywhere", "Back", "go one level out; in the list, q leaves paperstui"),
    Action("quit", ("Q", "ctrl+c", "ctrl+q"), "anywhere", "Quit", "leave paperstui; everything is already saved"),
    Action("down", ("j", "down"), "list", "Down", "next paper"),
    Action("up", ("k", "up"), "list", "Up", "previous paper"),
    Action("top", ("g g", "home"), "list", "Top", "first paper"),
    Action("bottom", ("G", "end"), "list", "Bottom", "last paper"),
    Action("half_down", ("ctrl+d",), "list", "Half page down", "half a page down"),
    Action("half_up", ("ctrl+u",), "list", "Half page up", "half a page up"),
    Action("page_down", ("space", "ctrl+f", "pagedown"), "list", "Page down", "a page down"),
    Action("page_up", ("ctrl+b", "pageup"), "list", "Page up", "a page up"),
    Action("next_unread", ("n",), "list", "Next unread", "next paper you have not read"),
    Action("previous_unread", ("N",), "list", "Previous unread", "previous paper you have not read"),
    Action("open", ("enter", "l", "right"), "list", "Open", "go into the paper"),
    Action("read", ("r",), "list", "Mark read", "mark it read or unread, and go on to the next"),
    Action("star", ("s", "*"), "list", "Star", "star it, or take the star away"),
    Action("queue", ("a",), "list", "To reading list", "put it on your reading list, or take it off"),
    Action("queue_up", ("ctrl+up", "{"), "list", "Move up", "in the reading list: a place further up"),
    Action("queue_down", ("ctrl+down", "}"), "list", "Move down", "in the reading list: a place further down"),
    Action(
        "hide",
        ("x",),
        "list",
        "Hide",
        "hide it and go on to the next; is:hidden shows it, and the key brings it back",
    ),
    Action("note", ("e",), "list", "Note", "write a note on it, in your editor; an empty one is removed"),
    Action("changes", ("d",), "list", "What changed", "show what a new version changed in title and abstract"),
    Action("open_page", ("o",), "list", "Open page", "open its page in the browser"),
    Action("open_site", ("O",), "list", "Open site", "open its page on Hugging Face, to vote and to discuss"),
    Action("open_code", ("c",), "list", "Open code", "open its code repository"),
    Action("open_pdf", ("p",), "list", "Open PDF", "open its PDF in your viewer; it is downloaded once"),
    Action("open_pdf_page", ("P",), "list", "PDF in browser", "open its PDF in the browser"),
    Action("open_project", ("g p",), "list", "Open project", "open its project page"),
    Action("open_model", ("g m",), "list", "Open model", "open the first of the models that cite it"),
    Action("copy_link", ("y u",), "list", "Copy link", "copy the link to the paper"),
    Action("copy_id", ("y i",), "list", "Copy id", "copy the arXiv id"),
    Action("copy_title", ("y t",), "list", "Copy title", "copy the title"),
    Action("copy_bibtex", ("y b",), "list", "Copy BibTeX", "copy a BibTeX entry"),
    Action("copy_markdown", ("y m",), "list", "Copy Markdown", "copy it as an item of a Markdown list, with its links"),
    Action("copy_selection", ("y y",), "list", "Copy selection", "copy again what is selected with the mouse"),
    Action("more_org", ("M o",), "list", "More by organisation", "other papers of its organisation; q comes back"),
    Action("more_submitter", ("M s",), "list", "More by submitter", "other papers that who submitted it put there"),
    Action("more_author", ("M a",), "list", "More by author", "other papers of its first author"),
    Action("more_similar", ("M p",), "list", "Similar papers", "papers that Hugging Face's bot found similar to it"),
    Action(
        "sort_upvotes",
        ("S u",),
        "list",
        "Sort by upvotes",
        "most upvotes first; any of these a second time turns it round",
    ),
    Action("sort_published", ("S p",), "list", "Sort by published", "newest on arXiv first"),
    Action("sort_listed", ("S l",), "list", "Sort by listed", "newest on Daily Papers first"),
    Action("sort_seen", ("S n",), "list", "Sort by seen", "newest in your library first"),
    Action("sort_comments", ("S c",), "list", "Sort by comments", "most comments first"),
    Action("sort_stars", ("S s",), "list", "Sort by stars", "most stars of the code first"),
    Action("sort_momentum", ("S m",), "list", "Sort by momentum", "most upvotes gained since you last looked first"),
    Action("sort_title", ("S t",), "list", "Sort by title", "by title, A to Z"),
    Action("sort_author", ("S a",), "list", "Sort by author", "by first author, A to Z"),
    Action("sort_relevance", ("S r",), "list", "Sort by relevance", "best match of the words first"),
    Action("sort_default", ("S d",), "list", "Usual order", "the order that the view has of its own"),
    Action("sort_reverse", ("S S",), "list", "Reverse order", "turn the order of the list round"),
    Action("detail_down", ("J",), "list", "Scroll paper down", "scroll the paper without leaving the list"),
    Action("detail_up", ("K",), "list", "Scroll paper up", "scroll it back"),
    Action("turn_tab", ("L",), "list", "Paper: next tab", "the paper's next tab: summary, discussion, links, notes"),
    Action("turn_tab_back", ("H",), "list", "Paper: tab before", "the paper's tab before"),
    Action("scroll_down", ("j", "down"), "detail", "Scroll down", "a line down"),
    Action("scroll_up", ("k", "up"), "detail", "Scroll up", "a line up"),
    Action("scroll_page_down", ("space", "ctrl+f", "pagedown"), "detail", "Page down", "a page down"),
    Action("scroll_page_up", ("ctrl+b", "pageup"), "detail", "Page up", "a page up"),
    Action("scroll_half_down", ("ctrl+d",), "detail", "Half page down", "half a page down"),
    Action("scroll_half_up", ("ctrl+u",), "detail", "Half page up", "half a page up"),
    Action("scroll_top", ("g g", "home"), "detail", "Top", "to the beginning"),
    Action("scroll_bottom", ("G", "end"), "detail", "Bottom", "to the end"),
    Action("next_tab", ("l", "right"), "detail", "Next tab", "abstract, summary, discussion, links, notes"),
    Action(
        "previous_tab", ("h", "left"), "detail", "Previous tab", "the tab before; from the first one back to the list"
    ),
    Action("reload_tab", ("R",), "detail", "Reload", "ask again for what the tab shows"),
    Action("close", ("backspace",), "detail", "Back to list", "back to the list, from any tab"),
    Action("next_paper", ("ctrl+n",), "detail", "Next paper", "the next paper, without going back"),
    Action("previous_paper", ("ctrl+k",), "detail", "Previous paper", "the previous paper"),
    Action("read_full", ("enter",), "detail", "Full text", "read the full text; it is fetched when it is not here yet"),
    Action("text_down", ("j", "down"), "text", "Line down", "a line down"),
    Action("text_up", ("k", "up"), "text", "Line up", "a line up"),
    Action("text_page_down", ("space", "ctrl+f", "pagedown"), "text", "Page down", "a page down"),
    Action("text_page_up", ("ctrl+b", "pageup"), "text", "Page up", "a page up"),
    Action("text_half_down", ("ctrl+d",), "text", "Half page down", "half a page down"),
    Action("text_half_up", ("ctrl+u",), "text", "Half page up", "half a page up"),
    Action("text_top", ("g g", "home"), "text", "Beginning", "to the beginning of the text"),
    Action("text_bottom", ("G", "end"), "text", "End", "to the end of the text"),
    Action("text_outline", ("t",), "text", "Outline", "all sections, to go to one of them"),
    Action("text_next_section", ("]", "}"), "text", "Next section", "to the section after"),
    Action("text_previous_section", ("[", "{"), "text", "Section before", "to the section before"),
    Action("text_find", ("/",), "text", "Find", "find words in the text"),
    Action("text_find_next", ("n",), "text", "Next hit", "to the next place of the words"),
    Action("text_find_before", ("N",), "text", "Hit before", "to the place before"),
    Action("text_links", ("f",), "text", "Follow link", "a letter or two on each link in view: type them to go there"),
    Action(
        "text_return", ("ctrl+o",), "text", "Go back", "back to where a citation, a section or a search led away from"
    ),
    Action("text_forward", ("tab",), "text", "Go forward", "forward again to where you went back from"),
    Action(
        "text_copy",
        ("y y",),
        "text",
        "Copy paragraph",
        "copy what is selected with the mouse, else the paragraph on top",
    ),
    Action("text_fetch", ("R",), "text", "Fetch again", "ask the sources again for the text"),
    Action("text_close", ("q", "escape", "backspace"), "text", "Close", "back to the paper; the place is remembered"),
    Action("complete", ("tab",), "filter", "Complete", "take the chosen suggestion; without one, go to the list"),
    Action(
        "candidate_down",
        ("down",),
        "filter",
        "Next suggestion",
        "the suggestion below; else the query after, then the list",
    ),
    Action(
        "candidate_up",
        ("up",),
        "filter",
        "Earlier query",
        "the suggestion above; else an earlier query that begins as typed",
    ),
    Action(
        "previous_query", ("ctrl+p",), "filter", "Previous query", "an earlier query, also while there are suggestions"
    ),
    Action("next_query", ("ctrl+n",), "filter", "Next query", "the query after it, and at last what was typed"),
    Action("filter_done", ("enter",), "filter", "To the list", "keep the filter as it is typed and go to the list"),
    Action(
        "filter_clear", ("escape",), "filter", "Clear filter", "close the suggestions; without any, clear the filter"
    ),
)

ALSO_IN_DETAIL = frozenset(
    {
        "read", "star", "queue", "hide", "note", "open_page", "open_site", "open_code", "open_pdf", "open_pdf_page", "open_project",
        "open_model", "copy_link", "copy_id", "copy_title", "copy_bibtex", "copy_markdown",
        "copy_selection", "changes", "next_unread", "previous_unread", "more_org", "more_submitter", "more_author",
        "more_similar", "turn_tab", "turn_tab_back",
    }
)  # fmt: skip
"""Actions of the list that mean the shown paper and so work in the paper, too."""

ALSO_IN_TEXT = frozenset(
    {
        "star", "queue", "note", "open_page", "open_site", "open_code", "open_pdf", "open_pdf_page", "open_project",
        "open_model", "copy_link", "copy_id", "copy_title", "copy_bibtex", "copy_markdown", "undo", "theme", "source",
        "help", "health", "palette", "suspend", "quit",
    }
)  # fmt: skip
"""Those that work in its full text as well."""

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


def works_in(action: Action, context: Context) -> bool:
    """Whether an action's keys are live while a context has the focus. In the filter bar only its own keys are."""
    if context == "filter":
        return action.context == "filter" or action.id in ("next_pane", "previous_pane", "quit", "help", "look_online")
    if context == "text":
        return action.context == "text" or action.id in ALSO_IN_TEXT
    if action.context in ("anywhere", context):
        return True
    return context == "detail" and action.id in ALSO_IN_DETAIL


def keys_shown(action: Action) -> str:
    """The keys of an action as the help shows them: "g r, F5"."""
    return ", ".join(key_shown(key) for key in action.keys)


_NAMES = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
    "home": "Home", "end": "End", "backspace": "Backspace", "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip


def key_shown(key: str) -> str:
    """One key or chord as a person reads it: "ctrl+d" is "^d", "escape" is "Esc"."""
    return " ".join(_one_key_shown(part) for part in key.split(" "))


def _one_key_shown(key: str) -> str:
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key.startswith("shift+"):
        return "S-" + _one_key_shown(key.removeprefix("shift+"))
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)
