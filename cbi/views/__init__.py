"""The pages of the app, one file each, and the few widgets that they share."""
