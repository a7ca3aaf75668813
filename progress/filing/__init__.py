"""月度填报: the liaison types, the draft is kept field by field, and it is sent (`ReportVersion`,
`Reading`, `MilestoneReading`).
"""
