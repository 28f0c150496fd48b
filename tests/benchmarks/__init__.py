"""How fast the reader is, measured as a person would feel it: in a real pseudo-terminal, beside a bare Textual app.

`python -m tests.benchmarks` prints one table of figures with their budgets. An absolute time means little on a shared
machine, so most budgets are ratios to something measured in the same run, with the commands taking turns.
"""
