"""The guide of a country: profile, power, climate policy, laws and hazards."""
