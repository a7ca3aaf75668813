"""单位推进情况: units by countable facts, a draft until it is approved, then frozen."""
