"""The channels by which messages leave (`Delivery`): mail, SMS, robots, a webhook; watched by the
office and the administrator. The page 消息 is always one and needs none.
"""
