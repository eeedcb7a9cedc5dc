"""What editors do, for their programs: the desk's own verbs behind a token, at /api/v1/desk/. Nothing else under /api/ writes."""
