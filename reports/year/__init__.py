"""The year at a glance: 方面, 责任矩阵, 节点."""
