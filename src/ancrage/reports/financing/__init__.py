"""A financing plan told: rules, budget in the national form, cash."""
