import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, FilePlus } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { policyQuery, type PolicyFields } from '@/api/policies';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { sqlFromSearch } from '@/lib/draft';
import { fieldsOf } from './fields';
import { PolicyForm } from './PolicyForm';
import { TemplatePicker } from './TemplatePicker';

const newRoute = getRouteApi('/shell/policies/new');
const editRoute = getRouteApi('/shell/policies/$policyId/edit');

/** `/policies/new`: from a template, from nothing, or from SQL that came along. */
export function NewPolicyRoute() {
  const search = newRoute.useSearch();
  const sql = sqlFromSearch(search);
  const [start, setStart] = useState<PolicyFields | null>(() =>
    sql ? fieldsOf(undefined, sql) : null,
  );
  if (start) return <PolicyForm start={start} team={search.team_id} />;
  return (
    <Page
      title="New policy"
      section="Policies"
      back={
        <Link to="/policies/manage" search={{ team_id: search.team_id }}>
          <ArrowLeft aria-hidden /> Policies
        </Link>
      }
      actions={
        <button
          type="button"
          className={buttonClass({ look: 'primary' })}
          onClick={() => setStart(fieldsOf(undefined))}
        >
          <FilePlus aria-hidden /> Start from nothing
        </button>
      }
    >
      <TemplatePicker onPick={(part) => setStart({ ...fieldsOf(undefined), ...part })} />
    </Page>
  );
}

/** `/policies/:id/edit` */
export function EditPolicyRoute() {
  const id = Number(editRoute.useParams().policyId);
  const policy = useQuery({ ...policyQuery(id), refetchInterval: false });
  if (policy.data) {
    return <PolicyForm key={id} saved={policy.data} team={policy.data.team_id ?? undefined} />;
  }
  const error = policy.error as ApiError | null;
  return (
    <Page title="Edit policy" section="Policies">
      <Card flush>
        {error?.status === 404 ? (
          <NoPolicy />
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void policy.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Card>
    </Page>
  );
}

export function NoPolicy() {
  return (
    <EmptyState
      title="This policy does not exist"
      action={
        <Link to="/policies/manage" className={buttonClass()}>
          Show all policies
        </Link>
      }
    >
      It may have been deleted.
    </EmptyState>
  );
}
