"""填报 in Excel: the unit downloads its rows, fills them in and sends them back (`SheetUpload`,
`ReportVersion`).
"""
