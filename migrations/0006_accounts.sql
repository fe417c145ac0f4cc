-- Invitations, links that were mailed, API tokens, single sign-on.

-- What an API-only account may call, one "METHOD path" a line; NULL: everything.
ALTER TABLE users ADD COLUMN api_endpoints MEDIUMTEXT NULL;

-- Tokens are known by digest only.
CREATE TABLE invites (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_digest BINARY(32) NOT NULL,
    email VARCHAR(255) NOT NULL,
    name VARCHAR(255) NOT NULL,
    position VARCHAR(255) NOT NULL DEFAULT '',
    sso_enabled TINYINT(1) NOT NULL DEFAULT 0,
    mfa_enabled TINYINT(1) NOT NULL DEFAULT 0,
    global_role VARCHAR(32) NULL,
    invited_by BIGINT UNSIGNED NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY invites_token (token_digest),
    UNIQUE KEY invites_email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE invite_teams (
    invite_id BIGINT UNSIGNED NOT NULL,
    team_id BIGINT UNSIGNED NOT NULL,
    role VARCHAR(32) NOT NULL,
    PRIMARY KEY (invite_id, team_id),
    KEY invite_teams_team (team_id),
    CONSTRAINT invite_teams_invite_fk FOREIGN KEY (invite_id) REFERENCES invites (id) ON DELETE CASCADE,
    CONSTRAINT invite_teams_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Links that were mailed to a user: good once, until they expire. `email`: the new address, of a
-- change of address.
CREATE TABLE account_links (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(16) NOT NULL,
    user_id BIGINT UNSIGNED NOT NULL,
    token_digest BINARY(32) NOT NULL,
    email VARCHAR(255) NOT NULL DEFAULT '',
    expires_at DATETIME(6) NOT NULL,
    UNIQUE KEY account_links_token (token_digest),
    KEY account_links_user (user_id, kind),
    KEY account_links_expiry (expires_at),
    CONSTRAINT account_links_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE api_tokens (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id BIGINT UNSIGNED NOT NULL,
    name VARCHAR(255) NOT NULL,
    token_digest BINARY(32) NOT NULL,
    read_only TINYINT(1) NOT NULL,
    team_id BIGINT UNSIGNED NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    expires_at DATETIME(6) NULL,
    last_used_at DATETIME(6) NULL,
    UNIQUE KEY api_tokens_digest (token_digest),
    UNIQUE KEY api_tokens_name (user_id, name),
    KEY api_tokens_team (team_id),
    KEY api_tokens_expiry (expires_at),
    CONSTRAINT api_tokens_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT api_tokens_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Sign-ons that were started here and wait for the provider's answer, by the browser's cookie.
CREATE TABLE sso_requests (
    cookie_digest BINARY(32) NOT NULL PRIMARY KEY,
    request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    relay_url VARCHAR(2048) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    KEY sso_requests_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Answers of the provider that were taken, so that none is taken twice.
CREATE TABLE sso_assertions (
    assertion_digest BINARY(32) NOT NULL PRIMARY KEY,
    expires_at DATETIME(6) NOT NULL,
    KEY sso_assertions_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
