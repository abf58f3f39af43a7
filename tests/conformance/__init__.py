"""Centres with known answers, simulated through the public scenario language and compared as statistics."""
