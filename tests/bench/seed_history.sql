-- 30 days of hosts online by hour, as a working week looks, and of answers to policies; after seed_lists.sql. @hosts says how
-- many hosts there are now.

SET @hosts = COALESCE(@hosts, 100000);
CREATE TABLE seed_hours (n INT NOT NULL PRIMARY KEY);
INSERT INTO seed_hours
    SELECT a.n + 8 * b.n + 64 * c.n FROM
        (SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) a,
        (SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) b,
        (SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
            UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11) c
    WHERE a.n + 8 * b.n + 64 * c.n BETWEEN 1 AND 719;

SET @hour = CAST(DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:00:00') AS DATETIME(6));
REPLACE INTO host_history (team_key, hour, total, online)
    SELECT -1, at, FLOOR(@hosts * (1 - n / 14400)),
        FLOOR(@hosts * (1 - n / 14400) * (0.35 + 0.05 * SIN(n)
            + IF(WEEKDAY(at) < 5, 0.5, 0.08) * GREATEST(0, SIN((HOUR(at) - 6) / 14 * PI()))))
    FROM (SELECT n, @hour - INTERVAL n HOUR AS at FROM seed_hours) hours;
-- What hosts answered to policies in the same days: slowly better.
INSERT IGNORE INTO policy_history (policy_id, team_key, day, passing, failing)
    SELECT p.id, -1, DATE(@hour - INTERVAL n DAY), FLOOR(@hosts * share), @hosts - FLOOR(@hosts * share)
    FROM policies p JOIN (SELECT n, 0.93 - 0.006 * n - 0.01 * (n MOD 3) AS share FROM seed_hours WHERE n < 30) days;
DROP TABLE seed_hours;
