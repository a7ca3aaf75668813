"""Lines to paragraphs and tables: joined where broken, cut where glued, columns mapped."""
