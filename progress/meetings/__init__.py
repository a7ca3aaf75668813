"""调度会: the office prepares a meeting by risk, writes down what is decided on each item, then
sends all of it out as 交办事项 (`Meeting`, `MeetingDecision`).
"""
