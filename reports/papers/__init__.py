"""领导一页, 报送表 and 督办单 on paper, for leaders, units and the office (`TaskPeriod`,
`ReportVersion`, `SupervisionOrder`).
"""
