"""The year at a glance for the office and leaders: 方面, 责任矩阵, 节点 (`Area`, `Responsibility`,
`Milestone`).
"""
