"""The assistant: few questions, aids that settle as one answers, all of it in the address."""
