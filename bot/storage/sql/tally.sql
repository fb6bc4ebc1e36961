-- name: count_tally(day, locale, what, detail)!
INSERT INTO tally (day, locale, what, detail, times) VALUES (:day, :locale, :what, :detail, 1)
ON CONFLICT (day, locale, what, detail) DO UPDATE SET times = tally.times + 1;

-- name: sum_tally(since)
SELECT locale, what, detail, sum(times) FROM tally WHERE day >= :since
GROUP BY locale, what, detail ORDER BY locale, what, detail;
