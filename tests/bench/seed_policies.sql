-- 500 policies, half of them of teams, and ten answers of each host; after seed_lists.sql, where the
-- tables exist.

SET @host0 = (SELECT MIN(id) - 1 FROM hosts WHERE osquery_host_id LIKE 'seed-%');
SET @team0 = (SELECT MIN(id) - 1 FROM teams WHERE name LIKE 'Seed team %');

CREATE TABLE seed_digits (d INT NOT NULL PRIMARY KEY);
INSERT INTO seed_digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE seed_numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO seed_numbers SELECT 1 + a.d + 10 * b.d + 100 * c.d FROM seed_digits a, seed_digits b, seed_digits c;

SET @policy0 = (SELECT COALESCE(MAX(id), 0) FROM policies);
INSERT INTO policies (id, team_id, team_key, name, description, query, platform)
    SELECT @policy0 + n, IF(n <= 250, NULL, @team0 + 1 + n MOD 50), IF(n <= 250, -1, @team0 + 1 + n MOD 50),
        CONCAT('Seed policy ', LPAD(n, 3, '0')), 'For measuring', 'SELECT 1', ''
    FROM seed_numbers WHERE n <= 500;
INSERT INTO policy_membership (host_id, policy_id, passes, revision, since)
    SELECT h.id, @policy0 + 1 + (h.id + 25 * p.n) MOD 250, (h.id + p.n) MOD 7 <> 0, 1, UTC_TIMESTAMP(6)
    FROM hosts h JOIN seed_numbers p ON p.n <= 10 WHERE h.osquery_host_id LIKE 'seed-%';
INSERT INTO policy_counts (policy_id, team_key, passing, failing)
    SELECT m.policy_id, COALESCE(h.team_id, 0), SUM(m.passes), SUM(NOT m.passes)
    FROM policy_membership m JOIN hosts h ON h.id = m.host_id GROUP BY m.policy_id, COALESCE(h.team_id, 0);
INSERT INTO host_policy_state (host_id, version, failing)
    SELECT host_id, 1, SUM(NOT passes) FROM policy_membership GROUP BY host_id;

DROP TABLE seed_numbers;
DROP TABLE seed_digits;
ANALYZE TABLE policies, policy_membership, policy_counts, host_policy_state;
