-- Activities: where they came from, and the audit log; packs; the organisation's logo.

-- streamed: 0 not yet in the audit log, 1 there, 2 on its way (is looked for there after a crash).
ALTER TABLE activities
    ADD COLUMN actor_ip VARCHAR(64) NULL,
    ADD COLUMN actor_api_only TINYINT(1) NOT NULL DEFAULT 0,
    ADD KEY activities_streamed (streamed, id);

-- pack_type: NULL made by people; others belong to the server and cannot be deleted.
CREATE TABLE packs (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    description MEDIUMTEXT NOT NULL,
    platform VARCHAR(255) NOT NULL DEFAULT '',
    disabled TINYINT(1) NOT NULL DEFAULT 0,
    pack_type VARCHAR(64) NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY packs_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A pack reaches the hosts of any of its targets.
CREATE TABLE pack_labels (
    pack_id BIGINT UNSIGNED NOT NULL,
    label_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (pack_id, label_id),
    KEY pack_labels_label (label_id),
    CONSTRAINT pack_labels_pack_fk FOREIGN KEY (pack_id) REFERENCES packs (id) ON DELETE CASCADE,
    CONSTRAINT pack_labels_label_fk FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE pack_hosts (
    pack_id BIGINT UNSIGNED NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (pack_id, host_id),
    KEY pack_hosts_host (host_id),
    CONSTRAINT pack_hosts_pack_fk FOREIGN KEY (pack_id) REFERENCES packs (id) ON DELETE CASCADE,
    CONSTRAINT pack_hosts_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE pack_teams (
    pack_id BIGINT UNSIGNED NOT NULL,
    team_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (pack_id, team_id),
    KEY pack_teams_team (team_id),
    CONSTRAINT pack_teams_pack_fk FOREIGN KEY (pack_id) REFERENCES packs (id) ON DELETE CASCADE,
    CONSTRAINT pack_teams_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE pack_queries (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pack_id BIGINT UNSIGNED NOT NULL,
    query_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(255) NOT NULL,
    description MEDIUMTEXT NOT NULL,
    schedule_interval INT UNSIGNED NOT NULL DEFAULT 0,
    snapshot TINYINT(1) NULL,
    removed TINYINT(1) NULL,
    denylist TINYINT(1) NULL,
    shard TINYINT UNSIGNED NULL,
    platform VARCHAR(255) NULL,
    version VARCHAR(64) NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY pack_queries_name (pack_id, name),
    KEY pack_queries_query (query_id),
    CONSTRAINT pack_queries_pack_fk FOREIGN KEY (pack_id) REFERENCES packs (id) ON DELETE CASCADE,
    CONSTRAINT pack_queries_query_fk FOREIGN KEY (query_id) REFERENCES queries (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- mode: light or dark.
CREATE TABLE org_logos (
    mode VARCHAR(8) NOT NULL PRIMARY KEY,
    content_type VARCHAR(32) NOT NULL,
    image MEDIUMBLOB NOT NULL,
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
