"""Requests to a served site beside the floor, and what the machine spends on them."""
