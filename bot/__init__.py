"""Hiwar (حوار, "dialogue"): answers in Arabic, English and French about migration consultations."""
