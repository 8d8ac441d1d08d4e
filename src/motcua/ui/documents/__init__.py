"""Documents: a table with its head as XLSX, CSV, PDF or PNG, and pages set for print.

Knows no domain: rooms describe what stands in a document (`sheets`, `blocks`).
"""
