"""子项 of an indicator on the screen and from Excel: units keep them (`SubItem`, in `tasks`)."""
