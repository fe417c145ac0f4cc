-- Hosts counted by platform, for everybody and for a team, without reading their rows.
ALTER TABLE hosts ADD KEY hosts_team_platforms (team_id, platform, generic_platform);
