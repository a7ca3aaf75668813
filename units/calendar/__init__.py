"""Working days: the office enters the yearly notice of holidays (`CalendarDay`)."""
