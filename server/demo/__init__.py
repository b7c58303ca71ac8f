"""A fictional caseload, written by invented workers and sent through the exchange that phones use."""
