"""Pages kept on the server for as long as nothing they show was written, with gaps for what is a
person's own; no tables.
"""
