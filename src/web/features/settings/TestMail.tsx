import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { settings } from '@/api/settings';
import { Button } from '@/components/Button';
import { toast } from '@/components/Toast';

/** Mails the viewer by the stored settings, which must therefore be saved first. */
export function TestMail({ enabled, dirty }: { enabled: boolean; dirty: boolean }) {
  const test = useMutation({
    mutationFn: settings.testMail,
    onSuccess: () => toast.ok('A test mail is on its way to you.'),
    onError: (error) => toast.error(error),
  });
  const reason = dirty
    ? 'Save first: the test uses what is stored.'
    : !enabled
      ? 'Turn mail on and save first.'
      : undefined;
  return (
    <Button
      icon={<Send />}
      busy={test.isPending}
      disabled={reason !== undefined}
      title={reason}
      onClick={() => test.mutate()}
    >
      Send a test mail
    </Button>
  );
}
