import type { FieldGroup } from '@/lib/fields';

const status = 'webhook_settings.host_status_webhook';
const failing = 'webhook_settings.failing_policies_webhook';

/** What a team decides by itself; the rest comes from the organization. */
export const teamGroups: readonly FieldGroup[] = [
  {
    title: 'Host expiry',
    fields: [
      {
        path: 'host_expiry_settings.host_expiry_enabled',
        label: 'Delete hosts that have not been seen for some time',
        kind: 'switch',
        hint: 'Off means that the setting of the organization counts.',
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
    title: 'What is collected',
    fields: [
      { path: 'features.enable_host_users', label: 'Local users of hosts', kind: 'switch' },
      {
        path: 'features.enable_software_inventory',
        label: 'Installed software',
        kind: 'switch',
        hint: 'Vulnerabilities are found by it, too.',
      },
    ],
  },
  {
    title: 'Host status webhook',
    fields: [
      {
        path: `${status}.enable_host_status_webhook`,
        label: 'Tell when many hosts of this team stay away',
        kind: 'switch',
      },
      {
        path: `${status}.destination_url`,
        label: 'Destination address',
        kind: 'url',
        required: true,
        when: `${status}.enable_host_status_webhook`,
      },
      {
        path: `${status}.host_percentage`,
        label: 'Percent of hosts',
        kind: 'number',
        max: 100,
        when: `${status}.enable_host_status_webhook`,
      },
      {
        path: `${status}.days_count`,
        label: 'Days without a sign of life',
        kind: 'number',
        min: 1,
        when: `${status}.enable_host_status_webhook`,
      },
    ],
  },
  {
    title: 'Failing policies webhook',
    fields: [
      {
        path: `${failing}.enable_failing_policies_webhook`,
        label: 'Tell which hosts of this team fail policies',
        kind: 'switch',
        hint: 'Which policies count is chosen on the policies page.',
      },
      {
        path: `${failing}.destination_url`,
        label: 'Destination address',
        kind: 'url',
        required: true,
        when: `${failing}.enable_failing_policies_webhook`,
      },
      {
        path: `${failing}.host_batch_size`,
        label: 'Hosts in one request',
        kind: 'number',
        hint: '0 sends all of them at once.',
        when: `${failing}.enable_failing_policies_webhook`,
      },
    ],
  },
];
