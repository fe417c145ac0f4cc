import { lazy, Suspense, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Compass, Lock } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { settings, settingsQuery } from '@/api/settings';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { SettingsForm } from '@/components/SettingsForm';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { isWebAddress, valueAt, type JsonObject } from '@/lib/fields';
import { can } from '@/lib/permissions';
import { LogDestinations } from './LogDestinations';
import { Logos } from './Logos';
import { findSection, type Section, type SectionGroup } from './sections';
import { TestMail } from './TestMail';

const AgentOptions = lazy(() => import('./AgentOptions'));

/** One section of the settings: its form, or what stands in its place. */
export function SectionPage({ group, id }: { group: SectionGroup; id: string }) {
  const section = findSection(group, id);
  const me = useQuery(meQuery).data?.user;
  const config = useQuery({ ...settingsQuery, enabled: can(me, 'config.write') });

  if (!section) {
    return (
      <Frame title="No such settings">
        <EmptyState
          icon={<Compass />}
          title="There are no settings at this address"
          action={
            <Link to="/settings" className={buttonClass()}>
              All settings
            </Link>
          }
        />
      </Frame>
    );
  }
  if (me && !can(me, 'config.write')) {
    return (
      <Frame title={section.title}>
        <EmptyState icon={<Lock />} title="Only administrators change settings">
          Your role does not include {section.what}.
        </EmptyState>
      </Frame>
    );
  }
  if (config.data) return <Loaded section={section} config={config.data} />;
  return (
    <Frame title={section.title}>
      {config.error ? (
        <ErrorPanel
          title="The settings could not be loaded"
          error={config.error as ApiError}
          onRetry={() => void config.refetch()}
        />
      ) : (
        <Skeleton lines={6} />
      )}
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title} section="Settings">
      <Card flush>{children}</Card>
    </Page>
  );
}

function Loaded({ section, config }: { section: Section; config: JsonObject }) {
  const cache = useQueryClient();
  const gitops = valueAt(config, 'gitops.gitops_mode_enabled') === true;
  const readOnly = gitops && !section.ownsGitops;
  const save = async (patch: JsonObject) => {
    await settings.patch(patch);
    await cache.invalidateQueries({ queryKey: ['config'] });
    toast.ok(`Saved ${section.what}.`);
  };
  return (
    <Page title={section.title} section="Settings">
      {gitops && <GitopsBanner repository={valueAt(config, 'gitops.repository_url')} />}
      {section.custom === 'logs' ? (
        <LogDestinations logging={valueAt(config, 'logging')} />
      ) : (
        <Card>
          {section.custom === 'agent-options' ? (
            <Suspense fallback={<Skeleton lines={8} />}>
              <AgentOptions options={config.agent_options ?? {}} readOnly={readOnly} />
            </Suspense>
          ) : (
            <SettingsForm
              what={section.what}
              groups={section.groups ?? []}
              stored={config}
              onSave={save}
              readOnly={readOnly}
              actions={
                section.test === 'mail'
                  ? ({ dirty }) => (
                      <TestMail
                        enabled={valueAt(config, 'smtp_settings.enable_smtp') === true}
                        dirty={dirty}
                      />
                    )
                  : undefined
              }
            />
          )}
        </Card>
      )}
      {section.id === 'info' && <Logos config={config} readOnly={readOnly} />}
    </Page>
  );
}

function GitopsBanner({ repository }: { repository: unknown }) {
  return (
    <Banner
      action={
        typeof repository === 'string' && isWebAddress(repository) ? (
          <a href={repository} target="_blank" rel="noreferrer">
            Open the repository
          </a>
        ) : undefined
      }
    >
      GitOps mode is on: settings come from a repository and are read-only here.
    </Banner>
  );
}
