"""From a read notice to rows of the plan, the only bridge to the ORM (`Plan` and all below it)."""
