"""Files that come in and go out: judged, scanned, kept, previewed, handed out; approvals with
their scan (`Approval`).
"""
