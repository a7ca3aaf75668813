"""十件实事 and the parts of a project."""
