import { useState, type FormEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { TextField } from '@/components/Field';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/Menu';
import { parseSearch } from '@/lib/search';
import { toast } from '@/components/Toast';
import { hostsSearch, type HostsSearch } from './search';
import { useViews, viewOf } from './views';

/** Filters worth a name, to come back to. */
export function ViewsMenu({ search }: { search: HostsSearch }) {
  const navigate = useNavigate();
  const { views, save, remove } = useViews();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const here = viewOf(search);
  const current = views.find((view) => view.search === here);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    save({ name: name.trim(), search: here });
    toast.ok(`The view “${name.trim()}” was saved in this browser.`);
    setNaming(false);
    setName('');
  };
  return (
    <>
      <Menu trigger={<Button icon={<Bookmark />}>{current?.name ?? 'Views'}</Button>}>
        {views.length > 0 && <MenuLabel>Saved views</MenuLabel>}
        {views.map((view) => (
          <MenuItem
            key={view.name}
            icon={<Bookmark aria-hidden />}
            onSelect={() =>
              void navigate({ to: '/hosts/manage', search: hostsSearch(parseSearch(view.search)) })
            }
          >
            {view.name}
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem
          icon={<BookmarkPlus aria-hidden />}
          disabled={here === ''}
          onSelect={() => setNaming(true)}
        >
          Save this view
        </MenuItem>
        {current && (
          <MenuItem icon={<Trash2 aria-hidden />} onSelect={() => remove(current.name)}>
            Forget “{current.name}”
          </MenuItem>
        )}
      </Menu>
      {naming && (
        <Dialog
          title="Save this view"
          description="Its filters and order get a name. It is kept in this browser; the address of the page works for everybody."
          onClose={() => setNaming(false)}
          footer={
            <>
              <Button onClick={() => setNaming(false)}>Cancel</Button>
              <Button look="primary" type="submit" form="view-name" disabled={!name.trim()}>
                Save
              </Button>
            </>
          }
        >
          <form id="view-name" onSubmit={submit}>
            <TextField
              label="Name"
              data-autofocus
              autoFocus
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </form>
        </Dialog>
      )}
    </>
  );
}
