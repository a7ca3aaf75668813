"""工作日调整: due days that were stored before the working days changed, moved by the office in one
step with a notice to all concerned (`Period`, `ProgressReport`, `Instruction`, `SupervisionOrder`).
"""
