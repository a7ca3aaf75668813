"""The commands of bin/, as far as they can be run without setting anything up."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def demo(port: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ROOT / "bin" / "demo"],
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )


def test_the_demonstration_says_that_its_port_is_taken_before_it_does_anything() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = demo(str(taken.getsockname()[1]))
    assert result.returncode != 0
    assert "已被占用" in result.stderr
    assert result.stdout == ""


def test_the_demonstration_refuses_a_port_that_is_none() -> None:
    result = demo("80a")
    assert result.returncode != 0
    assert "PORT 有误" in result.stderr


@pytest.mark.parametrize("name", ["bin/demo", "bin/test", "bin/check", ".ci/run", "manage.py"])
def test_a_command_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
