import { Button } from './Button';
import { CodeBlock } from './CopyButton';
import { Dialog } from './Dialog';
import { Banner } from './States';

/** A token that the server tells only once: it must be taken along now. */
export function SecretOnce({
  title,
  name,
  secret,
  onClose,
}: {
  title: string;
  name: string;
  secret: string;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      wide
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <Banner kind="warn">This token is shown only now. Keep it like a password.</Banner>
      <CodeBlock label={`Token of ${name}`} value={secret} />
    </Dialog>
  );
}
