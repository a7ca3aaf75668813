"""Word files in the layout of GB/T 9704-2012. Pure: blocks in, bytes out; no ORM, no clock."""
