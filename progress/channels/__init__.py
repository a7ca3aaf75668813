"""The channels by which messages leave: mail, SMS, robots, a webhook; watched by the office and the
administrator. The page itself (消息) is always one and needs none.
"""
