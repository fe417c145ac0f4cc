-- Policies, what hosts answered to them, and what follows from the answers.

-- team_key: -1 for all hosts, 0 for hosts of no team, else the team. Answers to a policy count when
-- the host was asked from a schedule (app_config.version) of at least `answers_since`.
CREATE TABLE policies (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    team_id BIGINT UNSIGNED NULL,
    team_key BIGINT NOT NULL DEFAULT -1,
    name VARCHAR(255) NOT NULL,
    description MEDIUMTEXT NOT NULL,
    query MEDIUMTEXT NOT NULL,
    resolution MEDIUMTEXT NULL,
    platform VARCHAR(255) NOT NULL DEFAULT '',
    critical TINYINT(1) NOT NULL DEFAULT 0,
    policy_type VARCHAR(16) NOT NULL DEFAULT 'dynamic',
    calendar_events_enabled TINYINT(1) NOT NULL DEFAULT 0,
    conditional_access_enabled TINYINT(1) NOT NULL DEFAULT 0,
    continuous_automations_enabled TINYINT(1) NOT NULL DEFAULT 0,
    software_title_id BIGINT UNSIGNED NULL,
    software_installer_id BIGINT UNSIGNED NULL,
    script_id BIGINT UNSIGNED NULL,
    author_id BIGINT UNSIGNED NULL,
    author_name VARCHAR(255) NOT NULL DEFAULT '',
    author_email VARCHAR(255) NOT NULL DEFAULT '',
    answers_since BIGINT UNSIGNED NOT NULL DEFAULT 0,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY policies_team_name (team_key, name),
    CONSTRAINT policies_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT policies_author_fk FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- kind: 0 include any, 1 include all, 2 exclude any, 3 exclude all.
CREATE TABLE policy_labels (
    policy_id BIGINT UNSIGNED NOT NULL,
    label_id BIGINT UNSIGNED NOT NULL,
    kind TINYINT NOT NULL,
    PRIMARY KEY (policy_id, label_id),
    KEY policy_labels_label (label_id),
    CONSTRAINT policy_labels_policy_fk FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE,
    CONSTRAINT policy_labels_label_fk FOREIGN KEY (label_id) REFERENCES labels (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The answer of a host, written when it changes. passes: NULL when the query failed on the host.
-- Rows of deleted policies and of dropped answers stay until a job has collected them.
CREATE TABLE policy_membership (
    host_id BIGINT UNSIGNED NOT NULL,
    policy_id BIGINT UNSIGNED NOT NULL,
    passes TINYINT(1) NULL,
    revision BIGINT UNSIGNED NOT NULL,
    since DATETIME(6) NOT NULL,
    PRIMARY KEY (host_id, policy_id),
    KEY policy_membership_policy (policy_id, passes, host_id),
    CONSTRAINT policy_membership_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- `version` rises with every change of a host's answers, so that memory knows whether it is current.
CREATE TABLE host_policy_state (
    host_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    version BIGINT UNSIGNED NOT NULL DEFAULT 0,
    failing INT NOT NULL DEFAULT 0,
    KEY host_policy_state_failing (failing, host_id),
    CONSTRAINT host_policy_state_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Kept in the transaction that changes the answers. team_key: the team of the hosts, 0 for none.
CREATE TABLE policy_counts (
    policy_id BIGINT UNSIGNED NOT NULL,
    team_key BIGINT UNSIGNED NOT NULL,
    passing BIGINT NOT NULL DEFAULT 0,
    failing BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (policy_id, team_key),
    KEY policy_counts_team (team_key),
    CONSTRAINT policy_counts_fk FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Policies that may have left rows behind in policy_membership.
CREATE TABLE policy_cleanups (
    policy_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    ticket BIGINT UNSIGNED NOT NULL DEFAULT 1
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- team_key: -1 over all hosts of the policy, else the hosts of that team (0: of none).
CREATE TABLE policy_history (
    policy_id BIGINT UNSIGNED NOT NULL,
    team_key BIGINT NOT NULL,
    day DATE NOT NULL,
    passing BIGINT UNSIGNED NOT NULL DEFAULT 0,
    failing BIGINT UNSIGNED NOT NULL DEFAULT 0,
    no_answer BIGINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (policy_id, team_key, day),
    CONSTRAINT policy_history_fk FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Hosts that newly fail a policy with automations, until these have run.
CREATE TABLE policy_automation_events (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    policy_id BIGINT UNSIGNED NOT NULL,
    host_id BIGINT UNSIGNED NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY policy_automation_events_key (policy_id, host_id),
    KEY policy_automation_events_host (host_id),
    CONSTRAINT policy_automation_events_policy_fk FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE,
    CONSTRAINT policy_automation_events_host_fk FOREIGN KEY (host_id) REFERENCES hosts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Hosts in the scope of a policy are counted by team and platform.
ALTER TABLE hosts ADD KEY hosts_team_platform (team_id, generic_platform);
