-- Installed software (docs/decisions/0009): what a host has is one set, a set is a list of buckets,
-- a bucket a list of software. Rows of these tables never change, they are only added and, when
-- nothing refers to them, collected; hosts with the same software share them.

CREATE TABLE IF NOT EXISTS software_titles (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    digest BINARY(16) NOT NULL,
    name VARCHAR(255) NOT NULL,
    source VARCHAR(64) NOT NULL,
    extension_for VARCHAR(255) NOT NULL DEFAULT '',
    bundle_identifier VARCHAR(255) NOT NULL DEFAULT '',
    UNIQUE KEY software_titles_digest (digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- `digest` is over all the other text; a unique key over that much text would not fit an index.
CREATE TABLE IF NOT EXISTS software (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    digest BINARY(16) NOT NULL,
    title_digest BINARY(16) NOT NULL,
    name VARCHAR(255) NOT NULL,
    version VARCHAR(255) NOT NULL DEFAULT '',
    source VARCHAR(64) NOT NULL,
    bundle_identifier VARCHAR(255) NOT NULL DEFAULT '',
    extension_id VARCHAR(255) NOT NULL DEFAULT '',
    extension_for VARCHAR(255) NOT NULL DEFAULT '',
    vendor VARCHAR(255) NOT NULL DEFAULT '',
    release_number VARCHAR(255) NOT NULL DEFAULT '',
    arch VARCHAR(64) NOT NULL DEFAULT '',
    upgrade_code VARCHAR(64) NOT NULL DEFAULT '',
    UNIQUE KEY software_digest (digest),
    KEY software_title (title_digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- `members`: ids of software, ascending, packed (src/store/packed_ids.hpp).
CREATE TABLE IF NOT EXISTS software_buckets (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    digest BINARY(16) NOT NULL,
    members MEDIUMBLOB NOT NULL,
    UNIQUE KEY software_buckets_digest (digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- `digest` is over the digests of the software, however it was split; `buckets`: their ids, packed.
CREATE TABLE IF NOT EXISTS software_sets (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    digest BINARY(16) NOT NULL,
    buckets BLOB NOT NULL,
    UNIQUE KEY software_sets_digest (digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS host_software (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    set_id BIGINT UNSIGNED NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    KEY host_software_set (set_id),
    CONSTRAINT host_software_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What differs from host to host and moves by itself, apart from the sets: packed records of
-- (first half of a software digest, value).
CREATE TABLE IF NOT EXISTS host_software_paths (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    paths MEDIUMBLOB NOT NULL,
    CONSTRAINT host_software_paths_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS host_software_opened (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    opened MEDIUMBLOB NOT NULL,
    CONSTRAINT host_software_opened_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who adds sets holds a shared lock on the row, who collects holds it alone and raises the number:
-- ids that were remembered under another number may be gone.
CREATE TABLE IF NOT EXISTS software_generation (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    generation BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT IGNORE INTO software_generation (id, generation) VALUES (1, 1);

-- Hosts per version (kind 0) and per title (kind 1), counted by a job. team_key: -1 every host,
-- 0 hosts of no team, else the team. No row: no host.
CREATE TABLE IF NOT EXISTS software_counts (
    kind TINYINT NOT NULL,
    team_key BIGINT NOT NULL,
    item_id BIGINT UNSIGNED NOT NULL,
    hosts_count BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (kind, team_key, item_id),
    KEY software_counts_hosts (kind, team_key, hosts_count, item_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS software_counted (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    counted_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
