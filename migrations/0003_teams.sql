-- Teams: what enroll secrets may be used for, and the settings of hosts that are in no team.

-- `use_count` counts every enrolment that was accepted. No limit, no expiry: NULL.
ALTER TABLE enroll_secrets
    ADD COLUMN name VARCHAR(255) NOT NULL DEFAULT '',
    ADD COLUMN expires_at DATETIME(6) NULL,
    ADD COLUMN use_limit INT UNSIGNED NULL,
    ADD COLUMN use_count INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN last_used_at DATETIME(6) NULL;

-- The same kind of document as teams.config, for "No team".
ALTER TABLE app_config ADD COLUMN no_team_config MEDIUMTEXT NULL;
