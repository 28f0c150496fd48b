"""A digest as HTML for mail readers: one column, styles on the elements themselves, nothing from elsewhere.

Mail readers take their own colours in light and in dark, and some turn round those of a message. So none are set here:
text, background and links have the reader's own, and what is to stand back is translucent. `color-scheme` tells
browsers, and the readers that know it, that dark is fine.
"""

from __future__ import annotations

from html import escape

from paperstui.export.digest.content import Digest, Story, headline, intro, remarks

_FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_QUIET = "opacity:.72"  # contrast above 7:1 for black on white and for white on black
_RULE = "border-top:1px solid rgba(128,128,128,.4)"
_BODY = f"margin:0;padding:0;{_FONT};font-size:16px;line-height:1.5"
_COLUMN = "max-width:40em;margin:0 auto;padding:24px 16px 32px;overflow-wrap:break-word;word-break:break-word"
_STORY = f"margin:0;padding:20px 0 18px;{_RULE}"
_CODE = "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px"


def as_html(digest: Digest) -> str:
    """The digest as a whole HTML document."""
    body = [
        f'<h1 style="margin:0;font-size:24px;line-height:1.25">{escape(headline(digest))}</h1>',
        f'<p dir="auto" style="margin:4px 0 22px;font-size:14px;{_QUIET}">{escape(intro(digest))}</p>',
        *(_story(number, story) for number, story in enumerate(digest.stories, 1)),
        *(_remark(words, command) for words, command in remarks(digest)),
    ]
    if digest.command:
        body.append(_small(f'Made by <span style="{_CODE}">{escape(digest.command)}</span>'))
    return (
        '<!DOCTYPE html>\n<html lang="en" style="color-scheme:light dark">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{escape(headline(digest))}</title>\n</head>\n"
        f'<body style="{_BODY}">\n<div style="{_COLUMN}">\n' + "\n".join(body) + "\n</div>\n</body>\n</html>\n"
    )


def _story(number: int, story: Story) -> str:
    title = escape(story.title)
    if story.url:
        title = f'<a href="{escape(story.url)}" style="color:inherit;text-decoration:none">{title}</a>'
    title = f'<span style="font-weight:normal;{_QUIET}">{number}.</span> {title}'
    parts = [f'<h2 dir="auto" style="margin:0;font-size:18px;line-height:1.35">{title}</h2>']
    if about := _about(story):
        parts.append(f'<p dir="auto" style="margin:4px 0 0;font-size:14px">{about}</p>')
    if story.text:
        parts.append(f'<p dir="auto" style="margin:8px 0 0">{escape(story.text)}</p>')
    if story.links:
        links = " &nbsp; ".join(f'<a href="{escape(link.url)}">{escape(link.name)}</a>' for link in story.links)
        parts.append(f'<p style="margin:8px 0 0;font-size:14px">{links}</p>')
    return f'<div style="{_STORY}">\n' + "\n".join(parts) + "\n</div>"


def _about(story: Story) -> str:
    counts = f"<b>{escape(story.counts)}</b>" if story.counts else ""
    people = f'<span style="{_QUIET}">{escape(story.people)}</span>' if story.people else ""
    return " &nbsp; ".join(part for part in (counts, people) if part)


def _remark(words: str, command: str) -> str:
    return f'<p style="margin:0;padding:14px 0;{_RULE};font-size:14px">{escape(words)}<br>{_coded(command)}</p>'


def _small(inner: str) -> str:
    return f'<p style="margin:0;padding:14px 0 0;{_RULE};font-size:13px;{_QUIET}">{inner}</p>'


def _coded(command: str) -> str:
    return f'<span style="{_CODE}">{escape(command)}</span>'
