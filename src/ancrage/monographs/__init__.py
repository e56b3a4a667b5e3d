"""The study's cases: written monographs, those like yours, and the choice of a panel."""
