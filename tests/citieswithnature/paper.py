"""Setting the invented profile as a PDF, the way a printed profile looks: big headings, wrapped text, pages."""

import io
import re

from reportlab.lib.pagesizes import A5
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=9)
ASIAN = ParagraphStyle("asian", parent=BODY, fontName="STSong-Light", wordWrap="CJK")
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=12, leading=15)
LABEL = ParagraphStyle("label", parent=BODY, fontName="Helvetica-Bold")

LABELS = ("Baseline:", "Target:", "Commitment Made:", "Description of how city is taking action")


def _number(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A5[0] / 2, 20, str(document.page))


def profile_pdf(lines, titles=(), encrypt=None, size=A5):
    """Set lines as a PDF; ``titles`` in bold and larger, long text wrapped, a number at the foot of each page."""
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=size, encrypt=encrypt, leftMargin=60, rightMargin=60, invariant=1)
    story = []
    for line in filter(str.strip, lines):
        style = TITLE if line in titles else LABEL if line in LABELS else BODY
        if re.search(r"[\u3000-\u9fff]", line):
            style = ASIAN
        marked = re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", line.replace("&", "&amp;"))
        story.append(Paragraph(marked, style))
    document.build(story, onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


def locked(lines):
    """A PDF that opens with a password only."""
    return profile_pdf(lines, encrypt=StandardEncryption("secret", canPrint=0))


def picture_pdf():
    """A PDF that holds shapes and no text."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 200, 300, fill=1)
    canvas.save()
    return out.getvalue()


def many_pages(count):
    """A PDF of empty pages."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    return out.getvalue()
