"""搜索, for everybody: items and units, matters by their code, pages by name, and for the office
people (`Instruction`, `SupervisionOrder`, `Appointment`).
"""
