"""The widgets, one a module. All of them draw whole lines themselves; none is mounted per paper."""
