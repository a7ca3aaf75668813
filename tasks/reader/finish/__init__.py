"""From the draft of a style to the reading: who answers by which rule, doubts, spans, the plan."""
