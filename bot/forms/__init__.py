"""XLSForm questionnaires as pure functions: a form and a session in, the next question and events out."""
