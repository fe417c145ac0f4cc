import { useState } from 'react';
import { keepPreviousData, useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { hostQuery, hosts as hostsApi } from '@/api/hosts';
import { StatusDot } from '@/components/Badge';
import { Button, IconButton } from '@/components/Button';
import { TextAreaField } from '@/components/Field';
import { SearchInput } from '@/components/Toolbar';
import { toast } from '@/components/Toast';
import { count, plural } from '@/lib/format';
import { pastedNames } from './labels';
import styles from './Labels.module.css';

const named = 60;

/** Hosts by hand: search and add, or paste a list. Without `onChange` they are only shown. */
export function HostMembers({
  ids,
  onChange,
}: {
  ids: readonly number[];
  onChange?: ((ids: number[]) => void) | undefined;
}) {
  const [needle, setNeedle] = useState('');
  const found = useQuery({
    queryKey: ['hosts', 'search', needle, ids],
    queryFn: ({ signal }) => hostsApi.search(needle, [...ids], signal),
    enabled: needle !== '',
    placeholderData: keepPreviousData,
  });
  const details = useQueries({
    queries: ids
      .slice(0, named)
      .map((id) => ({ ...hostQuery(id), staleTime: 60_000, retry: false })),
  });
  const results = needle ? (found.data ?? []).filter((host) => !ids.includes(host.id)) : [];

  return (
    <div className={styles.group}>
      <h3>Hosts {ids.length > 0 && `(${count(ids.length)})`}</h3>
      {ids.length === 0 && <p className={styles.note}>No host has it yet.</p>}
      {ids.length > 0 && (
        <ul className={styles.chosen} aria-label="Hosts with this label">
          {ids.slice(0, named).map((id, index) => {
            const name = details[index]?.data?.display_name ?? `Host ${id}`;
            return (
              <li key={id}>
                {name}
                {onChange && (
                  <IconButton
                    label={`Remove ${name}`}
                    onClick={() => onChange(ids.filter((other) => other !== id))}
                  >
                    <X />
                  </IconButton>
                )}
              </li>
            );
          })}
          {ids.length > named && <li>and {count(ids.length - named)} more</li>}
        </ul>
      )}
      {onChange && (
        <>
          <SearchInput
            label="Search hosts to add"
            placeholder="Name, serial, UUID, IP address"
            value={needle}
            onChange={setNeedle}
          />
          {needle && found.data && results.length === 0 && (
            <p className={styles.note}>No other host matches “{needle}”.</p>
          )}
          {results.length > 0 && (
            <ul className={styles.results} aria-label="Hosts found">
              {results.map((host) => (
                <li key={host.id}>
                  <button type="button" onClick={() => onChange([...ids, host.id])}>
                    <StatusDot tone={host.status === 'online' ? 'ok' : 'neutral'}>
                      {host.display_name || host.hostname}
                    </StatusDot>
                    <small>
                      {[host.hardware_serial, host.primary_ip].filter(Boolean).join(' · ')}
                    </small>
                    <Plus aria-label="Add" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <PasteHosts ids={ids} onAdd={(more) => onChange([...new Set([...ids, ...more])])} />
        </>
      )}
    </div>
  );
}

/** A list of names, serial numbers or UUIDs from elsewhere; says which of them are unknown. */
function PasteHosts({ ids, onAdd }: { ids: readonly number[]; onAdd: (ids: number[]) => void }) {
  const [text, setText] = useState('');
  const names = pastedNames(text);
  const look = useMutation({
    mutationFn: async () => {
      const added: number[] = [];
      const missing: string[] = [];
      // One after another: a pasted list must not be a burst of hundreds of requests.
      for (const name of names) {
        const hits = await hostsApi.search(name, []);
        const hit = hits.find((host) =>
          [host.hostname, host.display_name, host.hardware_serial, host.uuid].some(
            (field) => field.toLowerCase() === name.toLowerCase(),
          ),
        );
        if (hit) added.push(hit.id);
        else missing.push(name);
      }
      return { added, missing };
    },
    onSuccess: ({ added, missing }) => {
      onAdd(added.filter((id) => !ids.includes(id)));
      setText(missing.join('\n'));
      toast.ok(`${added.length} of ${plural(names.length, 'host')} found.`);
    },
    onError: toast.error,
  });
  const missing = look.data?.missing ?? [];
  return (
    <details className={styles.paste}>
      <summary>Paste a list</summary>
      <TextAreaField
        label="Names, serial numbers or UUIDs, one a line"
        rows={4}
        value={text}
        error={
          missing.length > 0 && text === missing.join('\n')
            ? `Not found: ${missing.slice(0, 8).join(', ')}${missing.length > 8 ? ' and others' : ''}.`
            : undefined
        }
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        size="s"
        disabled={names.length === 0}
        busy={look.isPending}
        onClick={() => look.mutate()}
      >
        Add {names.length > 0 ? plural(names.length, 'host') : 'hosts'}
      </Button>
    </details>
  );
}
