"""核查: the office draws, plans, records what was found, follows what is mended (`SiteVisit`)."""
