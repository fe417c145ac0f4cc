import { useDeferredValue, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck, Clock, FileSearch, FileText, Laptop, Package, Tag } from 'lucide-react';
import { Dialog as Primitive, VisuallyHidden } from 'radix-ui';
import { meQuery } from '@/api/auth';
import { hosts, labelsSummaryQuery } from '@/api/hosts';
import { policyListQuery } from '@/api/policies';
import { queryListQuery } from '@/api/queries';
import { titlesQuery } from '@/api/software';
import { findItems, PickList, type PickItem } from '@/components/PickList';
import { can } from '@/lib/permissions';
import { parseSearch } from '@/lib/search';
import { recentVisits } from './recent';
import { sections } from './sections';
import styles from './Palette.module.css';

interface Found extends PickItem {
  href: string;
}

const few = { page: 0, per_page: 6, order_direction: 'asc' as const };

/** Everything by name: pages, hosts, queries, policies, labels, software, and what was open last. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const [recent] = useState(recentVisits);
  const results = useResults(text);
  const me = useQuery(meQuery).data?.user;

  const pages: Found[] = sections
    .filter((section) => !section.needs || can(me, section.needs))
    .map((section) => ({
      key: `page ${section.to}`,
      label: section.name,
      group: 'Pages',
      icon: <FileText aria-hidden />,
      href: section.to,
      note: section.key ? `g ${section.key}` : undefined,
      words: section.words,
    }));
  const last: Found[] = recent.map((visit) => ({
    key: `recent ${visit.href}`,
    label: visit.title,
    group: 'Recent',
    icon: <Clock aria-hidden />,
    href: visit.href,
  }));
  const items = text
    ? [...findItems(pages, text), ...results.items, ...findItems(last, text)]
    : [...last, ...pages];

  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.overlay}>
          <Primitive.Content className={styles.content} aria-describedby={undefined}>
            <VisuallyHidden.Root>
              <Primitive.Title>Go to</Primitive.Title>
            </VisuallyHidden.Root>
            <PickList
              label="Find pages, hosts, queries, policies, labels"
              items={items}
              onSearch={setTyped}
              empty={results.busy ? 'Searching…' : `Nothing is called “${text}”.`}
              onPick={(item) => {
                const [path = '/', query = ''] = item.href.split('?');
                onClose();
                void navigate({ to: path as '/hosts/manage', search: parseSearch(query) as never });
              }}
            />
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function useResults(text: string): { items: Found[]; busy: boolean } {
  const asked = { enabled: text.length > 1, staleTime: 30_000, retry: false };
  const foundHosts = useQuery({
    queryKey: ['hosts', 'search', text, []],
    queryFn: ({ signal }) => hosts.search(text, [], signal),
    ...asked,
  });
  const foundQueries = useQuery({
    ...queryListQuery({ ...few, order_key: 'name', query: text }),
    ...asked,
  });
  const foundPolicies = useQuery({
    ...policyListQuery({ ...few, order_key: 'name', query: text }),
    ...asked,
    refetchInterval: false,
  });
  const foundSoftware = useQuery({
    ...titlesQuery({ ...few, order_key: 'hosts_count', order_direction: 'desc', query: text }),
    ...asked,
  });
  const labels = useQuery(labelsSummaryQuery);
  const all = [foundHosts, foundQueries, foundPolicies, foundSoftware];

  const item = (
    group: string,
    icon: React.ReactNode,
    id: number,
    label: string,
    href: string,
    note?: string,
  ): Found => ({ key: `${group} ${id}`, group, icon, label, href, note });

  const labelItems = (labels.data ?? []).map((label) =>
    item('Labels', <Tag aria-hidden />, label.id, label.name, `/hosts/manage?label_id=${label.id}`),
  );
  const items = [
    ...(foundHosts.data ?? [])
      .slice(0, 6)
      .map((host) =>
        item(
          'Hosts',
          <Laptop aria-hidden />,
          host.id,
          host.display_name || host.hostname,
          `/hosts/${host.id}/details`,
          host.status,
        ),
      ),
    ...(foundQueries.data?.rows ?? []).map((query) =>
      item('Queries', <FileSearch aria-hidden />, query.id, query.name, `/queries/${query.id}`),
    ),
    ...(foundPolicies.data ?? []).map((policy) =>
      item(
        'Policies',
        <CircleCheck aria-hidden />,
        policy.id,
        policy.name,
        `/policies/${policy.id}`,
      ),
    ),
    ...findItems(labelItems, text).slice(0, 6),
    ...(foundSoftware.data?.rows ?? []).map((title) =>
      item(
        'Software',
        <Package aria-hidden />,
        title.id,
        title.display_name || title.name,
        `/software/titles/${title.id}`,
      ),
    ),
  ];
  return { items: text ? items : [], busy: all.some((one) => one.isFetching) };
}
