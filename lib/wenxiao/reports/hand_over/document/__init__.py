"""`report.docx`, shown to people as 评价报告.docx (`report`), and what a season hands out in Word (`notice`)."""
