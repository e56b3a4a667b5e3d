"""What a territory and its partners write together: a plan, its money, who answers for what."""
