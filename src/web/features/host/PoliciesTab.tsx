import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import type { HostPolicy } from '@/api/types';
import { Badge, StatusDot, type Tone } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Card } from '@/components/Page';
import { SqlEditor } from '@/components/SqlEditor';
import { Banner, EmptyState } from '@/components/States';
import { plural } from '@/lib/format';
import { useHost } from './HostRoute';
import styles from './Host.module.css';

const looks: Record<HostPolicy['response'], { tone: Tone; text: string; rank: number }> = {
  fail: { tone: 'bad', text: 'Fail', rank: 0 },
  '': { tone: 'neutral', text: 'No answer yet', rank: 1 },
  pass: { tone: 'ok', text: 'Pass', rank: 2 },
};

/** `/hosts/:id/policies`: failing ones first. */
export function PoliciesTab() {
  const host = useHost();
  const [open, setOpen] = useState<HostPolicy | null>(null);
  if (!host) return null;
  const list = [...(host.policies ?? [])].sort(
    (a, b) =>
      looks[a.response].rank - looks[b.response].rank ||
      Number(b.critical ?? false) - Number(a.critical ?? false) ||
      a.name.localeCompare(b.name),
  );
  const failing = list.filter((policy) => policy.response === 'fail').length;
  return (
    <>
      {failing > 0 && (
        <Banner kind="bad">This host fails {plural(failing, 'policy', 'policies')}.</Banner>
      )}
      <Card flush>
        {list.length === 0 ? (
          <EmptyState
            icon={<CircleCheck />}
            title="No policy asks this host"
            action={
              <Link to="/policies/manage" className={buttonClass()}>
                Show policies
              </Link>
            }
          >
            Policies of its team and of all teams that fit its platform and labels appear here.
          </EmptyState>
        ) : (
          <ul className={styles.policies} aria-label="Policies of this host">
            {list.map((policy) => (
              <li key={policy.id}>
                <StatusDot tone={looks[policy.response].tone}>
                  {looks[policy.response].text}
                </StatusDot>
                <span className={styles.policyName}>
                  <button type="button" onClick={() => setOpen(policy)}>
                    {policy.name}
                  </button>{' '}
                  {policy.critical && <Badge tone="bad">Critical</Badge>}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {open && (
        <Dialog
          title={open.name}
          wide
          onClose={() => setOpen(null)}
          footer={
            <>
              <Link
                to="/policies/$policyId"
                params={{ policyId: String(open.id) }}
                className={buttonClass()}
              >
                Show policy
              </Link>
              <Button look="primary" onClick={() => setOpen(null)}>
                Close
              </Button>
            </>
          }
        >
          <div className={styles.side}>
            <StatusDot tone={looks[open.response].tone}>{looks[open.response].text}</StatusDot>
            {open.description && <p>{open.description}</p>}
            {open.resolution && (
              <div>
                <h3>Resolution</h3>
                <p className={styles.resolution}>{open.resolution}</p>
              </div>
            )}
            <SqlEditor label="Query" value={open.query} readOnly />
          </div>
        </Dialog>
      )}
    </>
  );
}
