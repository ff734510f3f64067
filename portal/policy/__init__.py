"""What an organisation promises: its policy, its keys, its clocks."""
