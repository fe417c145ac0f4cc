-- How many hosts there were, and how many of them online, in each hour.
-- team_key: -1 all hosts, else those of that team (0: of none).
CREATE TABLE host_history (
    team_key BIGINT NOT NULL,
    hour DATETIME(6) NOT NULL,
    total BIGINT UNSIGNED NOT NULL DEFAULT 0,
    online BIGINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (team_key, hour),
    KEY host_history_hour (hour)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Hosts are counted by version of the operating system.
ALTER TABLE hosts ADD KEY hosts_team_os (team_id, os_version, platform);
