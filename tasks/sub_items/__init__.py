"""子项: the rules, counts and acts of the parts of an indicator (`SubItem`)."""
