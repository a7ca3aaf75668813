"""Blocks by name, for the page that shows a paper as it will print."""

from __future__ import annotations

from dataclasses import dataclass

from reports.word.blocks import Block, Paper


@dataclass(frozen=True)
class NamedBlock:
    """`name` is the block's class in small letters: masthead, title, …"""

    name: str
    block: Block


def named_blocks(paper: Paper) -> list[NamedBlock]:
    return [NamedBlock(type(block).__name__.lower(), block) for block in paper.blocks]
