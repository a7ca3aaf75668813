"""交办事项 and 督办单: the office hands over, the unit answers, objects or asks for time, the
office closes (`Instruction`, `SupervisionOrder` and their answers, requests and files).
"""
