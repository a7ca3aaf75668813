"""The cast of a month serves the tests over the whole site too."""

from progress.tests.conftest import cast, plan

__all__ = ["cast", "plan"]
