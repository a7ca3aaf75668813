"""领导一页, 报送表 and 督办单 on paper."""
