"""我的工作台 and the page of a unit: what waits for whom."""
