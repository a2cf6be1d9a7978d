"""What breaks downstream? Limits, queues, families and clocks."""
