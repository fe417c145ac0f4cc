import { useState, type FormEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, BookmarkPlus, Trash2, UsersRound } from 'lucide-react';
import { ApiError } from '@/api/client';
import { hostViews, hostViewsQuery, type HostView } from '@/api/views';
import { Button } from '@/components/Button';
import { ConfirmDialog, Dialog } from '@/components/Dialog';
import { CheckboxField, FormError, TextField } from '@/components/Field';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/Menu';
import { toast } from '@/components/Toast';
import type { HostsSearch } from './search';
import { isShown, viewFilters, viewSearch } from './views';
import styles from './Hosts.module.css';

/** Filters worth a name, to come back to. */
export function ViewsMenu({ search }: { search: HostsSearch }) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const views = useQuery(hostViewsQuery).data ?? [];
  const [dialog, setDialog] = useState<'save' | 'delete' | null>(null);
  const current = views.find((view) => isShown(view, search));
  const worthIt = Object.keys(viewFilters(search)).length > 0;
  const item = (view: HostView) => (
    <MenuItem
      key={view.id}
      icon={view.shared ? <UsersRound aria-hidden /> : <Bookmark aria-hidden />}
      onSelect={() => void navigate({ to: '/hosts/manage', search: viewSearch(view) })}
    >
      {view.name}
    </MenuItem>
  );
  const own = views.filter((view) => view.own);
  const others = views.filter((view) => !view.own);

  return (
    <>
      <Menu trigger={<Button icon={<Bookmark />}>{current?.name ?? 'Views'}</Button>}>
        {own.length > 0 && <MenuLabel>Your views</MenuLabel>}
        {own.map(item)}
        {others.length > 0 && <MenuLabel>Shared views</MenuLabel>}
        {others.map(item)}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem
          icon={<BookmarkPlus aria-hidden />}
          disabled={!worthIt}
          onSelect={() => setDialog('save')}
        >
          Save this view
        </MenuItem>
        {current?.own && (
          <MenuItem icon={<Trash2 aria-hidden />} onSelect={() => setDialog('delete')}>
            Delete “{current.name}”
          </MenuItem>
        )}
      </Menu>
      {dialog === 'save' && <SaveView search={search} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && current && (
        <ConfirmDialog
          title={`Delete the view “${current.name}”?`}
          action="Delete view"
          onClose={() => setDialog(null)}
          onConfirm={async () => {
            await hostViews.remove(current.id);
            toast.ok(`The view “${current.name}” was deleted.`);
            await cache.invalidateQueries({ queryKey: hostViewsQuery.queryKey });
          }}
        >
          <p>
            {current.shared
              ? 'It disappears for everybody. Hosts are not touched.'
              : 'Hosts are not touched.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function SaveView({ search, onClose }: { search: HostsSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => hostViews.create({ name: name.trim(), filters: viewFilters(search), shared }),
    onSuccess: async () => {
      toast.ok(`The view “${name.trim()}” was saved.`);
      onClose();
      await cache.invalidateQueries({ queryKey: hostViewsQuery.queryKey });
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && !save.isPending) save.mutate();
  };
  return (
    <Dialog
      title="Save this view"
      description="Its filters and order get a name."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="view-form"
            disabled={!name.trim()}
            busy={save.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form id="view-form" className={styles.stack} onSubmit={submit}>
        <FormError>{error && error.status !== 409 ? error.summary(['name']) : null}</FormError>
        <TextField
          label="Name"
          data-autofocus
          autoFocus
          maxLength={60}
          value={name}
          error={
            error?.status === 409 ? 'Another view has this name already.' : error?.field('name')
          }
          onChange={(event) => setName(event.target.value)}
        />
        <CheckboxField
          label="Share it"
          hint="Everybody sees it in this menu; each sees only the hosts that they may see."
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
      </form>
    </Dialog>
  );
}
