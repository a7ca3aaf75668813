from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from huangshi_tasks.secret import checkout_key


def test_the_key_is_made_once_and_kept_for_us_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = checkout_key(path)
    assert len(key) >= 50
    assert checkout_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_two_checkouts_have_two_keys(tmp_path: Path) -> None:
    assert checkout_key(tmp_path / "a") != checkout_key(tmp_path / "b")


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(checkout_key, [tmp_path / "key"] * 8))
    assert len(keys) == 1
