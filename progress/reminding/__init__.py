"""提醒: from what is open to rows of the ledger of messages and out by mail and SMS; by the
schedule, watched by the office (`Reminder`, `Message`, `PlanRule`).
"""
