"""What breaks downstream? Limits, queues, families and clocks."""

from viz.app.pages.downstream.page import DownstreamPage

__all__ = ["DownstreamPage"]
