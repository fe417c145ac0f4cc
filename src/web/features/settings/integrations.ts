import { isWebAddress, type FieldGroup, type FieldSpec } from '@/lib/fields';
import type { Section } from './sections';

const on = 'sso_settings.enable_sso';
const sso: FieldGroup[] = [
  {
    fields: [
      { path: on, label: 'Let people sign in through an identity provider', kind: 'switch' },
      {
        path: 'sso_settings.idp_name',
        label: 'Name of the identity provider',
        kind: 'text',
        when: on,
        hint: 'Stands on the button of the sign-in page.',
      },
      {
        path: 'sso_settings.entity_id',
        label: 'Entity ID',
        kind: 'text',
        when: on,
        required: true,
        hint: 'The name under which the identity provider knows this server.',
        check: (text) => (text.length < 5 ? 'Enter 5 or more characters.' : undefined),
      },
      {
        path: 'sso_settings.metadata_url',
        label: 'Metadata address',
        kind: 'url',
        when: on,
        hint: 'Either this address or the metadata themselves are needed.',
      },
      { path: 'sso_settings.metadata', label: 'Metadata', kind: 'area', when: on },
      { path: 'sso_settings.idp_image_url', label: 'Image on the button', kind: 'url', when: on },
      {
        path: 'sso_settings.sso_server_url',
        label: 'Other web address for sign-in',
        kind: 'url',
        when: on,
        hint: 'When the identity provider must send people to another address than the server’s.',
      },
      {
        path: 'sso_settings.enable_sso_idp_login',
        label: 'Allow sign-in that starts at the identity provider',
        kind: 'switch',
        when: on,
      },
      {
        path: 'sso_settings.enable_jit_provisioning',
        label: 'Create accounts at the first sign-in',
        kind: 'switch',
        when: on,
        hint: 'New people become observers, unless the identity provider says otherwise.',
      },
    ],
  },
];

function duration(text: string): string | undefined {
  const valid = /^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/.test(text) && /[1-9]/.test(text);
  return valid ? undefined : 'Enter a duration, such as 24h or 1h30m.';
}

function webhook(name: string, label: string, more: FieldSpec[] = [], hint?: string): FieldSpec[] {
  const at = `webhook_settings.${name}_webhook`;
  const enabled = `${at}.enable_${name}_webhook`;
  return [
    { path: enabled, label, kind: 'switch', ...(hint ? { hint } : {}) },
    {
      path: `${at}.destination_url`,
      label: 'Destination address',
      kind: 'url',
      required: true,
      when: enabled,
    },
    ...more.map((field) => ({ ...field, path: `${at}.${field.path}`, when: enabled })),
  ];
}

const batch: FieldSpec = {
  path: 'host_batch_size',
  label: 'Hosts in one request',
  kind: 'number',
  hint: '0 sends all of them at once.',
};

const webhooks: FieldGroup[] = [
  {
    fields: [
      {
        path: 'webhook_settings.interval',
        label: 'How often host status and policies are looked at',
        kind: 'text',
        required: true,
        check: duration,
      },
    ],
  },
  {
    title: 'Host status',
    fields: webhook('host_status', 'Tell when many hosts stay away', [
      { path: 'host_percentage', label: 'Percent of hosts', kind: 'number', max: 100 },
      { path: 'days_count', label: 'Days without a sign of life', kind: 'number', min: 1 },
    ]),
  },
  {
    title: 'Failing policies',
    fields: webhook(
      'failing_policies',
      'Tell which hosts fail policies',
      [batch],
      'Which policies count is chosen on the policies page. Not together with tickets for the same.',
    ),
  },
  {
    title: 'Vulnerabilities',
    fields: webhook(
      'vulnerabilities',
      'Tell about new vulnerabilities of installed software',
      [batch],
      'Not together with tickets for the same.',
    ),
  },
  { title: 'Activities', fields: webhook('activities', 'Send every activity') },
];

const wishes: FieldSpec[] = [
  {
    path: 'enable_software_vulnerabilities',
    label: 'Tickets for new vulnerabilities',
    kind: 'switch',
  },
  { path: 'enable_failing_policies', label: 'Tickets for failing policies', kind: 'switch' },
];

const tickets: FieldGroup[] = [
  {
    title: 'Jira',
    note: 'One automation at a time may make tickets for the same thing.',
    fields: [
      {
        path: 'integrations.jira',
        label: 'Jira projects',
        kind: 'list',
        itemName: 'Jira project',
        item: [
          { path: 'url', label: 'Address of Jira', kind: 'url', required: true },
          { path: 'username', label: 'User name', kind: 'text', required: true },
          { path: 'api_token', label: 'API token', kind: 'secret', required: true },
          { path: 'project_key', label: 'Project key', kind: 'text', required: true },
          ...wishes,
        ],
      },
    ],
  },
  {
    title: 'Zendesk',
    fields: [
      {
        path: 'integrations.zendesk',
        label: 'Zendesk groups',
        kind: 'list',
        itemName: 'Zendesk group',
        item: [
          { path: 'url', label: 'Address of Zendesk', kind: 'url', required: true },
          { path: 'email', label: 'E-mail address of the account', kind: 'text', required: true },
          { path: 'api_token', label: 'API token', kind: 'secret', required: true },
          { path: 'group_id', label: 'Group ID', kind: 'number', min: 1 },
          ...wishes,
        ],
      },
    ],
  },
];

const calendars: FieldGroup[] = [
  {
    note: 'Events in people’s calendars remind them of policies that their device fails.',
    fields: [
      {
        path: 'integrations.google_calendar',
        label: 'Google Calendar',
        kind: 'list',
        itemName: 'Google Workspace',
        most: 1,
        item: [
          { path: 'domain', label: 'Primary domain', kind: 'text', required: true },
          {
            path: 'api_key_json',
            label: 'Key of the service account, as JSON',
            kind: 'json',
            required: true,
          },
        ],
      },
    ],
  },
];

const gitopsOn = 'gitops.gitops_mode_enabled';
const changes: FieldGroup[] = [
  {
    note: 'In GitOps mode, what is kept in a repository can be seen here but not changed.',
    fields: [
      { path: gitopsOn, label: 'GitOps mode', kind: 'switch' },
      {
        path: 'gitops.repository_url',
        label: 'Address of the repository',
        kind: 'text',
        required: true,
        when: gitopsOn,
        check: (text) =>
          isWebAddress(text) ? undefined : 'Enter a whole address, starting with https://.',
      },
    ],
  },
  {
    title: 'May still be changed here',
    fields: [
      { path: 'gitops.exceptions.labels', label: 'Labels', kind: 'switch', when: gitopsOn },
      { path: 'gitops.exceptions.software', label: 'Software', kind: 'switch', when: gitopsOn },
      {
        path: 'gitops.exceptions.secrets',
        label: 'Enroll secrets',
        kind: 'switch',
        when: gitopsOn,
      },
    ],
  },
];

export const integrations: readonly Section[] = [
  { id: 'sso', title: 'Single sign-on', what: 'the sign-on settings', groups: sso },
  { id: 'webhooks', title: 'Webhooks', what: 'the webhooks', groups: webhooks },
  { id: 'tickets', title: 'Tickets', what: 'the ticket settings', groups: tickets },
  { id: 'calendars', title: 'Calendars', what: 'the calendar settings', groups: calendars },
  {
    id: 'change-management',
    title: 'Change management',
    what: 'the GitOps settings',
    groups: changes,
    ownsGitops: true,
  },
  { id: 'logs', title: 'Log destinations', what: 'the log destinations', custom: 'logs' },
];
