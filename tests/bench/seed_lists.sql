-- A large fleet for lists to be measured on: hosts, teams, users, labels and their members, saved
-- queries, reports, software, activities. For a database that is set up and has no hosts.
-- @hosts says how many (100,000). Runs on MariaDB and MySQL; one statement ends at each ";" at the
-- end of a line.

SET @hosts = COALESCE(@hosts, 100000);
SET @now = UTC_TIMESTAMP(6);

CREATE TABLE seed_digits (d INT NOT NULL PRIMARY KEY);
INSERT INTO seed_digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE seed_numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO seed_numbers
    SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d
    FROM seed_digits a, seed_digits b, seed_digits c, seed_digits e, seed_digits f, seed_digits g
    WHERE a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d
        < GREATEST(@hosts, 100000);

SET @team0 = (SELECT COALESCE(MAX(id), 0) FROM teams);
INSERT INTO teams (id, name, description)
    SELECT @team0 + n, CONCAT('Seed team ', LPAD(n, 2, '0')), 'For measuring' FROM seed_numbers WHERE n <= 50;

SET @user0 = (SELECT MAX(id) FROM users);
INSERT INTO users (id, name, email, password_hash, global_role)
    SELECT @user0 + n, CONCAT('Seed user ', n), CONCAT('seed', n, '@example.test'), 'none',
        IF(n <= 25, ELT(1 + n MOD 5, 'admin', 'maintainer', 'technician', 'observer_plus', 'observer'), NULL)
    FROM seed_numbers WHERE n <= 50;
INSERT INTO user_teams (user_id, team_id, role)
    SELECT @user0 + u.n, @team0 + t.n, 'maintainer' FROM seed_numbers u, seed_numbers t
    WHERE u.n BETWEEN 26 AND 50 AND t.n IN (u.n, u.n - 25);

-- One host in seven is in no team.
SET @host0 = (SELECT COALESCE(MAX(id), 0) FROM hosts);
INSERT INTO hosts (id, osquery_host_id, node_key_digest, team_id, created_at, updated_at, last_enrolled_at,
        detail_updated_at, label_updated_at, refetch_requested, hostname, computer_name, display_name, uuid,
        platform, platform_like, generic_platform, osquery_version, os_version, uptime, memory, cpu_brand,
        cpu_type, cpu_physical_cores, cpu_logical_cores, hardware_vendor, hardware_model, hardware_serial,
        primary_ip, primary_mac, distributed_interval, config_tls_refresh, logger_tls_period,
        gigs_disk_space_available, percent_disk_space_available, gigs_total_disk_space, identity_changed_at)
    SELECT @host0 + n, CONCAT('seed-', n), UNHEX(SHA2(CONCAT('seed-', n), 256)),
        IF(n MOD 7 = 0, NULL, @team0 + 1 + n MOD 50),
        @now - INTERVAL (n * 7919 MOD 31536000) SECOND, @now, @now - INTERVAL (n * 7919 MOD 31536000) SECOND,
        @now - INTERVAL (n MOD 3600) SECOND, @now - INTERVAL (n MOD 3600) SECOND, 0,
        CONCAT('seed-', LPAD(n * 7919 MOD 1000003, 7, '0'), '.example.test'), CONCAT('Seed ', n),
        CONCAT('Seed ', LPAD(n * 104729 MOD 1000003, 7, '0')),
        CONCAT('5eed0000-0000-4000-8000-', LPAD(n, 12, '0')),
        ELT(1 + n MOD 10, 'darwin', 'darwin', 'darwin', 'darwin', 'windows', 'windows', 'windows', 'ubuntu', 'ubuntu', 'rhel'),
        ELT(1 + n MOD 10, 'darwin', 'darwin', 'darwin', 'darwin', 'windows', 'windows', 'windows', 'debian', 'debian', 'fedora'),
        ELT(1 + n MOD 10, 'darwin', 'darwin', 'darwin', 'darwin', 'windows', 'windows', 'windows', 'linux', 'linux', 'linux'),
        CONCAT('5.', 10 + n MOD 8, '.0'),
        ELT(1 + n MOD 10, 'macOS 14.5', 'macOS 14.6', 'macOS 15.1', 'macOS 15.1', 'Windows 11 Pro 23H2', 'Windows 11 Pro 24H2',
            'Windows 10 Pro 22H2', 'Ubuntu 22.04.4 LTS', 'Ubuntu 24.04.1 LTS', 'Red Hat Enterprise Linux 9.4'),
        n * 1000000000, 17179869184, 'Example CPU', 'x86_64', 8, 16, 'Example Inc.', CONCAT('Model ', n MOD 40),
        CONCAT('SEED', LPAD(n, 8, '0')), CONCAT('10.', n DIV 65536, '.', n DIV 256 MOD 256, '.', n MOD 256),
        '52:54:00:00:00:01', 10, 60, 10, 1 + n MOD 400, n MOD 100, 500,
        @now - INTERVAL (n MOD 3600) SECOND
    FROM seed_numbers WHERE n <= @hosts;
INSERT INTO host_seen (host_id, seen_at)
    SELECT @host0 + n, @now - INTERVAL IF(n MOD 10 < 8, n MOD 60, n MOD 5000000) SECOND FROM seed_numbers WHERE n <= @hosts;

