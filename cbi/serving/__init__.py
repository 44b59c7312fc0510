"""A shared server: its settings, who may reach it, how it is started, what it writes into its log."""
