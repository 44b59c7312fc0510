"""The commands of ``python -m cbi``, a file for those that belong together."""
