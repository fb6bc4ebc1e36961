"""What is counted while the bot runs, for Prometheus; never a text, a name or a number of a person."""

from prometheus_client import Counter, Gauge

updates = Counter("hiwar_updates", "Updates taken in, by what became of them.", ["outcome"])
replies = Counter("hiwar_replies", "Attempts to send a reply, by what became of them.", ["outcome"])
deliveries = Counter("hiwar_deliveries", "Deliveries of broadcasts, by what became of them.", ["outcome"])
waiting = Gauge("hiwar_people_waiting", "Updates and replies taken in and not finished.")
