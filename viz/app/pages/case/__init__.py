"""Why this decision? One case before every desk."""
