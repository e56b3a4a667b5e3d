"""The watch of terms told."""
