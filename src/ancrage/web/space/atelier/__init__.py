"""The pages of an atelier."""
