/** Shapes of the wire, as far as the pages use them. */

export type Role = 'admin' | 'maintainer' | 'technician' | 'observer_plus' | 'observer' | 'gitops';

export interface User {
  id: number;
  name: string;
  email: string;
  position?: string;
  global_role: Role | null;
  force_password_reset: boolean;
  sso_enabled: boolean;
  mfa_enabled?: boolean;
  api_only: boolean;
  created_at: string;
  teams: { id: number; name: string; role: Role }[] | null;
  /** The only endpoints that an API-only user may call; absent when it may call all. */
  api_endpoints?: ApiEndpoint[] | null;
  last_seen_at?: string | null;
}

export interface ApiEndpoint {
  method: string;
  path: string;
  display_name?: string;
}

export interface Me {
  user: User;
  settings?: { hidden_host_columns?: string[] | null } | null;
}

export type HostStatus = 'online' | 'offline' | 'missing' | 'mia' | 'new';

export interface Host {
  id: number;
  hostname: string;
  display_name: string;
  computer_name: string;
  uuid: string;
  platform: string;
  os_version: string;
  osquery_version: string;
  orbit_version: string | null;
  status: HostStatus;
  created_at: string;
  detail_updated_at: string;
  seen_time: string;
  last_enrolled_at: string;
  last_restarted_at: string | null;
  refetch_requested: boolean;
  uptime: number;
  memory: number;
  cpu_type: string;
  cpu_brand: string;
  cpu_physical_cores: number;
  cpu_logical_cores: number;
  hardware_vendor: string;
  hardware_model: string;
  hardware_serial: string;
  public_ip: string;
  primary_ip: string;
  primary_mac: string;
  timezone?: string | null;
  team_id: number | null;
  team_name: string | null;
  gigs_disk_space_available: number;
  percent_disk_space_available: number;
  gigs_total_disk_space: number;
  distributed_interval: number;
  duplicate_identity?: boolean;
  issues?: { failing_policies_count: number; total_issues_count: number } | null;
}

export interface HostUser {
  uid?: number;
  username: string;
  type: string;
  groupname: string;
  shell: string;
}

export interface HostDetail extends Host {
  build: string;
  code_name: string;
  platform_like: string;
  config_tls_refresh: number;
  logger_tls_period: number;
  labels: HostLabel[] | null;
  policies?: HostPolicy[] | null;
  users: HostUser[] | null;
  batteries?: { cycle_count: number; health: string }[] | null;
  disk_encryption_enabled?: boolean | null;
  /** What the server noticed about this host, such as a second machine under its identity. */
  warnings?: string[] | null;
}

/** A policy as it stands for one host; no response means no answer yet. */
export interface HostPolicy {
  id: number;
  name: string;
  query: string;
  description: string;
  resolution?: string | null;
  critical?: boolean;
  team_id: number | null;
  response: 'pass' | 'fail' | '';
}

export interface LabelSummary {
  id: number;
  name: string;
  description: string;
  label_type: 'regular' | 'builtin';
  team_id?: number | null;
}

export interface HostLabel extends LabelSummary {
  label_membership_type?: 'dynamic' | 'manual' | 'host_vitals';
}

export interface Label extends LabelSummary {
  count?: number;
}

export type Logging = 'snapshot' | 'differential' | 'differential_ignore_removals';

export interface Query {
  id: number;
  name: string;
  description: string;
  query: string;
  interval: number;
  platform: string;
  min_osquery_version: string;
  automations_enabled: boolean;
  logging: Logging;
  observer_can_run: boolean;
  discard_data: boolean;
  author_name: string;
  created_at: string;
  updated_at: string;
  team_id: number | null;
  labels_include_any?: LabelName[] | null;
  labels_include_all?: LabelName[] | null;
  labels_exclude_any?: LabelName[] | null;
  stats: QueryStats | null;
  /** What the server noticed about the SQL; saving is never refused because of it. */
  warnings?: string[] | null;
}

export interface QueryStats {
  system_time_p50: number | null;
  system_time_p95: number | null;
  user_time_p50: number | null;
  user_time_p95: number | null;
  total_executions: number | null;
}

export type QueryFields = Pick<
  Query,
  | 'name'
  | 'description'
  | 'query'
  | 'interval'
  | 'platform'
  | 'min_osquery_version'
  | 'automations_enabled'
  | 'logging'
  | 'observer_can_run'
  | 'discard_data'
> & {
  labels_include_any: string[];
  labels_include_all: string[];
  labels_exclude_any: string[];
};

export interface LabelName {
  id: number;
  name: string;
}

export interface QueryReport {
  query_id: number;
  report_clipped: boolean;
  /** Hosts whose rows are not stored, and why. */
  left_out_hosts?: { host_id: number; host_name: string; reason: string }[] | null;
  results: ReportRow[] | null;
}

export interface ReportRow {
  host_id: number;
  host_name: string;
  last_fetched: string;
  columns: Record<string, string>;
}

export interface EnrollSecret {
  secret: string;
  created_at: string;
}

export interface AppConfig {
  org_info: { org_name: string; org_logo_url?: string };
  server_settings: {
    server_url: string;
    live_query_disabled?: boolean;
    query_reports_disabled?: boolean;
  };
  license?: { tier: string };
}

export interface TargetCount {
  targets_count: number;
  targets_online: number;
  targets_offline: number;
}

/** Who a live query is for: ids, all of them optional on the wire. */
export interface Targets {
  hosts: number[];
  labels: number[];
  teams: number[];
}

export interface Campaign {
  id: number;
  query_id: number;
  Metrics?: { TotalHosts: number; OnlineHosts: number; OfflineHosts: number };
}
