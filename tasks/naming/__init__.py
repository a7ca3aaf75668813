"""相关… and …成员单位: who is meant is proposed, confirmed, corrected (`Naming`, `Designation`)."""
