import { useQuery } from '@tanstack/react-query';
import { labelsSummaryQuery } from '@/api/hosts';
import { policyQuery } from '@/api/policies';
import { titleQuery, versionQuery } from '@/api/software';
import { Pill, PillButton, Pills, PillSelect } from '@/components/Pills';
import { platformName } from '@/lib/format';
import { withNames } from './labelTerms';
import type { HostsSearch } from './search';

interface Props {
  search: HostsSearch;
  onChange: (part: Partial<HostsSearch>) => void;
  onCombine: () => void;
}

/** Filters that arrive by link, each with its own way out. They combine. */
export function FilterPills({ search, onChange, onCombine }: Props) {
  const pills = [
    search.label_id !== undefined && (
      <LabelPill
        key="label"
        id={search.label_id}
        onRemove={() => onChange({ label_id: undefined })}
      />
    ),
    search.labels && (
      <LabelsPill
        key="labels"
        expression={search.labels}
        onEdit={onCombine}
        onRemove={() => onChange({ labels: undefined })}
      />
    ),
    search.platform && (
      <Pill key="platform" name="Platform" onRemove={() => onChange({ platform: undefined })}>
        {platformName(search.platform)}
      </Pill>
    ),
    search.policy_id !== undefined && (
      <PolicyPill
        key="policy"
        id={search.policy_id}
        response={search.policy_response}
        onChange={onChange}
      />
    ),
    search.os_name && (
      <Pill
        key="os"
        name="Operating system"
        onRemove={() => onChange({ os_name: undefined, os_version: undefined })}
      >
        {search.os_name} {search.os_version}
      </Pill>
    ),
    search.software_title_id !== undefined && (
      <TitlePill
        key="title"
        id={search.software_title_id}
        team={search.team_id}
        onRemove={() => onChange({ software_title_id: undefined })}
      />
    ),
    search.software_version_id !== undefined && (
      <VersionPill
        key="version"
        id={search.software_version_id}
        team={search.team_id}
        onRemove={() => onChange({ software_version_id: undefined })}
      />
    ),
    search.vulnerability && (
      <Pill key="cve" name="Vulnerability" onRemove={() => onChange({ vulnerability: undefined })}>
        {search.vulnerability}
      </Pill>
    ),
    search.low_disk_space !== undefined && (
      <Pill key="disk" name="Disk space" onRemove={() => onChange({ low_disk_space: undefined })}>
        less than {search.low_disk_space} GB free
      </Pill>
    ),
  ].filter(Boolean);
  if (pills.length === 0) return null;
  return <Pills label="Filters">{pills}</Pills>;
}

function LabelsPill({
  expression,
  onEdit,
  onRemove,
}: {
  expression: string;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const labels = useQuery(labelsSummaryQuery).data ?? [];
  return (
    <Pill name="Labels" onRemove={onRemove}>
      <PillButton label="Change the combination of labels" onClick={onEdit}>
        {withNames(expression, labels)}
      </PillButton>
    </Pill>
  );
}

function LabelPill({ id, onRemove }: { id: number; onRemove: () => void }) {
  const labels = useQuery(labelsSummaryQuery).data ?? [];
  return (
    <Pill name="Label" onRemove={onRemove}>
      {labels.find((label) => label.id === id)?.name ?? `Label ${id}`}
    </Pill>
  );
}

function PolicyPill({
  id,
  response,
  onChange,
}: {
  id: number;
  response: HostsSearch['policy_response'];
  onChange: Props['onChange'];
}) {
  const policy = useQuery({ ...policyQuery(id), refetchInterval: false, retry: false }).data;
  return (
    <Pill
      name="Policy"
      onRemove={() => onChange({ policy_id: undefined, policy_response: undefined })}
    >
      {policy?.name ?? `Policy ${id}`}
      <PillSelect
        label="Answer to the policy"
        value={response ?? ''}
        options={[
          ['', 'any answer'],
          ['passing', 'pass'],
          ['failing', 'fail'],
        ]}
        onChange={(value) =>
          onChange({ policy_response: (value || undefined) as HostsSearch['policy_response'] })
        }
      />
    </Pill>
  );
}

function TitlePill({
  id,
  team,
  onRemove,
}: {
  id: number;
  team: number | undefined;
  onRemove: () => void;
}) {
  const title = useQuery({ ...titleQuery(id, team), retry: false }).data;
  return (
    <Pill name="Software" onRemove={onRemove}>
      {title ? title.display_name || title.name : `Software ${id}`}
    </Pill>
  );
}

function VersionPill({
  id,
  team,
  onRemove,
}: {
  id: number;
  team: number | undefined;
  onRemove: () => void;
}) {
  const version = useQuery({ ...versionQuery(id, team), retry: false }).data;
  return (
    <Pill name="Software" onRemove={onRemove}>
      {version ? `${version.name} ${version.version}` : `Version ${id}`}
    </Pill>
  );
}
