"""Tests of 启用检查 and 启用."""
