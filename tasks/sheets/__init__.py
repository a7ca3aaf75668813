"""What of the plan comes in as Excel: 办理方案, baselines, items."""
