"""登录保护: the second factor. Every person sets up the own one, or has it reset by a second person
(`otp_totp.TOTPDevice`, `OneTimeCode`, `Certificate`).
"""
