"""Workbooks: the template that departments fill, and the export of what a city answered.

The template is laid out as data first (:mod:`cbi.workbook.layout`), then drawn (:mod:`cbi.workbook.template`). What
reads it back looks the codes of the layout up. Nothing here is imported before it is used: openpyxl loads slowly.
"""
