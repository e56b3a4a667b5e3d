"""The rule language: parse, check, evaluate, explain. Aids, levers and procurement share it."""
