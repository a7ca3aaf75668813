"""通报, 专报, 公示稿: what the queries say (`figures`), the words of the paper, the acts."""
