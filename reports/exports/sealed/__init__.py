"""审计部分 of a 归档包: log, accounts and telephones, encrypted, fetched by the auditor
(`SealedPart`).
"""
