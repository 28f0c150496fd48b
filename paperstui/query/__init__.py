"""The one query language of the filter bar, the command line, views and rules: from text to a tree to SQL.

    query = parse('title:diffusion -survey is:unread upvotes:>50 sort:upvotes')
    found = compile_query(query, today=clock.today(), base=TODAY)
    rowids = connection.execute(found.sql + " LIMIT ?", (*found.params, 60))

Nothing here touches a database, a clock or a screen. `parse` never raises: `query.problems` names what makes no sense.
"""

from __future__ import annotations

from paperstui.query.compile import Compiled, compile_query
from paperstui.query.parser import parse
from paperstui.query.tree import Problem, Query
from paperstui.query.views import VIEWS, View, view_named

__all__ = ["VIEWS", "Compiled", "Problem", "Query", "View", "compile_query", "parse", "view_named"]
