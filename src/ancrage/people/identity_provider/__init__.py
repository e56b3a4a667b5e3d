"""An OpenID Connect provider such as ProConnect, whose userinfo is signed: all it says is verified."""
