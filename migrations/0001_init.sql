-- The first schema. Runs on MariaDB 10.6+ and MySQL 8+. Times are UTC.

CREATE TABLE teams (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    description VARCHAR(1023) NOT NULL DEFAULT '',
    config MEDIUMTEXT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY teams_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE users (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    email VARCHAR(255) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    global_role VARCHAR(32) NULL,
    position VARCHAR(255) NOT NULL DEFAULT '',
    gravatar_url VARCHAR(1023) NOT NULL DEFAULT '',
    sso_enabled TINYINT(1) NOT NULL DEFAULT 0,
    mfa_enabled TINYINT(1) NOT NULL DEFAULT 0,
    api_only TINYINT(1) NOT NULL DEFAULT 0,
    force_password_reset TINYINT(1) NOT NULL DEFAULT 0,
    settings MEDIUMTEXT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY users_email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE user_teams (
    user_id BIGINT UNSIGNED NOT NULL,
    team_id BIGINT UNSIGNED NOT NULL,
    role VARCHAR(32) NOT NULL,
    PRIMARY KEY (user_id, team_id),
    KEY user_teams_team (team_id),
    CONSTRAINT user_teams_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT user_teams_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Tokens are known by digest only.
CREATE TABLE sessions (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT UNSIGNED NOT NULL,
    token_digest BINARY(32) NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    accessed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY sessions_token (token_digest),
    KEY sessions_user (user_id),
    CONSTRAINT sessions_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Admins may read enroll secrets back, so the text is kept; the digest is what enrolment looks up.
CREATE TABLE enroll_secrets (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    secret VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    secret_digest BINARY(32) NOT NULL,
    team_id BIGINT UNSIGNED NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY enroll_secrets_digest (secret_digest),
    KEY enroll_secrets_team (team_id),
    CONSTRAINT enroll_secrets_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One row; `version` rises with each change, so that caches know.
CREATE TABLE app_config (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    config MEDIUMTEXT NOT NULL,
    version BIGINT UNSIGNED NOT NULL DEFAULT 1,
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Names and addresses are copied: they stay when the user is deleted.
CREATE TABLE activities (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    actor_id BIGINT UNSIGNED NULL,
    actor_name VARCHAR(255) NULL,
    actor_email VARCHAR(255) NULL,
    activity_type VARCHAR(64) NOT NULL,
    details MEDIUMTEXT NULL,
    fleet_initiated TINYINT(1) NOT NULL DEFAULT 0,
    streamed TINYINT(1) NOT NULL DEFAULT 0,
    KEY activities_created (created_at),
    KEY activities_type (activity_type, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE host_activities (
    host_id BIGINT UNSIGNED NOT NULL,
    activity_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (host_id, activity_id),
    KEY host_activities_activity (activity_id),
    CONSTRAINT host_activities_fk FOREIGN KEY (activity_id) REFERENCES activities (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- `identity_changed_at` moves when something changes that check-ins keep in memory (node key,
-- team, platform, intervals, refetch): other instances read it to catch up.
CREATE TABLE hosts (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    osquery_host_id VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    node_key_digest BINARY(32) NULL,
    orbit_node_key_digest BINARY(32) NULL,
    team_id BIGINT UNSIGNED NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    identity_changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    last_enrolled_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    detail_updated_at DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00',
    label_updated_at DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00',
    policy_updated_at DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00',
    refetch_requested TINYINT(1) NOT NULL DEFAULT 1,
    hostname VARCHAR(255) NOT NULL DEFAULT '',
    computer_name VARCHAR(255) NOT NULL DEFAULT '',
    display_name VARCHAR(255) NOT NULL DEFAULT '',
    uuid VARCHAR(255) NOT NULL DEFAULT '',
    platform VARCHAR(64) NOT NULL DEFAULT '',
    platform_like VARCHAR(255) NOT NULL DEFAULT '',
    generic_platform VARCHAR(16) NOT NULL DEFAULT '',
    osquery_version VARCHAR(64) NOT NULL DEFAULT '',
    os_version VARCHAR(255) NOT NULL DEFAULT '',
    build VARCHAR(255) NOT NULL DEFAULT '',
    code_name VARCHAR(255) NOT NULL DEFAULT '',
    uptime BIGINT NOT NULL DEFAULT 0,
    last_restarted_at DATETIME(6) NULL,
    memory BIGINT NOT NULL DEFAULT 0,
    cpu_type VARCHAR(255) NOT NULL DEFAULT '',
    cpu_subtype VARCHAR(255) NOT NULL DEFAULT '',
    cpu_brand VARCHAR(255) NOT NULL DEFAULT '',
    cpu_physical_cores INT NOT NULL DEFAULT 0,
    cpu_logical_cores INT NOT NULL DEFAULT 0,
    hardware_vendor VARCHAR(255) NOT NULL DEFAULT '',
    hardware_model VARCHAR(255) NOT NULL DEFAULT '',
    hardware_version VARCHAR(255) NOT NULL DEFAULT '',
    hardware_serial VARCHAR(255) NOT NULL DEFAULT '',
    public_ip VARCHAR(64) NOT NULL DEFAULT '',
    primary_ip VARCHAR(64) NOT NULL DEFAULT '',
    primary_mac VARCHAR(32) NOT NULL DEFAULT '',
    distributed_interval INT UNSIGNED NOT NULL DEFAULT 0,
    config_tls_refresh INT UNSIGNED NOT NULL DEFAULT 0,
    logger_tls_period INT UNSIGNED NOT NULL DEFAULT 0,
    gigs_disk_space_available DOUBLE NOT NULL DEFAULT 0,
    percent_disk_space_available DOUBLE NOT NULL DEFAULT 0,
    gigs_total_disk_space DOUBLE NOT NULL DEFAULT 0,
    gigs_all_disk_space DOUBLE NULL,
    disk_encrypted TINYINT(1) NULL,
    duplicate_identity TINYINT(1) NOT NULL DEFAULT 0,
    UNIQUE KEY hosts_osquery_host_id (osquery_host_id),
    UNIQUE KEY hosts_node_key (node_key_digest),
    UNIQUE KEY hosts_orbit_node_key (orbit_node_key_digest),
    KEY hosts_identity_changed (identity_changed_at),
    KEY hosts_team (team_id, display_name),
    KEY hosts_display_name (display_name),
    KEY hosts_hostname (hostname),
    KEY hosts_uuid (uuid),
    KEY hosts_serial (hardware_serial),
    KEY hosts_platform (platform),
    KEY hosts_created (created_at),
    CONSTRAINT hosts_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Written every few minutes from memory; by itself, so that it never touches the wide row.
CREATE TABLE host_seen (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    seen_at DATETIME(6) NOT NULL,
    KEY host_seen_at (seen_at),
    CONSTRAINT host_seen_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which installations (osquery instance ids) have enrolled under an identifier: two that alternate
-- are two machines that share an identity.
CREATE TABLE host_identities (
    identifier VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    instance_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    enrolled_at DATETIME(6) NOT NULL,
    PRIMARY KEY (identifier, instance_id),
    KEY host_identities_host (host_id),
    CONSTRAINT host_identities_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Lets other instances forget a host whose deletion message they missed.
CREATE TABLE host_deletions (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host_id BIGINT UNSIGNED NOT NULL,
    deleted_at DATETIME(6) NOT NULL,
    KEY host_deletions_at (deleted_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Digest of the last answer per kind of inventory; equal digest: nothing is written.
CREATE TABLE host_digests (
    host_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(32) NOT NULL,
    digest BINARY(16) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (host_id, kind),
    CONSTRAINT host_digests_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE host_users (
    host_id BIGINT UNSIGNED NOT NULL,
    uid BIGINT NOT NULL,
    username VARCHAR(255) NOT NULL,
    user_type VARCHAR(64) NOT NULL DEFAULT '',
    groupname VARCHAR(255) NOT NULL DEFAULT '',
    shell VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (host_id, uid, username),
    CONSTRAINT host_users_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE host_batteries (
    host_id BIGINT UNSIGNED NOT NULL,
    serial_number VARCHAR(255) NOT NULL,
    cycle_count INT NOT NULL DEFAULT 0,
    health VARCHAR(40) NOT NULL DEFAULT '',
    PRIMARY KEY (host_id, serial_number),
    CONSTRAINT host_batteries_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE host_certificates (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host_id BIGINT UNSIGNED NOT NULL,
    sha1 VARCHAR(64) NOT NULL,
    common_name VARCHAR(255) NOT NULL DEFAULT '',
    subject VARCHAR(1023) NOT NULL DEFAULT '',
    issuer VARCHAR(1023) NOT NULL DEFAULT '',
    key_algorithm VARCHAR(255) NOT NULL DEFAULT '',
    key_strength INT NOT NULL DEFAULT 0,
    key_usage VARCHAR(255) NOT NULL DEFAULT '',
    signing_algorithm VARCHAR(255) NOT NULL DEFAULT '',
    serial VARCHAR(255) NOT NULL DEFAULT '',
    certificate_authority TINYINT(1) NOT NULL DEFAULT 0,
    not_valid_before DATETIME(6) NULL,
    not_valid_after DATETIME(6) NULL,
    source VARCHAR(16) NOT NULL DEFAULT '',
    username VARCHAR(255) NOT NULL DEFAULT '',
    UNIQUE KEY host_certificates_key (host_id, sha1, username),
    CONSTRAINT host_certificates_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE host_additional (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    additional MEDIUMTEXT NOT NULL,
    CONSTRAINT host_additional_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- label_type: 0 own, 1 built-in. membership: 0 dynamic, 1 manual, 2 host attributes.
-- host_count is kept in the transaction that changes the membership.
CREATE TABLE labels (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    description VARCHAR(1023) NOT NULL DEFAULT '',
    query MEDIUMTEXT NOT NULL,
    platform VARCHAR(64) NOT NULL DEFAULT '',
    label_type TINYINT NOT NULL DEFAULT 0,
    membership TINYINT NOT NULL DEFAULT 0,
    criteria MEDIUMTEXT NULL,
    team_id BIGINT UNSIGNED NULL,
    author_id BIGINT UNSIGNED NULL,
    host_count BIGINT NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY labels_name (name),
    CONSTRAINT labels_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE label_membership (
    label_id BIGINT UNSIGNED NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (label_id, host_id),
    KEY label_membership_host (host_id),
    CONSTRAINT label_membership_label_fk FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE CASCADE,
    CONSTRAINT label_membership_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO labels (name, description, query, platform, label_type, membership) VALUES
    ('All Hosts', 'Every host that has enrolled', '', '', 1, 0),
    ('macOS', 'Macs', '', 'darwin', 1, 0),
    ('Ubuntu Linux', 'Hosts that run Ubuntu', '', 'ubuntu', 1, 0),
    ('CentOS Linux', 'Hosts that run CentOS', '', 'centos', 1, 0),
    ('MS Windows', 'Hosts that run Windows', '', 'windows', 1, 0),
    ('Red Hat Linux', 'Hosts that run Red Hat Enterprise Linux', '', 'rhel', 1, 0),
    ('All Linux', 'Hosts that run any Linux', '', 'linux', 1, 0),
    ('Fedora Linux', 'Hosts that run Fedora', '', 'fedora', 1, 0),
    ('chrome', 'Hosts that run ChromeOS', '', 'chrome', 1, 0);

-- saved = 0: the throw-away rows of ad hoc live queries; lists and name checks leave them out.
CREATE TABLE queries (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    team_id BIGINT UNSIGNED NULL,
    team_key BIGINT UNSIGNED NOT NULL DEFAULT 0,
    name VARCHAR(255) NOT NULL,
    description MEDIUMTEXT NOT NULL,
    query MEDIUMTEXT NOT NULL,
    saved TINYINT(1) NOT NULL DEFAULT 1,
    schedule_interval INT UNSIGNED NOT NULL DEFAULT 0,
    platform VARCHAR(255) NOT NULL DEFAULT '',
    min_osquery_version VARCHAR(64) NOT NULL DEFAULT '',
    automations_enabled TINYINT(1) NOT NULL DEFAULT 0,
    logging VARCHAR(32) NOT NULL DEFAULT 'snapshot',
    discard_data TINYINT(1) NOT NULL DEFAULT 0,
    observer_can_run TINYINT(1) NOT NULL DEFAULT 0,
    author_id BIGINT UNSIGNED NULL,
    author_name VARCHAR(255) NOT NULL DEFAULT '',
    author_email VARCHAR(255) NOT NULL DEFAULT '',
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY queries_team_name (team_key, name),
    KEY queries_saved (saved, team_key, name),
    CONSTRAINT queries_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT queries_author_fk FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- require_all: 0 any of the labels, 1 all of them.
CREATE TABLE query_labels (
    query_id BIGINT UNSIGNED NOT NULL,
    label_id BIGINT UNSIGNED NOT NULL,
    require_all TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (query_id, label_id),
    KEY query_labels_label (label_id),
    CONSTRAINT query_labels_query_fk FOREIGN KEY (query_id) REFERENCES queries (id) ON DELETE CASCADE,
    CONSTRAINT query_labels_label_fk FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The stored report: one row a host, replaced as a whole. `rows_json` is a JSON array; NULL when the
-- host's answer was left out (left_out: 1 too large for one host, 2 the report is full).
CREATE TABLE query_results (
    query_id BIGINT UNSIGNED NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    last_fetched DATETIME(6) NOT NULL,
    row_count INT UNSIGNED NOT NULL DEFAULT 0,
    size_bytes INT UNSIGNED NOT NULL DEFAULT 0,
    left_out TINYINT NOT NULL DEFAULT 0,
    rows_json MEDIUMTEXT NULL,
    PRIMARY KEY (query_id, host_id),
    KEY query_results_host (host_id),
    KEY query_results_fetched (query_id, last_fetched),
    KEY query_results_size (query_id, size_bytes),
    CONSTRAINT query_results_query_fk FOREIGN KEY (query_id) REFERENCES queries (id) ON DELETE CASCADE,
    CONSTRAINT query_results_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- kind: 0 scheduled (the agent's own counters, replaced), 1 live (added up).
CREATE TABLE query_stats (
    query_id BIGINT UNSIGNED NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    kind TINYINT NOT NULL,
    executions BIGINT NOT NULL DEFAULT 0,
    average_memory BIGINT NOT NULL DEFAULT 0,
    system_time BIGINT NOT NULL DEFAULT 0,
    user_time BIGINT NOT NULL DEFAULT 0,
    wall_time BIGINT NOT NULL DEFAULT 0,
    output_size BIGINT NOT NULL DEFAULT 0,
    denylisted TINYINT(1) NOT NULL DEFAULT 0,
    schedule_interval BIGINT NOT NULL DEFAULT 0,
    last_executed DATETIME(6) NULL,
    PRIMARY KEY (query_id, host_id, kind),
    KEY query_stats_host (host_id),
    CONSTRAINT query_stats_query_fk FOREIGN KEY (query_id) REFERENCES queries (id) ON DELETE CASCADE,
    CONSTRAINT query_stats_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Percentiles over hosts, recomputed when stats of a query change.
CREATE TABLE query_aggregated_stats (
    query_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    system_time_p50 DOUBLE NULL,
    system_time_p95 DOUBLE NULL,
    user_time_p50 DOUBLE NULL,
    user_time_p95 DOUBLE NULL,
    total_executions DOUBLE NULL,
    CONSTRAINT query_aggregated_stats_fk FOREIGN KEY (query_id) REFERENCES queries (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- status: 0 waiting, 1 running, 2 complete. Ids are never reused.
CREATE TABLE distributed_query_campaigns (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    query_id BIGINT UNSIGNED NOT NULL,
    user_id BIGINT UNSIGNED NULL,
    status TINYINT NOT NULL DEFAULT 0,
    targets_count BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    completed_at DATETIME(6) NULL,
    KEY campaigns_status (status, created_at),
    KEY campaigns_query (query_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- type: 0 label, 1 host, 2 team.
CREATE TABLE distributed_query_campaign_targets (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    campaign_id BIGINT UNSIGNED NOT NULL,
    type TINYINT NOT NULL,
    target_id BIGINT UNSIGNED NOT NULL,
    KEY campaign_targets_campaign (campaign_id),
    CONSTRAINT campaign_targets_fk FOREIGN KEY (campaign_id)
        REFERENCES distributed_query_campaigns (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- max_block: highest block received, -1 before the first.
CREATE TABLE carves (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(512) NOT NULL,
    block_count BIGINT NOT NULL,
    block_size BIGINT NOT NULL,
    carve_size BIGINT NOT NULL,
    carve_id VARCHAR(64) NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    session_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    expired TINYINT(1) NOT NULL DEFAULT 0,
    max_block BIGINT NOT NULL DEFAULT -1,
    error MEDIUMTEXT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY carves_session (session_id),
    KEY carves_host (host_id),
    CONSTRAINT carves_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE carve_blocks (
    carve_id BIGINT UNSIGNED NOT NULL,
    block_id BIGINT NOT NULL,
    data LONGBLOB NOT NULL,
    PRIMARY KEY (carve_id, block_id),
    CONSTRAINT carve_blocks_fk FOREIGN KEY (carve_id) REFERENCES carves (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A background job runs where its lease is held; an expired lease is free.
CREATE TABLE jobs (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    holder VARCHAR(64) NOT NULL DEFAULT '',
    lease_until DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00',
    last_started_at DATETIME(6) NULL,
    last_finished_at DATETIME(6) NULL,
    last_error MEDIUMTEXT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
