import { useBlocker } from '@tanstack/react-router';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface Props {
  dirty: boolean;
  what: string;
  /** Pages to which the changes go along. */
  unless?: RegExp;
}

/** While there is something to lose, leaving the page or closing the tab asks first. */
export function UnsavedGuard({ dirty, what, unless }: Props) {
  const blocker = useBlocker({
    // Another page; the same page with other parameters loses nothing.
    shouldBlockFn: ({ current, next }) =>
      dirty && current.pathname !== next.pathname && !unless?.test(next.pathname),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      title="Leave without saving?"
      description={`Your changes to ${what} are lost.`}
      onClose={blocker.reset}
      footer={
        <>
          <Button onClick={blocker.reset}>Stay</Button>
          <Button look="danger" onClick={blocker.proceed}>
            Leave
          </Button>
        </>
      }
    />
  );
}
