import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { labelQuery } from '@/api/labels';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { sqlFromSearch } from '@/lib/draft';
import { EditLabelForm } from './EditLabelForm';
import { NewLabelForm } from './NewLabelForm';
import { kinds } from './search';

const newRoute = getRouteApi('/shell/labels/new/$kind');
const editRoute = getRouteApi('/shell/labels/$labelId');

/** `/labels/new/:kind` */
export function NewLabelRoute() {
  const search = newRoute.useSearch();
  const wanted = newRoute.useParams().kind;
  const kind = kinds.find((each) => each === wanted) ?? 'dynamic';
  return <NewLabelForm kind={kind} team={search.team_id} sql={sqlFromSearch(search)} />;
}

/** `/labels/:id` */
export function EditLabelRoute() {
  const id = Number(editRoute.useParams().labelId);
  const label = useQuery({ ...labelQuery(Number.isSafeInteger(id) ? id : 0), staleTime: 0 });
  if (label.data) return <EditLabelForm key={id} label={label.data} />;
  const error = label.error as ApiError | null;
  return (
    <Page
      title="Label"
      section="Labels"
      back={
        <Link to="/labels/manage">
          <ArrowLeft aria-hidden /> Labels
        </Link>
      }
    >
      <Card flush>
        {error?.status === 404 ? (
          <EmptyState
            title="This label does not exist"
            action={
              <Link to="/labels/manage" className={buttonClass()}>
                Show all labels
              </Link>
            }
          >
            It may have been deleted.
          </EmptyState>
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void label.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Card>
    </Page>
  );
}
