"""签发前核对: one short list of what is wrong on a paper before it is signed, answered by the
office line by line or group by group; without the answers it is neither signed nor issued
(`Bulletin`).
"""
