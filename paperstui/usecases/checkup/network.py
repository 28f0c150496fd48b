"""Whether the home service answers. Asked only when the user wants it, and nothing of the answer is kept."""

from __future__ import annotations

import asyncio

from paperstui.errors import PaperstuiError
from paperstui.usecases.checkup.findings import Finding


def service() -> Finding:
    """The home service's answer to the smallest question there is."""
    try:
        return asyncio.run(_ask())
    except PaperstuiError as error:
        return Finding(
            id="network", state="wrong", text=str(error), advice="everything that was fetched can be read without it"
        )


async def _ask() -> Finding:
    from paperstui.sources.addresses import endpoint as endpoint_of
    from paperstui.sources.credentials import find_token
    from paperstui.sources.daily_papers import DailyPapers
    from paperstui.sources.http import Http

    token, notice = find_token()
    async with Http(endpoint_of(), token=token) as http:
        found = await DailyPapers(http).fetch_latest()
    who = "with your token" if token else "without a token"
    text = f"{http.endpoint} answers {who}: {len(found.batch.items)} papers on {found.period}"
    return Finding(id="network", state="note" if notice else "ok", text=text, advice=notice)
