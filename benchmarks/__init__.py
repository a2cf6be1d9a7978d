"""What speed is measured by: ratios in one run, kept so that a change can be compared with the last."""
