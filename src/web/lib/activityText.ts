/** What an activity says: words, and which of its details stand between them. */

export type Piece =
  | string
  | { kind: 'host' | 'policy' | 'query' | 'label' | 'team'; id: number | null; name: string }
  | { kind: 'name'; name: string };

type Details = Readonly<Record<string, unknown>>;

/** `{host}` and the like are filled from the details; `{?team}` only when there is one. */
const templates: Record<string, string> = {
  applied_spec_policy: 'applied policies from a file',
  applied_spec_saved_query: 'applied queries from a file',
  applied_spec_team: 'applied teams from a file',
  applied_spec_pack: 'applied packs from a file',
  changed_user_global_role: 'made {user} {role} everywhere',
  changed_user_team_role: 'made {user} {role}{?team}',
  changed_org_logo: 'changed the logo of the organization',
  created_label: 'created the label {label}{?team}',
  created_pack: 'created the pack {pack}',
  created_policy: 'created the policy {policy}{?team}',
  created_saved_query: 'created the query {query}{?team}',
  created_team: 'created the team {team}',
  created_user: 'created the user {user}',
  deleted_host: 'deleted the host {host}',
  deleted_label: 'deleted the label {label}{?team}',
  deleted_multiple_saved_query: 'deleted {query_ids}{?team}',
  deleted_pack: 'deleted the pack {pack}',
  deleted_policy: 'deleted the policy {policy}{?team}',
  deleted_saved_query: 'deleted the query {query}{?team}',
  deleted_team: 'deleted the team {team}',
  deleted_user: 'deleted the user {user}',
  deleted_user_global_role: 'took the role {role} from {user}',
  deleted_user_team_role: 'took the role {role} from {user}{?team}',
  edited_agent_options: 'changed the agent options{?team}',
  edited_enroll_secrets: 'changed the enroll secrets{?team}',
  edited_label: 'edited the label {label}{?team}',
  edited_pack: 'edited the pack {pack}',
  edited_policy: 'edited the policy {policy}{?team}',
  edited_saved_query: 'edited the query {query}{?team}',
  enabled_activity_automations: 'turned the webhook for activities on',
  edited_activity_automations: 'changed the webhook for activities',
  disabled_activity_automations: 'turned the webhook for activities off',
  enabled_gitops_mode: 'turned GitOps mode on',
  disabled_gitops_mode: 'turned GitOps mode off',
  fleet_enrolled: 'The host {host} enrolled',
  live_query: 'ran {?live} on {targets}',
  ran_script: 'ran the script {script} on {host}',
  read_host_disk_encryption_key: 'viewed the disk encryption key of {host}',
  transferred_hosts: 'moved {hosts} to {destination}',
  user_added_by_sso: 'was added by single sign-on',
  user_failed_login: 'Somebody failed to sign in as {email}',
  user_logged_in: 'signed in',
};

/** Sentences of their own: nobody stands before them. */
export const impersonal: ReadonlySet<string> = new Set(['fleet_enrolled', 'user_failed_login']);

function text(details: Details, key: string): string {
  const value = details[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function id(details: Details, key: string): number | null {
  const value = details[key];
  return typeof value === 'number' && value > 0 ? value : null;
}

function list(details: Details, key: string): unknown[] {
  const value = details[key];
  return Array.isArray(value) ? value : [];
}

const plural = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const team = (details: Details): Piece => ({
  kind: 'team',
  id: id(details, 'team_id'),
  name: text(details, 'team_name') || 'No team',
});

const fillers: Record<string, (details: Details) => Piece[]> = {
  '?team': (d) => (text(d, 'team_name') ? [' in the team ', team(d)] : []),
  '?live': (d) =>
    text(d, 'query_name')
      ? ['the query ', { kind: 'query', id: id(d, 'query_id'), name: text(d, 'query_name') }]
      : ['a live query'],
  team: (d) => [team(d)],
  destination: (d) => (text(d, 'team_name') ? ['the team ', team(d)] : ['no team']),
  host: (d) => [
    {
      kind: 'host',
      id: id(d, 'host_id'),
      name: text(d, 'host_display_name') || text(d, 'host_serial') || 'without a name',
    },
  ],
  policy: (d) => [{ kind: 'policy', id: id(d, 'policy_id'), name: text(d, 'policy_name') }],
  query: (d) => [{ kind: 'query', id: id(d, 'query_id'), name: text(d, 'query_name') }],
  label: (d) => [{ kind: 'label', id: id(d, 'label_id'), name: text(d, 'label_name') }],
  user: (d) => [{ kind: 'name', name: text(d, 'user_name') || text(d, 'user_email') }],
  email: (d) => [{ kind: 'name', name: text(d, 'email') || 'an unknown user' }],
  pack: (d) => [{ kind: 'name', name: text(d, 'pack_name') }],
  script: (d) => [{ kind: 'name', name: text(d, 'script_name') || 'without a name' }],
  role: (d) => [text(d, 'role').replace('observer_plus', 'observer+')],
  query_ids: (d) => [plural(list(d, 'query_ids').length, 'query', 'queries')],
  targets: (d) => [plural(Number(d.targets_count ?? 0), 'host', 'hosts')],
  hosts: (d) => {
    const ids = list(d, 'host_ids');
    const names = list(d, 'host_display_names');
    if (ids.length !== 1) return [plural(ids.length, 'host', 'hosts')];
    return [{ kind: 'host', id: Number(ids[0]), name: String(names[0] ?? 'a host') }];
  },
};

/** What cannot be opened any more is a name, not a link. */
function withoutLinks(pieces: Piece[], type: string): Piece[] {
  const gone = type.match(/^deleted_(host|label|policy|saved_query|team)$/)?.[1];
  const kind = gone === 'saved_query' ? 'query' : gone;
  return pieces.map((piece) =>
    typeof piece === 'object' && piece.kind === kind
      ? { kind: 'name' as const, name: piece.name }
      : piece,
  );
}

/** The sentence after the actor's name. A type we have no words for is told by its own name. */
export function activityText(type: string, details: Details): Piece[] {
  const template = templates[type];
  if (template === undefined) {
    const host = text(details, 'host_display_name') ? fillers.host?.(details) : undefined;
    return [type.replaceAll('_', ' '), ...(host ? [' on ', ...host] : [])];
  }
  const pieces = template
    .split(/\{([^}]+)\}/)
    .flatMap((part, index): Piece[] =>
      index % 2 === 0 ? [part] : (fillers[part]?.(details) ?? []),
    )
    .filter((piece) => piece !== '');
  return withoutLinks(pieces, type);
}

/** The types that have words, for the filter. */
export const knownTypes: readonly string[] = Object.keys(templates).sort();

export function typeName(type: string): string {
  const words = type.replaceAll('_', ' ').replace('saved query', 'query');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
