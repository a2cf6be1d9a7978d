"""The decision rule and the columns that it reads."""
