"""What an authority can do: the six levers and nineteen tools, who may use them, under which text."""
