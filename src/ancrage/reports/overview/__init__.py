"""The overview of a territory told: its sheet, its document, the words its page and its papers share."""
