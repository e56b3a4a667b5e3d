"""The study's cases: written monographs, and those like yours."""
