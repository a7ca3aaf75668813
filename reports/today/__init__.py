"""督查室 of today, for the office: what must be done now, over every plan that is worked on
(`ProgressReport`, `Milestone`, `Instruction`, `SupervisionOrder`, `SiteVisit`, `Adjustment`, …).
"""