SET @label0 = (SELECT MAX(id) FROM labels);
INSERT INTO labels (id, name, description, query, platform, label_type, membership)
    SELECT @label0 + n, CONCAT('Seed label ', LPAD(n, 3, '0')), 'For measuring', 'SELECT 1', '', 0, n MOD 2
    FROM seed_numbers WHERE n <= 200;
INSERT INTO label_membership (label_id, host_id)
    SELECT l.id, h.id FROM hosts h JOIN labels l ON l.label_type = 1
    WHERE l.name = 'All Hosts' OR (l.platform <> '' AND (l.platform = h.platform OR l.platform = h.generic_platform));
INSERT INTO label_membership (label_id, host_id)
    SELECT @label0 + l.n, @host0 + h.n FROM seed_numbers l JOIN seed_numbers h ON h.n MOD (10 + l.n) = 0
    WHERE l.n <= 200 AND h.n <= @hosts;
UPDATE labels l JOIN (SELECT label_id, COUNT(*) AS hosts FROM label_membership GROUP BY label_id) m ON m.label_id = l.id
    SET l.host_count = m.hosts;

SET @query0 = (SELECT COALESCE(MAX(id), 0) FROM queries);
INSERT INTO queries (id, team_id, team_key, name, description, query, schedule_interval, platform,
        automations_enabled, author_id, author_name, author_email)
    SELECT @query0 + n, IF(n MOD 2 = 0, NULL, @team0 + 1 + n MOD 50), IF(n MOD 2 = 0, 0, @team0 + 1 + n MOD 50),
        CONCAT('Seed query ', LPAD(n, 4, '0')), 'For measuring', 'SELECT * FROM os_version', IF(n MOD 4 = 0, 3600, 0),
        ELT(1 + n MOD 4, '', 'darwin', 'windows', 'linux'), 0, @user0, 'Ada', 'admin@example.test'
    FROM seed_numbers WHERE n <= 1000;
INSERT INTO query_aggregated_stats (query_id, system_time_p50, system_time_p95, user_time_p50, user_time_p95, total_executions)
    SELECT @query0 + n, 1, 2, 3, 4, n FROM seed_numbers WHERE n <= 1000;
-- Reports of ten queries, each with the rows of up to 5,000 hosts.
INSERT INTO query_results (query_id, host_id, last_fetched, row_count, size_bytes, rows_json)
    SELECT @query0 + 4 * q.n, @host0 + h.n, @now - INTERVAL (h.n MOD 3600) SECOND, 1, 40, '[{"name":"Example OS","version":"1.0"}]'
    FROM seed_numbers q, seed_numbers h WHERE q.n <= 10 AND h.n <= LEAST(@hosts, 5000);

-- 10,000 versions of 5,000 titles in 100 buckets; each host has one of 99 sets of two buckets. Ids
-- are chosen so that packing them (seven bits a byte, differences) takes two bytes and then ones.
INSERT INTO software_titles (id, digest, name, source)
    SELECT 1000 + n, UNHEX(MD5(CONCAT('seed title ', n))), CONCAT('seed-package-', LPAD(n, 4, '0')), 'deb_packages'
    FROM seed_numbers WHERE n <= 5000;
INSERT INTO software (id, digest, title_digest, name, version, source)
    SELECT 1000 + n, UNHEX(MD5(CONCAT('seed version ', n))), UNHEX(MD5(CONCAT('seed title ', 1 + (n - 1) DIV 2))),
        CONCAT('seed-package-', LPAD(1 + (n - 1) DIV 2, 4, '0')), CONCAT('1.', n MOD 2, '.', n MOD 10), 'deb_packages'
    FROM seed_numbers WHERE n <= 10000;
INSERT INTO software_buckets (id, digest, members)
    SELECT 200 + n, UNHEX(MD5(CONCAT('seed bucket ', n))),
        CONCAT(UNHEX(LPAD(HEX(128 | (1001 + 100 * (n - 1)) & 127), 2, '0')), UNHEX(LPAD(HEX((1001 + 100 * (n - 1)) >> 7), 2, '0')),
            REPEAT(UNHEX('01'), 99))
    FROM seed_numbers WHERE n <= 100;
INSERT INTO software_sets (id, digest, buckets)
    SELECT 200 + n, UNHEX(MD5(CONCAT('seed set ', n))),
        CONCAT(UNHEX(LPAD(HEX(128 | (200 + n) & 127), 2, '0')), UNHEX(LPAD(HEX((200 + n) >> 7), 2, '0')), UNHEX('01'))
    FROM seed_numbers WHERE n <= 99;
INSERT INTO host_software (host_id, set_id, updated_at)
    SELECT @host0 + n, 201 + n MOD 99, @now FROM seed_numbers WHERE n <= @hosts;

INSERT INTO activities (created_at, actor_id, actor_name, actor_email, activity_type, details)
    SELECT @now - INTERVAL (n * 60) SECOND, @user0, 'Ada', 'admin@example.test',
        ELT(1 + n MOD 4, 'created_saved_query', 'edited_saved_query', 'live_query', 'deleted_host'), '{"name":"seed"}'
    FROM seed_numbers WHERE n <= 100000 ORDER BY n DESC;

DROP TABLE seed_numbers;
DROP TABLE seed_digits;
ANALYZE TABLE hosts, host_seen, labels, label_membership, queries, query_results, activities, software,
    software_titles, host_software, teams, users;
