"""The panels of the workload."""
