"""`report.docx`, shown to people as 评价报告.docx."""

from wenxiao.reports.hand_over.document.report import document

__all__ = ["document"]
