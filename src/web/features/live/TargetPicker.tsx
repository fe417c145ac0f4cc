import { useState } from 'react';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { hostQuery, hosts, labelsQuery } from '@/api/hosts';
import { teamNamesQuery } from '@/api/teamList';
import type { Host, Label, Targets } from '@/api/types';
import { StatusDot } from '@/components/Badge';
import { IconButton } from '@/components/Button';
import { Skeleton } from '@/components/States';
import { SearchInput } from '@/components/Toolbar';
import { cx } from '@/lib/cx';
import { count } from '@/lib/format';
import styles from './TargetPicker.module.css';

const allHosts = 'All Hosts';

/** All hosts, platforms, labels as toggles, and single hosts by search. */
export function TargetPicker({
  targets,
  onChange,
}: {
  targets: Targets;
  onChange: (targets: Targets) => void;
}) {
  const labels = useQuery(labelsQuery);
  const teams = useQuery(teamNamesQuery).data ?? [];
  const [needle, setNeedle] = useState('');

  const toggleTeam = (id: number) => {
    const rest = targets.teams.filter((other) => other !== id);
    onChange({ ...targets, teams: rest.length < targets.teams.length ? rest : [...rest, id] });
  };
  const toggle = (label: Label) => {
    const on = targets.labels.includes(label.id);
    const rest = targets.labels.filter((id) => id !== label.id);
    onChange({ ...targets, labels: on ? rest : [...rest, label.id] });
  };

  if (labels.isPending) return <Skeleton lines={4} />;
  const all = labels.data ?? [];
  const everyone = all.find((label) => label.name === allHosts);
  const platforms = all.filter((label) => label.label_type === 'builtin' && label !== everyone);
  const own = all.filter((label) => label.label_type === 'regular');
  const found = needle ? own.filter((label) => includes(label.name, needle)) : own;
  const everybody = everyone !== undefined && targets.labels.includes(everyone.id);

  const chips = (list: readonly Label[]) => (
    <div className={styles.chips}>
      {list.map((label) => (
        <button
          key={label.id}
          type="button"
          className={cx(styles.chip, label === everyone && styles.everyone)}
          aria-pressed={targets.labels.includes(label.id)}
          disabled={everybody && label !== everyone}
          title={label.description || undefined}
          onClick={() => toggle(label)}
        >
          {label === everyone ? 'All hosts' : label.name}
          {label.count !== undefined && <span>{count(label.count)}</span>}
        </button>
      ))}
    </div>
  );

  return (
    <>
      {everyone && chips([everyone])}
      {platforms.length > 0 && (
        <section className={styles.group}>
          <h3>Platforms</h3>
          {/* A platform without hosts cannot answer. */}
          {chips(
            platforms.filter((label) => label.count !== 0 || targets.labels.includes(label.id)),
          )}
        </section>
      )}
      {teams.length > 0 && (
        <section className={styles.group}>
          <h3>Teams</h3>
          <div className={styles.chips}>
            {teams.map((team) => (
              <button
                key={team.id}
                type="button"
                className={styles.chip}
                aria-pressed={targets.teams.includes(team.id)}
                disabled={everybody}
                onClick={() => toggleTeam(team.id)}
              >
                {team.name}
                {team.host_count !== undefined && <span>{count(team.host_count)}</span>}
              </button>
            ))}
          </div>
        </section>
      )}
      {own.length > 0 && (
        <section className={styles.group}>
          <h3>Labels</h3>
          {own.length > 12 && (
            <SearchInput label="Search labels" value={needle} onChange={setNeedle} delay={100} />
          )}
          {chips(found.slice(0, 40))}
        </section>
      )}
      <section className={styles.group}>
        <h3>Hosts</h3>
        <HostPicker
          chosen={targets.hosts}
          onChange={(ids) => onChange({ ...targets, hosts: ids })}
        />
      </section>
    </>
  );
}

function HostPicker({
  chosen,
  onChange,
}: {
  chosen: readonly number[];
  onChange: (ids: number[]) => void;
}) {
  const [needle, setNeedle] = useState('');
  const found = useQuery({
    queryKey: ['hosts', 'search', needle, chosen],
    queryFn: ({ signal }) => hosts.search(needle, [...chosen], signal),
    enabled: needle !== '',
    placeholderData: keepPreviousData,
  });
  const results = needle ? [...(found.data ?? [])].sort(onlineFirst) : [];

  return (
    <>
      {chosen.length > 0 && (
        <ChosenHosts
          ids={chosen}
          onRemove={(id) => onChange(chosen.filter((other) => other !== id))}
        />
      )}
      <SearchInput
        label="Search hosts"
        placeholder="Name, serial, IP address"
        value={needle}
        onChange={setNeedle}
        primary
      />
      {needle && found.data && results.length === 0 && (
        <p className={styles.none}>No other host matches “{needle}”.</p>
      )}
      {results.length > 0 && (
        <ul className={styles.results} aria-label="Hosts found">
          {results.map((host) => (
            <li key={host.id}>
              <button type="button" onClick={() => onChange([...chosen, host.id])}>
                <StatusDot tone={host.status === 'online' ? 'ok' : 'neutral'}>
                  <span>{host.display_name || host.hostname}</span>
                </StatusDot>
                <small>{[host.os_version, host.primary_ip].filter(Boolean).join(' · ')}</small>
                <Plus aria-label="Add" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Names are known for hosts just chosen; for those from the URL they are asked for. */
function ChosenHosts({
  ids,
  onRemove,
}: {
  ids: readonly number[];
  onRemove: (id: number) => void;
}) {
  const named = ids.slice(0, 10);
  const details = useQueries({
    queries: named.map((id) => ({ ...hostQuery(id), staleTime: 60_000, retry: false })),
  });
  return (
    <ul className={styles.chosen} aria-label="Chosen hosts">
      {named.map((id, index) => {
        const name = details[index]?.data?.display_name ?? `Host ${id}`;
        return (
          <li key={id}>
            {name}
            <IconButton label={`Remove ${name}`} onClick={() => onRemove(id)}>
              <X />
            </IconButton>
          </li>
        );
      })}
      {ids.length > named.length && <li>and {count(ids.length - named.length)} more</li>}
    </ul>
  );
}

function onlineFirst(a: Host, b: Host): number {
  return Number(b.status === 'online') - Number(a.status === 'online');
}

function includes(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase());
}
