import { isWebAddress, type FieldGroup } from '@/lib/fields';
import type { Section } from './sections';

/** The server itself keeps a logo that was uploaded, under a path of its own. */
function logoAddress(text: string): string | undefined {
  const valid = text.startsWith('/api/') || isWebAddress(text);
  return valid ? undefined : 'Enter a whole address, starting with https:// or http://.';
}

const info: FieldGroup[] = [
  {
    fields: [
      { path: 'org_info.org_name', label: 'Organization name', kind: 'text', required: true },
      {
        path: 'org_info.org_logo_url_light_background',
        label: 'Address of the logo on light backgrounds',
        kind: 'text',
        hint: 'An image that people’s browsers can reach; or upload one below.',
        check: logoAddress,
      },
      {
        path: 'org_info.org_logo_url',
        label: 'Address of the logo on dark backgrounds',
        kind: 'text',
        check: logoAddress,
      },
      {
        path: 'org_info.contact_url',
        label: 'Contact address',
        kind: 'url',
        hint: 'Where people who use the hosts find your help desk.',
      },
    ],
  },
];

const address: FieldGroup[] = [
  {
    note: 'Hosts and the links in emails use this address. Hosts that are enrolled keep the address they were given: let the old one live on until they have moved.',
    fields: [
      {
        path: 'server_settings.server_url',
        label: 'Web address of this server',
        kind: 'url',
        required: true,
        placeholder: 'https://fleet.example.com',
      },
    ],
  },
];

const on = 'smtp_settings.enable_smtp';
const smtp: FieldGroup[] = [
  {
    note: 'Needed to invite people, to reset forgotten passwords, to confirm new email addresses and to sign in by email. Saving mails you a test: settings that do not work are not stored.',
    fields: [
      { path: on, label: 'Send mail through an SMTP server', kind: 'switch' },
      {
        path: 'smtp_settings.sender_address',
        label: 'Sender address',
        kind: 'text',
        when: on,
        required: true,
        check: (text) =>
          /^[^\s@<>]+@[^\s@<>]+$/.test(text) ? undefined : 'Enter an email address.',
      },
      {
        path: 'smtp_settings.server',
        label: 'SMTP server',
        kind: 'text',
        when: on,
        required: true,
        placeholder: 'smtp.example.com',
      },
      { path: 'smtp_settings.port', label: 'Port', kind: 'number', when: on, min: 1, max: 65_535 },
      {
        path: 'smtp_settings.authentication_type',
        label: 'Authentication',
        kind: 'choice',
        when: on,
        options: [
          ['authtype_username_password', 'User name and password'],
          ['authtype_none', 'None'],
        ],
      },
      {
        path: 'smtp_settings.authentication_method',
        label: 'Method',
        kind: 'choice',
        when: on,
        hint: 'Used when the authentication is by user name and password.',
        options: [
          ['authmethod_plain', 'Plain'],
          ['authmethod_login', 'Login'],
          ['authmethod_cram_md5', 'CRAM-MD5'],
        ],
      },
      { path: 'smtp_settings.user_name', label: 'User name', kind: 'text', when: on },
      { path: 'smtp_settings.password', label: 'Password', kind: 'secret', when: on },
    ],
  },
  {
    title: 'Connection',
    fields: [
      { path: 'smtp_settings.domain', label: 'HELO name', kind: 'text', when: on },
      {
        path: 'smtp_settings.enable_ssl_tls',
        label: 'Use TLS',
        kind: 'switch',
        when: on,
      },
      {
        path: 'smtp_settings.enable_start_tls',
        label: 'Use STARTTLS where the server offers it',
        kind: 'switch',
        when: on,
      },
      {
        path: 'smtp_settings.verify_ssl_certs',
        label: 'Check the server’s certificate',
        kind: 'switch',
        when: on,
        hint: 'Without this check, somebody in between can read the mail and its password.',
      },
    ],
  },
];

