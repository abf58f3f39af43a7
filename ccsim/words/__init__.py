"""Figures and findings in words: what terminal and report alike say, so no face itself."""
