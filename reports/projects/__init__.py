"""十件实事 and the parts of a project, for everybody (`Task`, `TaskPeriod`, `SubItem`)."""
