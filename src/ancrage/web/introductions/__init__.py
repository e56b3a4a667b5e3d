"""« Être mis en relation »: asking from the space, answering from it or by the link of a message."""
