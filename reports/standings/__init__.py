"""单位推进情况: units by countable facts, a draft of the office until it is approved, then frozen
(`Standing`).
"""
