"""总览 and 大屏: one page for leaders (`TaskPeriod`)."""
