"""Who holds an item: officers, 分工, receipts, succession (`Portfolio`, `Responsibility`)."""
