"""What is judged of events: factuality, voice, date, place, commitments."""
