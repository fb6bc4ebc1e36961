-- name: count_feedback(entry, locale, verdict, day)!
INSERT INTO feedback (entry, locale, verdict, day, times) VALUES (:entry, :locale, :verdict, :day, 1)
ON CONFLICT (entry, locale, verdict, day) DO UPDATE SET times = feedback.times + 1;

-- name: sum_feedback()
SELECT entry, locale, verdict, sum(times) FROM feedback GROUP BY entry, locale, verdict ORDER BY entry, locale, verdict;
