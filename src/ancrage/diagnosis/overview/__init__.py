"""A territory in one screen: what covers it, who is there, what to do, whom to call, what opens."""
