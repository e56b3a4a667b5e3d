"""People who sign in: a base in a file, a real SMTP server, and browsers without JavaScript."""

import identity_server

import post_office

local_mail = post_office.local_mail
enter = post_office.enter
identity_provider = identity_server.identity_provider
