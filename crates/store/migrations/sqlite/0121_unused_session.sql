-- A session that nobody uses ends before its time: `expires_at` moves on as it is used, up to `latest_end`. Those of before end
-- when they would have ended.
ALTER TABLE session ADD COLUMN latest_end BIGINT NOT NULL DEFAULT 0;

UPDATE session SET latest_end = expires_at;
