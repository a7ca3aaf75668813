"""The pages of 交办事项 and 督办单."""
