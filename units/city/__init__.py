"""名称和称谓: the place that the system serves, named by the administrator (`City`). Every page,
mail, workbook and paper takes its names and words from here.
"""
