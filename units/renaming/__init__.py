"""更名: a unit's name holds from a day on; administrator and 督查室 register it (`UnitName`)."""
