"""Who acts: people, the organisations they belong to, the roles they hold, and what each role may do."""
