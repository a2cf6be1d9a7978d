"""Does the memo arrive? One live run."""
