"""The commands: each prints what it did and returns an exit status. Messages and progress go to standard error."""
