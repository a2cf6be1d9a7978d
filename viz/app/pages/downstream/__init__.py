"""What breaks downstream? Limits, queues and clocks."""
