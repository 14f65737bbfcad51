"""Words, numbers, dates and sentences in Kazakh, Russian and English."""
