"""Facts a rule may speak of, declared once: type, unit, question in French, where the value comes from."""
