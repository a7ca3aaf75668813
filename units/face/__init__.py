"""How things look and are typed in every app: marks, drawings, form fields; no tables."""
