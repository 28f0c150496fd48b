"""Two accounts of one paper made one, field by field. What is known is never wiped by what a source does not say."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec.structs import replace

from paperstui.models import UNTITLED, Account, Author, Organization, Paper, TextSource

_RANK = {"page": 1, "hf": 2, "arxiv": 3}
_BARE = frozenset({"page", "hf"})

_TOGETHER = frozenset(
    {
        "id",
        "title",
        "abstract",
        "text_source",
        "authors",
        "author_count",
        "organization",
        "published",
        "listed",
        "submitter",
        "summary",
        "summary_model",
        "code_url",
        "code_stars",
        "code_added_by",
        "upvoted",
        "version",
        "version_at",
    }
)
"""Fields with rules of their own. In all others the newer word counts, and the older one where the newer has none."""

_ONE_DAY = 86_400

_PLAIN = tuple(name for name in Paper.__struct_fields__ if name not in _TOGETHER)


def combined(old: Paper, new: Paper, *, newer: bool = True) -> Paper:
    """What is known of a paper when `new` is heard after `old`. The id is the old one.

    newer: False when `new` is an account from before `old`: then it only fills gaps, and brings better text.
    arXiv's text beats Hugging Face's, which has lost its `$` and backslashes; a saved page's never replaces an API's.
    Of two versions on arXiv the later one counts, whichever is heard first.
    """
    first, second = (new, old) if newer else (old, new)
    changes: dict[str, Any] = {name: _either(getattr(first, name), getattr(second, name)) for name in _PLAIN}
    changes["listed"] = max(old.listed or "", new.listed or "") or None
    changes["submitter"] = _account(first.submitter, second.submitter)
    changes["organization"] = _organization(first.organization, second.organization)
    changes.update(_text(old, new, newer=newer))
    changes.update(_version(old, new))
    changes.update(_authors(old, new, newer=newer))
    changes["published"] = _published(old, new, changes["text_source"], newer=newer)
    changes.update(_attached(first, second, "summary", ("summary_model",)))
    changes.update(_attached(first, second, "code_url", ("code_stars", "code_added_by")))
    # Only some answers say it, and none says the contrary.
    changes["upvoted"] = old.upvoted or new.upvoted
    return replace(old, **changes)


def _either(first: Any, second: Any) -> Any:  # noqa: ANN401 - the value of any field
    return second if first is None or first in ("", ()) else first


def _text(old: Paper, new: Paper, *, newer: bool) -> dict[str, Any]:
    """Title and abstract go together, because the source says how both are to be read."""
    ours, theirs = (
        (bool(paper.abstract), _RANK[paper.text_source], paper.version or 0 if old.version and new.version else 0)
        for paper in (old, new)
    )
    takes = theirs > ours or (theirs == ours and newer)
    if new.text_source == "page" and old.text_source != "page":
        takes = False
    if takes:
        return {"title": _known_title(new, old), "abstract": new.abstract, "text_source": new.text_source}
    text = {"title": _known_title(old, new), "abstract": old.abstract, "text_source": old.text_source}
    if not old.abstract and _BARE.issuperset((old.text_source, new.text_source)):
        text["abstract"] = new.abstract
    return text


def _version(old: Paper, new: Paper) -> dict[str, Any]:
    """The later version, with its date."""
    later, other = (new, old) if (new.version or 0) > (old.version or 0) else (old, new)
    dates = {later.version_at, other.version_at} - {None} if later.version == other.version else {later.version_at}
    # Of one version arXiv's list says the day and its search the second, which is the earlier.
    return {"version": later.version, "version_at": min((at for at in dates if at is not None), default=None)}


def _known_title(first: Paper, second: Paper) -> str:
    """The first title, unless it only stands for one that a source did not give."""
    return first.title if first.title not in ("", UNTITLED) else second.title


def _authors(old: Paper, new: Paper, *, newer: bool) -> dict[str, Any]:
    """The authors, with what an earlier account knew about those that the later one only names."""
    takes = bool(new.authors) and (newer or not old.authors)
    if takes and old.authors and new.text_source == "page" and old.text_source != "page":
        takes = False
    if takes:
        silent = new.text_source != "hf"
        known = _matched(old.authors, new.authors)
        authors = tuple(_author(author, one, silent=silent) for author, one in zip(new.authors, known, strict=True))
        return {"authors": authors, "author_count": new.author_count}
    if old.authors or not newer:
        return {"author_count": old.author_count if old.authors else _either(old.author_count, new.author_count)}
    return {"author_count": _either(new.author_count, old.author_count)}


def _matched(old: tuple[Author, ...], new: tuple[Author, ...]) -> list[Author | None]:
    """For each of the new authors the old one who is the same person; none where a name alone does not tell."""
    names = [author.name for author in new]
    if names == [author.name for author in old]:
        return list(old)
    counts = Counter(names) + Counter(author.name for author in old)
    # A name that each list has once.
    known = {author.name: author for author in old if counts[author.name] == 2 and author.name in names}
    return [known.get(name) if names.count(name) == 1 else None for name in names]


def _author(author: Author, known: Author | None, *, silent: bool) -> Author:
    """One author. silent: the source does not tell accounts or who is hidden, so its silence means nothing."""
    if known is None:
        return author
    affiliation = author.affiliation or known.affiliation
    if author.account or author.status:
        return author if author.affiliation == affiliation else replace(author, affiliation=affiliation)
    hidden = known.hidden if silent else author.hidden
    return (
        known
        if (known.hidden, known.affiliation) == (hidden, affiliation)
        else replace(known, hidden=hidden, affiliation=affiliation)
    )


def _published(old: Paper, new: Paper, source: TextSource, *, newer: bool) -> int | None:
    """The query API of arXiv says the second; its list and, since April 2026, Hugging Face only a day.

    source: whose text the paper has now.
    """
    if new.published is None or old.published is None:
        return old.published if new.published is None else new.published
    exact, was_exact = bool(new.published % _ONE_DAY), bool(old.published % _ONE_DAY)
    if exact != was_exact:
        return new.published if exact else old.published
    if not exact and "arxiv" in (old.text_source, new.text_source):
        # arXiv's list tells when it was announced, which is never before it was submitted.
        return min(new.published, old.published)
    # Told by the text that is kept, or hearing the same again would find other sources to choose from.
    ours, theirs = _RANK[source], _RANK[new.text_source]
    takes = theirs > ours or (theirs == ours and (newer or old.text_source != source))
    return new.published if takes else old.published


def _organization(first: Organization | None, second: Organization | None) -> Organization | None:
    if first is None or second is None or first.login != second.login:
        return first or second
    return replace(first, name=first.name or second.name, avatar=first.avatar or second.avatar)


def _account(first: Account | None, second: Account | None) -> Account | None:
    if first is None or second is None or first.login != second.login:
        return first or second
    if first.name or first.avatar or first.kind:
        return first if first.followers is not None else replace(first, followers=second.followers)
    return second


def _attached(first: Paper, second: Paper, main: str, others: tuple[str, ...]) -> dict[str, Any]:
    """A field with those that are about it, as one source said them; another that says the same adds what it knows."""
    if getattr(second, main) and not getattr(first, main):
        first, second = second, first
    value = getattr(first, main)
    same = value == getattr(second, main)
    found = {
        name: _either(getattr(first, name), getattr(second, name)) if same else getattr(first, name) for name in others
    }
    return {main: value, **found}
