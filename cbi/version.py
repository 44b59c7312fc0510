"""The version of the program, as packets and reports name it."""

VERSION = "0.1.0"
