"""« Demander un appui » : telling a need, following it; a support answers by its link."""
