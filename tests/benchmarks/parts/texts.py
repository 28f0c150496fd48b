"""Reading a full text: opened, moved in, looked through, at another width; beside Textual's `Markdown` in the same run.

In this process, over invented texts; the figures are CPU times, so that what else runs counts little.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Markdown
from textual.worker import Worker

from paperstui.demo.fulltext import markdown
from paperstui.documents.citations import linked
from paperstui.documents.flow import Place
from paperstui.documents.markdown import markdown_blocks, markdown_pieces
from paperstui.tui import garbage
from paperstui.tui.theme import OWN, Inks
from paperstui.tui.widgets.document_view import DocumentView
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Series, median
from tests.waiting import wait_for

SIZES, QUICK_SIZES = (20, 100, 500), (20, 100)
"""Kilobytes of the texts."""

BESIDE = 100
"""Kilobytes of the text that Textual's widget is given; with five times as many it takes half a minute."""

HELD_AT_MOST = 33.0
SCREEN = (120, 40)


class Ours(App[None]):
    """Nothing but the view."""

    def __init__(self) -> None:
        super().__init__()
        for theme in OWN:
            self.register_theme(theme)
        self.theme = OWN[0].name
        self.inks = Inks({})

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        self.inks = Inks(variables)
        return variables

    def compose(self) -> ComposeResult:
        yield DocumentView(self.aside, self.begin)

    async def aside(self, function: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(None, function)

    def begin(self, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        _worker: Worker[None] = self.run_worker(job)

    def on_mount(self) -> None:
        view = self.query_one(DocumentView)
        view.styles.height = "1fr"
        view.focus()


class Theirs(App[None]):
    """Textual's own."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown()


def measure(bench: Bench) -> Series:
    """CPU of each step for each length, and how long the event loop was held."""
    series = Series("reader")
    sizes = QUICK_SIZES if bench.quick else SIZES
    runs = 1 if bench.quick else max(3, bench.runs // 2)
    texts = {size: markdown(size * 1_000) for size in sizes}
    first: dict[int, float] = {}
    for size, text in texts.items():
        steps = [asyncio.run(_read(text)) for _ in range(runs)]
        for name in steps[0]:
            unit = "ms" if name.startswith("event loop") else "ms CPU"
            budget = HELD_AT_MOST if unit == "ms" else None
            series.middle(f"{size} kB: {name}", [step[name] for step in steps], unit=unit, papers=None, budget=budget)  # type: ignore[arg-type]
        first[size] = median([step["first screen"] for step in steps])
    beside = min(BESIDE, max(sizes))
    theirs = median([asyncio.run(_theirs(texts[beside])) for _ in range(1 if bench.quick else 2)])
    series.add(f"{beside} kB: Textual's Markdown", theirs * 1e3, "ms CPU")
    series.ratio(f"{beside} kB: first screen ÷ Textual's Markdown", first[beside], theirs, budget=0.1)
    if max(sizes) > BESIDE:
        series.ratio(f"{max(sizes)} kB: first screen ÷ {BESIDE} kB", first[max(sizes)], first[BESIDE], budget=1.5)
    return series


@asynccontextmanager
async def _running(app: App[None]) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=SCREEN) as pilot:
        await pilot.pause()
        yield pilot


async def _cpu(work: Callable[[], Awaitable[object]]) -> float:
    began = time.process_time()
    await work()
    return time.process_time() - began


async def _read(text: str) -> dict[str, float]:
    """Seconds of CPU of each step."""
    app = Ours()
    found: dict[str, float] = {}
    async with _running(app) as pilot:
        view = app.query_one(DocumentView)

        async def first() -> None:
            begins = await asyncio.get_running_loop().run_in_executor(None, lambda: next(markdown_pieces(text)))
            view.show(begins, Place(0, 0))
            await pilot.pause()

        async def whole() -> None:
            blocks = await asyncio.get_running_loop().run_in_executor(None, lambda: linked(markdown_blocks(text)))
            view.show(blocks, view.place)
            await wait_for(lambda: view.whole, "all of the text")
            await pilot.pause()

        async def page() -> None:
            view.scroll_to(view.top + view.height - 2)
            await pilot.pause()

        async def narrower() -> None:
            await pilot.resize_terminal(70, 40)
            await wait_for(lambda: view.whole and view.flow.cells <= 70, "the other width")
            await pilot.pause()

        async def look() -> None:
            view.look_for("the batch is small")
            await wait_for(lambda: not view.looking, "the places")
            await pilot.pause()

        async def end() -> None:
            view.show(blocks, Place(len(blocks) - 20, 0))
            await pilot.pause()

        garbage.seldom()
        watch = asyncio.create_task(_watch())
        found["first screen"] = await _cpu(first)
        found["all of it"] = await _cpu(whole)
        found["page down"] = await _cpu(page)
        found["find"] = await _cpu(look)
        found["another width"] = await _cpu(narrower)
        blocks = view._blocks
        found["from its end on"] = await _cpu(end)
        await wait_for(lambda: view.whole, "all of the text")
        garbage.usual()
        watch.cancel()
        found["event loop held, longest"] = (await asyncio.gather(watch, return_exceptions=True))[0].args[0]  # type: ignore[union-attr]
    return found


async def _watch() -> None:
    """Until cancelled; then it raises with the longest time that the event loop was held, in seconds of CPU of its thread."""
    longest = 0.0
    try:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.0005)
            longest = max(longest, time.thread_time() - began)
    except asyncio.CancelledError:
        raise RuntimeError(longest) from None


async def _theirs(text: str) -> float:
    app = Theirs()
    async with _running(app) as pilot:

        async def show() -> None:
            await app.query_one(Markdown).update(text)
            await pilot.pause()

        return await _cpu(show)
