"""A day: queues, work, routes, resources, and what directives change."""
