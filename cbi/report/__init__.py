"""Reports: a city's assessment as PDF, as open data, as a reproducible packet, and for the platform.

>>> from cbi.report import report_content, write_pdf
>>> from cbi.tables import read_table
>>> from pathlib import Path
>>> years = read_table(Path("data/demo/example-city.csv")).assessments
>>> write_pdf(report_content(years, years[-1]))[:5]
b'%PDF-'
"""

from cbi.report.building import report_content
from cbi.report.content import Report
from cbi.report.datapackage import write_datapackage
from cbi.report.licences import LICENCES
from cbi.report.packet import Packet, PacketError, read_packet, write_packet
from cbi.report.pdf import Form, NoIndicatorError, Paper, draw_pages, write_pdf
from cbi.report.plain import Action, Said, SourceDetail, SourceFile
from cbi.report.platform import PlatformChapter, platform_chapter

__all__ = [
    "LICENCES",
    "Action",
    "Form",
    "NoIndicatorError",
    "Packet",
    "PacketError",
    "Paper",
    "PlatformChapter",
    "Report",
    "Said",
    "SourceDetail",
    "SourceFile",
    "draw_pages",
    "platform_chapter",
    "read_packet",
    "report_content",
    "write_datapackage",
    "write_packet",
    "write_pdf",
]
