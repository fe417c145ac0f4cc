import { lazy, Suspense, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Pencil, Trash2 } from 'lucide-react';
import { configQuery, meQuery } from '@/api/auth';
import { teams, type Team } from '@/api/teams';
import { Button } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { SettingsForm } from '@/components/SettingsForm';
import { Banner, Skeleton } from '@/components/States';
import { Tabs } from '@/components/Tabs';
import { toast } from '@/components/Toast';
import { plural } from '@/lib/format';
import { valueAt, type JsonObject } from '@/lib/fields';
import { can } from '@/lib/permissions';
import { HostsLink } from './HostsLink';
import { MembersTab } from './MembersTab';
import { SecretsTab } from './SecretsTab';
import { teamGroups } from './settings';
import { DeleteTeamDialog, TeamDialog } from './TeamDialogs';
import type { TeamTab } from './search';
import styles from './Teams.module.css';

const OptionsTab = lazy(() => import('./OptionsTab'));

/** One team: its members, its secrets, and what its hosts are told. */
export function TeamPage({
  team,
  tab,
  onTab,
}: {
  team: Team;
  tab: TeamTab;
  onTab: (tab: TeamTab) => void;
}) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const config = useQuery(configQuery).data as unknown as JsonObject | undefined;
  const gitops = config !== undefined && valueAt(config, 'gitops.gitops_mode_enabled') === true;
  const secretsExcepted =
    config !== undefined && valueAt(config, 'gitops.exceptions.secrets') === true;
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const writes = can(me, 'teams.write', team.id);
  const reads = can(me, 'secrets.read', team.id);

  const tabs = [
    { value: 'members' as const, label: 'Members', content: <MembersTab team={team} /> },
    ...(reads
      ? [
          {
            value: 'secrets' as const,
            label: 'Enroll secrets',
            content: <SecretsTab team={team} readOnly={gitops && !secretsExcepted} />,
          },
        ]
      : []),
    ...(writes
      ? [
          {
            value: 'options' as const,
            label: 'Agent options',
            content: (
              <div className={styles.pad}>
                <Suspense fallback={<Skeleton lines={8} />}>
                  <OptionsTab team={team} readOnly={gitops} />
                </Suspense>
              </div>
            ),
          },
          {
            value: 'settings' as const,
            label: 'Settings',
            content: (
              <div className={styles.pad}>
                <TeamSettings team={team} readOnly={gitops} />
              </div>
            ),
          },
        ]
      : []),
  ];
  const shown = tabs.some(({ value }) => value === tab) ? tab : 'members';

  return (
    <Page
      title={team.name}
      section="Settings"
      back={
        <Link to="/settings/teams">
          <ArrowLeft aria-hidden /> Teams
        </Link>
      }
      facts={
        <>
          <HostsLink team={team}>{plural(team.host_count, 'host')}</HostsLink>
          <span>{plural(team.user_count, 'member')}</span>
        </>
      }
      actions={
        writes && (
          <>
            <Button
              icon={<Pencil />}
              disabled={gitops}
              title={gitops ? 'GitOps mode is on.' : undefined}
              onClick={() => setDialog('edit')}
            >
              Rename
            </Button>
            <Button
              icon={<Trash2 />}
              disabled={gitops}
              title={gitops ? 'GitOps mode is on.' : undefined}
              onClick={() => setDialog('delete')}
            >
              Delete
            </Button>
          </>
        )
      }
    >
      {gitops && (
        <Banner>GitOps mode is on: settings come from a repository and are read-only here.</Banner>
      )}
      {team.description && <p className={styles.description}>{team.description}</p>}
      <Card flush>
        <Tabs label={`Team ${team.name}`} value={shown} onChange={onTab} tabs={tabs} />
      </Card>
      {dialog === 'edit' && <TeamDialog team={team} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteTeamDialog
          team={team}
          onClose={() => setDialog(null)}
          onDeleted={() => void navigate({ to: '/settings/teams', ignoreBlocker: true })}
        />
      )}
    </Page>
  );
}

function TeamSettings({ team, readOnly }: { team: Team; readOnly: boolean }) {
  const cache = useQueryClient();
  return (
    <SettingsForm
      what={`the settings of ${team.name}`}
      groups={teamGroups}
      stored={team as unknown as JsonObject}
      readOnly={readOnly}
      onSave={async (patch) => {
        await teams.modify(team.id, patch);
        await cache.invalidateQueries({ queryKey: ['teams'] });
        toast.ok(`Saved the settings of ${team.name}.`);
      }}
    />
  );
}
