import { Link } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import type { LabelDetail } from '@/api/labels';
import type { User } from '@/api/types';
import { Badge } from '@/components/Badge';
import { IconButton } from '@/components/Button';
import type { Column } from '@/components/DataTable';
import { count, text } from '@/lib/format';
import { can } from '@/lib/permissions';
import { teamName } from '@/lib/team';
import { kindMeanings, kindNames, kindOf } from './labels';
import styles from './Labels.module.css';

/** Whether somebody may change a label; members of teams also those that they made. */
export function mayChange(user: User | undefined, label: LabelDetail): boolean {
  if (label.label_type === 'builtin') return false;
  return (
    can(user, 'labels.write', label.team_id) ||
    (label.team_id === null && label.author_id === user?.id && can(user, 'labels.write'))
  );
}

export function labelColumns(
  user: User | undefined,
  teams: readonly { id: number; name: string }[],
  onDelete: (label: LabelDetail) => void,
): readonly Column<LabelDetail>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      cell: (label) =>
        label.label_type === 'builtin' ? (
          <span className={styles.name}>{label.name}</span>
        ) : (
          <Link
            to="/labels/$labelId"
            params={{ labelId: String(label.id) }}
            className={styles.name}
          >
            {label.name}
          </Link>
        ),
    },
    {
      id: 'description',
      header: 'Description',
      maxWidth: '380px',
      cell: (label) => <span title={label.description}>{text(label.description)}</span>,
    },
    {
      id: 'type',
      header: 'Type',
      sortKey: 'type',
      cell: (label) => {
        const kind = kindOf(label);
        return <Badge title={kindMeanings[kind]}>{kindNames[kind]}</Badge>;
      },
    },
    ...(teams.length > 0
      ? [
          {
            id: 'team',
            header: 'Team',
            cell: (label: LabelDetail) => teamName(label.team_id, teams),
          },
        ]
      : []),
    {
      id: 'hosts',
      header: 'Hosts',
      sortKey: 'count',
      numeric: true,
      cell: (label) => (
        <Link
          to="/hosts/manage"
          search={{ label_id: label.id }}
          aria-label={`${count(label.count)} hosts with ${label.name}`}
        >
          {count(label.count)}
        </Link>
      ),
    },
    {
      id: 'actions',
      header: 'Actions',
      cell: (label) =>
        mayChange(user, label) && (
          <span className={styles.actions}>
            <Link
              to="/labels/$labelId"
              params={{ labelId: String(label.id) }}
              className={styles.icon}
              aria-label={`Edit ${label.name}`}
              title="Edit"
            >
              <Pencil aria-hidden />
            </Link>
            <IconButton label={`Delete ${label.name}`} onClick={() => onDelete(label)}>
              <Trash2 />
            </IconButton>
          </span>
        ),
    },
  ];
}
