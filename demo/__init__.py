"""The sample year (示例): people, parts of targets, and reports walked through the real workflow.

`load.load_sample` writes everything in one transaction. Figures that were published are data in
`fixtures/sample_2022.json`; every other figure and every text is made up and marked 示例.
"""
