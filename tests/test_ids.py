"""What a test is called: the same in every process that runs a part of the suite."""

import time

import pytest


@pytest.mark.parametrize("content", [time.time_ns().to_bytes(8, "big"), b"x"])
def test_bytes_are_not_part_of_a_name(request: pytest.FixtureRequest, content: bytes) -> None:
    assert request.node.name.startswith("test_bytes_are_not_part_of_a_name[content")
