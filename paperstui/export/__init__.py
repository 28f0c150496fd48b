"""Papers in the forms that other programs read: citations, links, JSON. One module a format; all of them are pure."""
