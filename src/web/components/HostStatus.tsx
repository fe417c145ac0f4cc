import { exact } from '@/lib/format';
import { StatusDot, type Tone } from './Badge';

const looks: Record<string, { tone: Tone; text: string; meaning: string }> = {
  online: { tone: 'ok', text: 'Online', meaning: 'Checks in regularly.' },
  offline: { tone: 'neutral', text: 'Offline', meaning: 'Has missed its check-ins.' },
  missing: { tone: 'warn', text: 'Missing', meaning: 'Not seen for 30 days or more.' },
  mia: { tone: 'warn', text: 'Missing', meaning: 'Not seen for 30 days or more.' },
  new: { tone: 'accent', text: 'New', meaning: 'Added in the last 24 hours.' },
};

export function HostStatus({ host }: { host: { status: string; seen_time: string } }) {
  const look = looks[host.status] ?? { tone: 'neutral' as Tone, text: host.status, meaning: '' };
  return (
    <StatusDot tone={look.tone} title={`${look.meaning} Last seen: ${exact(host.seen_time)}`}>
      {look.text}
    </StatusDot>
  );
}
