"""One ledger a module: title, columns, rows."""
