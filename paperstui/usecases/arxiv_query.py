"""What a user types, in the language of arXiv's search (https://info.arxiv.org/help/api/user-manual.html, 5.1)."""

from __future__ import annotations

import re
from datetime import date

from paperstui.errors import QueryError, UsageError
from paperstui.query import parse
from paperstui.query.describe import describe
from paperstui.query.tree import And, DateRange, Everything, Node, Not, Or, PaperId, Query, Text
from paperstui.query.values import resolve

_FIELDS = {"": "all", "title": "ti", "author": "au", "abstract": "abs", "cat": "cat"}
_ITS_OWN = re.compile(r"\b(?:ti|au|abs|co|jr|rn|all|submittedDate):|\bANDNOT\b")
_NOT_WORD = re.compile(r'["\\\s]+')
_OPEN = "199101010000", "210012312359"


def arxiv_query(text: str, today: date) -> str:
    """A query for arXiv. What is written in its own language already stays as it is.

    Between words without an operator arXiv puts OR; we mean AND, as everywhere.

    Raises:
        UsageError: the query is wrong, or asks for something that arXiv cannot look for.
    """
    if _ITS_OWN.search(text):
        return " ".join(text.split())
    query = parse(text)
    if query.problems:
        problem = query.problems[0]
        raise QueryError(problem.message, text, problem.start, problem.end)
    if isinstance(query.tree, Everything):
        raise UsageError("there is nothing to search for")
    return _expression(query.tree, today)


def _expression(node: Node, today: date) -> str:
    match node:
        case And(parts):
            wanted = [_inner(part, today) for part in parts if not isinstance(part, Not)]
            unwanted = [_inner(part.part, today) for part in parts if isinstance(part, Not)]
            if not wanted:
                raise UsageError("arXiv needs something to look for besides what is not wanted")
            return " ANDNOT ".join([" AND ".join(wanted), *unwanted])
        case Or(parts):
            return " OR ".join(_inner(part, today) for part in parts)
        case Text(words, field) if field in _FIELDS:
            cleaned = _NOT_WORD.sub(" ", words).strip()
            if cleaned:
                return (
                    f'{_FIELDS[field]}:"{cleaned}"' if re.search(r"[^\w.*]", cleaned) else f"{_FIELDS[field]}:{cleaned}"
                )
        case PaperId(paper_id, prefix=False):
            return f"id:{paper_id}"
        case DateRange(field="published"):
            first, last = resolve(node, today)
            begin = f"{first:%Y%m%d}0000" if first and first.year >= 1991 else _OPEN[0]
            end = f"{last:%Y%m%d}2359" if last and last.year <= 2100 else _OPEN[1]
            return f"submittedDate:[{begin} TO {end}]"
        case Not():
            raise UsageError("arXiv needs something to look for besides what is not wanted")
        case _:
            pass
    raise UsageError(
        f"arXiv cannot look for “{describe(Query(tree=node))}”: only for words, authors, categories and dates"
    )


def _inner(node: Node, today: date) -> str:
    text = _expression(node, today)
    return f"({text})" if isinstance(node, And | Or) else text
