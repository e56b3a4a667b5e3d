"""Methods, glossary, sources in words, accessibility, legal notice: the documentation as pages."""
