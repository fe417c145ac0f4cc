/** What a host with plain osquery is given. Paths follow osquery's own packages. */

export const systems = { linux: 'Linux', macos: 'macOS', windows: 'Windows' } as const;
export type System = keyof typeof systems;

const folders: Record<System, string> = {
  linux: '/etc/osquery',
  macos: '/var/osquery',
  windows: 'C:\\Program Files\\osquery',
};

function path(system: System, file: string): string {
  return `${folders[system]}${system === 'windows' ? '\\' : '/'}${file}`;
}

/** osquery wants host and port without a scheme, and the URL prefix in each endpoint. */
export function flagFile(system: System, address: string): string {
  const url = new URL(address);
  const host = url.port ? url.host : `${url.hostname}:443`;
  const prefix = url.pathname.replace(/\/+$/, '');
  const endpoint = (name: string) => `${prefix}/api/osquery/${name}`;
  return [
    `--tls_hostname=${host}`,
    `--tls_server_certs=${path(system, 'fleet.pem')}`,
    `--enroll_secret_path=${path(system, 'enroll_secret')}`,
    '--host_identifier=uuid',
    `--enroll_tls_endpoint=${endpoint('enroll')}`,
    '--config_plugin=tls',
    `--config_tls_endpoint=${endpoint('config')}`,
    '--config_refresh=60',
    '--disable_distributed=false',
    '--distributed_plugin=tls',
    '--distributed_interval=10',
    `--distributed_tls_read_endpoint=${endpoint('distributed/read')}`,
    `--distributed_tls_write_endpoint=${endpoint('distributed/write')}`,
    '--logger_plugin=tls',
    `--logger_tls_endpoint=${endpoint('log')}`,
    '--logger_tls_period=10',
    '--disable_carver=false',
    `--carver_start_endpoint=${endpoint('carve/begin')}`,
    `--carver_continue_endpoint=${endpoint('carve/block')}`,
    '--carver_block_size=2000000',
  ].join('\n');
}

export interface Commands {
  certificatePath: string;
  flagPath: string;
  saveSecret: string;
  start: string;
  shell: string;
}

export function commands(system: System, secret: string): Commands {
  const secretPath = path(system, 'enroll_secret');
  const flagPath = path(system, 'osquery.flags');
  const certificatePath = path(system, 'fleet.pem');
  if (system === 'windows') {
    return {
      certificatePath,
      flagPath,
      saveSecret: `Set-Content -NoNewline -Path '${secretPath}' -Value '${secret}'`,
      start: 'Restart-Service osqueryd',
      shell: 'PowerShell, as administrator',
    };
  }
  return {
    certificatePath,
    flagPath,
    saveSecret: `printf %s '${secret}' | sudo install -m 600 /dev/stdin ${secretPath}`,
    start: system === 'linux' ? 'sudo systemctl enable --now osqueryd' : 'sudo osqueryctl restart',
    shell: 'Terminal',
  };
}
