import type { PolicyFields } from '@/api/policies';

export type Template = Pick<
  PolicyFields,
  'name' | 'query' | 'description' | 'resolution' | 'platform'
>;

/** Questions that most organisations ask. */
export const templates: readonly Template[] = [
  {
    name: 'Disk is encrypted (macOS)',
    platform: 'darwin',
    query: "SELECT 1 FROM disk_encryption WHERE filevault_status = 'on' LIMIT 1;",
    description: 'FileVault protects what is on the disk when a computer is lost.',
    resolution: 'Open System Settings, Privacy & Security, FileVault, and turn it on.',
  },
  {
    name: 'Disk is encrypted (Windows)',
    platform: 'windows',
    query: "SELECT 1 FROM bitlocker_info WHERE drive_letter = 'C:' AND protection_status = 1;",
    description: 'BitLocker protects what is on the disk when a computer is lost.',
    resolution: 'Open Control Panel, BitLocker Drive Encryption, and turn it on for drive C.',
  },
  {
    name: 'Disk is encrypted (Linux)',
    platform: 'linux',
    query:
      "SELECT 1 FROM mounts AS m JOIN disk_encryption AS d ON d.name = m.device_alias\nWHERE m.path = '/' AND d.encrypted = 1;",
    description: 'LUKS protects what is on the disk when a computer is lost.',
    resolution: 'Install the system again and choose an encrypted disk.',
  },
  {
    name: 'Firewall is on (macOS)',
    platform: 'darwin',
    query: 'SELECT 1 FROM alf WHERE global_state >= 1;',
    description: 'The firewall keeps strangers in the same network out.',
    resolution: 'Open System Settings, Network, Firewall, and turn it on.',
  },
  {
    name: 'Firewall is on (Windows)',
    platform: 'windows',
    query: "SELECT 1 FROM windows_security_center WHERE firewall = 'Good';",
    description: 'The firewall keeps strangers in the same network out.',
    resolution: 'Open Windows Security, Firewall & network protection, and turn it on.',
  },
  {
    name: 'Antivirus is healthy (Windows)',
    platform: 'windows',
    query: "SELECT 1 FROM windows_security_center WHERE antivirus = 'Good';",
    description: 'A scanner runs and knows the newest patterns.',
    resolution: 'Open Windows Security, Virus & threat protection, and follow what it asks for.',
  },
  {
    name: 'Screen locks within 20 minutes (Windows)',
    platform: 'windows',
    query:
      "SELECT 1 FROM registry\nWHERE path = 'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\InactivityTimeoutSecs'\n  AND CAST(data AS INTEGER) BETWEEN 1 AND 1200;",
    description: 'A computer that is left alone locks itself.',
    resolution: 'Ask the administrator for the policy that locks the screen.',
  },
  {
    name: 'System Integrity Protection is on (macOS)',
    platform: 'darwin',
    query: "SELECT 1 FROM sip_config WHERE config_flag = 'sip' AND enabled = 1;",
    description: 'Nobody, not even root, can change the system itself.',
    resolution: 'Start in recovery mode and run “csrutil enable”.',
  },
  {
    name: 'Gatekeeper is on (macOS)',
    platform: 'darwin',
    query: 'SELECT 1 FROM gatekeeper WHERE assessments_enabled = 1;',
    description: 'Only programs of known makers start.',
    resolution: 'Run “sudo spctl --global-enable” in Terminal.',
  },
  {
    name: 'Automatic login is off (macOS)',
    platform: 'darwin',
    query:
      "SELECT 1 WHERE NOT EXISTS (\n  SELECT 1 FROM plist\n  WHERE path = '/Library/Preferences/com.apple.loginwindow.plist' AND key = 'autoLoginUser'\n);",
    description: 'A computer that is switched on asks who is there.',
    resolution: 'Open System Settings, Users & Groups, and turn automatic login off.',
  },
  {
    name: 'Root cannot sign in over SSH with a password (Linux)',
    platform: 'linux',
    query:
      "SELECT 1 WHERE NOT EXISTS (\n  SELECT 1 FROM augeas\n  WHERE path = '/etc/ssh/sshd_config' AND label = 'PermitRootLogin' AND value = 'yes'\n);",
    description: 'Guessing one password must not give away the machine.',
    resolution: 'Set “PermitRootLogin prohibit-password” in /etc/ssh/sshd_config and restart sshd.',
  },
  {
    name: 'Only root has user id 0',
    platform: 'darwin,linux',
    query: "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM users WHERE uid = 0 AND username != 'root');",
    description: 'A second account with all rights is a way in that nobody watches.',
    resolution: 'Give the other account a user id of its own, or remove it.',
  },
  {
    name: 'At least 10 GB of disk space are free',
    platform: 'darwin,linux',
    query:
      "SELECT 1 FROM mounts\nWHERE path = '/' AND blocks_available * blocks_size > 10 * 1024 * 1024 * 1024;",
    description: 'Updates fail when the disk is full.',
    resolution: 'Remove files that are no longer needed.',
  },
  {
    name: 'Restarted in the last 30 days',
    platform: '',
    query: 'SELECT 1 FROM uptime WHERE days < 30;',
    description: 'Updates of the system take effect with a restart.',
    resolution: 'Restart the computer.',
  },
];
