"""People of an atelier."""

import people_here

team = people_here.team
