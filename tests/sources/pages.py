"""Copied pages of invented papers, in the forms in which browsers and people copy them."""

from __future__ import annotations

from datetime import date, datetime, timezone

from paperstui.models import Item

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADER = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

"""
FOOTER = """
System theme

Company
TOS
Privacy
About
Careers

Website
Models
Datasets
Spaces
Pricing
Docs
"""


def shown(day: date, page: date) -> str:
    """A date as the site writes it on a page of a day."""
    text = f"{MONTHS[day.month - 1]} {day.day}"
    return text if day.year == page.year else f"{text}, {day.year}"


def published(item: Item) -> date:
    assert item.paper.published is not None
    return datetime.fromtimestamp(item.paper.published, timezone.utc).date()


def found_block(item: Item, page: date, *, organization: bool) -> str:
    """A paper as the site's list with abstracts shows it."""
    paper = item.paper
    if organization and paper.organization is not None:
        about = f"{paper.organization.login} {paper.organization.shown}"
    else:
        about = f"  • {len(paper.authors)} authors"
    comments = f" {paper.comments}" if paper.comments else ""
    return f"{paper.title}\n\n{one_line(item)}\n\n{about}\n·\n{shown(published(item), page)}{comments}\n\n"


def card(item: Item, *, organization: bool = False) -> str:
    """A paper as the site's front page shows it: without abstract and date."""
    paper = item.paper
    shown_by = (
        f"{paper.organization.login} {paper.organization.shown}\n\n" if organization and paper.organization else ""
    )
    submitter = paper.submitter.login if paper.submitter else "nobody"
    comments = f"·\n{paper.comments}\n" if paper.comments else ""
    before = f"Submitted by\n\n{submitter}\n\n{paper.upvotes}"
    return f"{before}\n\n{paper.title}\n\n{shown_by}·\n{len(paper.authors)} authors\n{comments}\n"


def one_line(item: Item) -> str:
    return item.paper.abstract.replace("\n", " ")
