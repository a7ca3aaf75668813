"""待办: everything that a unit must do now, over every plan that is worked on, and what it has sent
on to others. Desk, digest, bell and counts ask here (`ProgressReport`, `Instruction`,
`SupervisionOrder`, `SupportRequest`, `ActionPlan`, `Milestone`, `SiteVisit`, `Responsibility`).
"""
