"""Validates PDFs as PDF/A-2a and PDF/UA-1 with the package page-validation; any failure fails.
  archives.py FILE…
"""
import sys

import page

failed = 0
for path in sys.argv[1:]:
    for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf(path, profile=profile)
        failed += not report.is_compliant
        for failure in report.failures:
            print(f"== {path}: {profile.value} {failure.rule_id}: {failure.message}")
print(f"archives: {len(sys.argv) - 1} PDFs, {failed} failed profiles")
sys.exit(failed > 0 or len(sys.argv) < 2)
