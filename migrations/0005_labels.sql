-- Labels that people make, queries that leave labels out, e-mail addresses of hosts, saved views.

-- asked_since: hosts that were asked before this moment are asked again. membership_version: moves
-- when many members change at once, so that instances read them again. fill_pending: the hosts that
-- meet the criteria have not all been entered yet.
ALTER TABLE labels
    ADD COLUMN asked_since DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00',
    ADD COLUMN membership_version BIGINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN fill_pending TINYINT(1) NOT NULL DEFAULT 0,
    ADD KEY labels_membership (membership),
    ADD KEY labels_team (team_id, name);

-- exclude = 1: hosts with one of these labels do not get the query.
ALTER TABLE query_labels
    ADD COLUMN exclude TINYINT(1) NOT NULL DEFAULT 0;

-- What lists of hosts are narrowed by.
ALTER TABLE hosts
    ADD KEY hosts_generic_platform (generic_platform),
    ADD KEY hosts_os_version (os_version),
    ADD KEY hosts_disk (gigs_disk_space_available);

-- source: "custom" and "idp" were set by people, at most one of each a host.
CREATE TABLE host_emails (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    host_id BIGINT UNSIGNED NOT NULL,
    email VARCHAR(255) NOT NULL,
    source VARCHAR(64) NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY host_emails_host (host_id, source, email),
    KEY host_emails_email (email),
    CONSTRAINT host_emails_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- filters: a JSON object with the parameters of a list of hosts.
CREATE TABLE host_views (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(255) NOT NULL,
    filters MEDIUMTEXT NOT NULL,
    shared TINYINT(1) NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY host_views_name (user_id, name),
    KEY host_views_shared (shared),
    CONSTRAINT host_views_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
