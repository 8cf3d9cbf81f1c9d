"""Documents as files: one content, drawn as PDF, DOCX and XLSX. The content is made in pages/_documents."""
