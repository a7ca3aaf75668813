"""领导一页, 报送表, 督办单 and what is printed of a draft, for leaders, units and the office
(`TaskPeriod`, `ReportVersion`, `SupervisionOrder`, `NoticeDraft`).
"""