const expiry: FieldGroup[] = [
  {
    title: 'Hosts',
    note: 'A host that is deleted comes back when it checks in again and its secret still counts.',
    fields: [
      {
        path: 'host_expiry_settings.host_expiry_enabled',
        label: 'Delete hosts that have not been seen for some time',
        kind: 'switch',
      },
      {
        path: 'host_expiry_settings.host_expiry_window',
        label: 'Days without a sign of life',
        kind: 'number',
        min: 1,
        max: 36_500,
        when: 'host_expiry_settings.host_expiry_enabled',
      },
    ],
  },
  {
    title: 'Activities',
    fields: [
      {
        path: 'activity_expiry_settings.activity_expiry_enabled',
        label: 'Delete old activities',
        kind: 'switch',
      },
      {
        path: 'activity_expiry_settings.activity_expiry_window',
        label: 'Days to keep',
        kind: 'number',
        min: 1,
        max: 36_500,
        when: 'activity_expiry_settings.activity_expiry_enabled',
      },
    ],
  },
];

const features: FieldGroup[] = [
  {
    title: 'What is collected',
    note: 'For hosts of no team; each team has its own switches.',
    fields: [
      {
        path: 'features.enable_host_users',
        label: 'Local users of hosts',
        kind: 'switch',
      },
      {
        path: 'features.enable_software_inventory',
        label: 'Installed software',
        kind: 'switch',
        hint: 'Vulnerabilities are found by it, too.',
      },
      {
        path: 'features.historical_data.uptime',
        label: 'Hosts online by hour, for the chart',
        kind: 'switch',
      },
      {
        path: 'features.historical_data.vulnerabilities',
        label: 'Vulnerability exposure by day, for the chart',
        kind: 'switch',
      },
    ],
  },
  {
    title: 'Additional queries',
    note: 'Run with every refresh of a host; their rows become part of the host.',
    fields: [
      {
        path: 'features.additional_queries',
        label: 'Names and SQL',
        kind: 'json',
        placeholder: '{ "time": "SELECT * FROM time" }',
      },
    ],
  },
];

const desktop: FieldGroup[] = [
  {
    note: 'What people see in the menu of Fleet Desktop on their own device.',
    fields: [
      {
        path: 'fleet_desktop.transparency_url',
        label: 'Transparency address',
        kind: 'url',
        hint: 'A page that tells people what you can see of their device.',
      },
      {
        path: 'fleet_desktop.alternative_browser_host',
        label: 'Other host name for “My device”',
        kind: 'text',
        hint: 'When devices reach this server by another name than browsers do.',
      },
    ],
  },
];

const advanced: FieldGroup[] = [
  {
    title: 'Queries',
    fields: [
      {
        path: 'server_settings.live_query_disabled',
        label: 'Disable live queries',
        kind: 'switch',
      },
      {
        path: 'server_settings.query_reports_disabled',
        label: 'Do not store the rows of scheduled queries',
        kind: 'switch',
        hint: 'Rows that are stored are removed.',
      },
      {
        path: 'server_settings.query_report_cap',
        label: 'Rows to store for each query',
        kind: 'number',
        hint: '0 is the server’s own limit.',
      },
    ],
  },
  {
    title: 'Scripts and helpers',
    fields: [
      { path: 'server_settings.scripts_disabled', label: 'Disable scripts', kind: 'switch' },
      {
        path: 'server_settings.ai_features_disabled',
        label: 'Hide helpers that use artificial intelligence',
        kind: 'switch',
      },
    ],
  },
  {
    title: 'Server',
    fields: [
      {
        path: 'server_settings.enable_analytics',
        label: 'Usage statistics',
        kind: 'switch',
      },
      {
        path: 'server_settings.deferred_save_host',
        label: 'Write hosts in batches',
        kind: 'switch',
      },
    ],
  },
];

export const organization: readonly Section[] = [
  { id: 'info', title: 'Organization info', what: 'the organization', groups: info },
  { id: 'web-address', title: 'Web address', what: 'the web address', groups: address },
  { id: 'smtp', title: 'SMTP', what: 'the mail settings', groups: smtp, test: 'mail' },
  { id: 'agents', title: 'Agent options', what: 'the agent options', custom: 'agent-options' },
  { id: 'expiry', title: 'Host expiry', what: 'the expiry settings', groups: expiry },
  { id: 'features', title: 'Features', what: 'the features', groups: features },
  { id: 'desktop', title: 'Fleet Desktop', what: 'the desktop settings', groups: desktop },
  { id: 'advanced', title: 'Advanced', what: 'the advanced settings', groups: advanced },
];
