"""The editors' desk: the review queue, links, reuse, statistics, sources. Pages for staff; each works without JavaScript."""
