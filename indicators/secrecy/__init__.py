"""Disclosure control: which counts are secret, what else must be hidden with them, and what an attacker could compute.

Plain calculation without Django. `rules` decides what is secret, `suppression` what is hidden beside it (`rounding` is
the alternative), `attack` computes from what is public how closely hidden values can be known. The rules stand in
docs/methods.md, the algorithm in docs/adr/.
"""
