"""People of an atelier, and where their messages arrive."""

import people_here

import post_office

team = people_here.team
local_mail = post_office.local_mail
