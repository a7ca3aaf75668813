"""The door for other systems: `/api/v1/` hands out what the pages show, as JSON, to whoever may see
it there (`BoardRow`, `Period`, `Designation`, `Instruction`, `SupervisionOrder`, `Bulletin`).

The shapes of the answers (`shapes`) are what is encoded and what the OpenAPI says of them.
"""
