import { useState, type ReactNode } from 'react';
import { Dialog as Primitive } from 'radix-ui';
import { X } from 'lucide-react';
import { cx } from '@/lib/cx';
import { Button, IconButton } from './Button';
import { FormError } from './Field';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  description?: ReactNode;
  wide?: boolean;
  onClose: () => void;
  children?: ReactNode;
  footer?: ReactNode;
}

/** Mounted means open: the owner renders it while it is wanted. */
export function Dialog({ title, description, wide, onClose, children, footer }: DialogProps) {
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.overlay}>
          <Primitive.Content
            className={cx(styles.content, wide && styles.wide)}
            onOpenAutoFocus={(event) => {
              // The first control is the close button; what was opened is a better place to start.
              const content = event.currentTarget;
              if (!(content instanceof HTMLElement) || content.querySelector('[data-autofocus]')) {
                return;
              }
              event.preventDefault();
              content.focus();
            }}
            {...(description ? {} : { 'aria-describedby': undefined })}
          >
            <header className={styles.header}>
              <Primitive.Title className={styles.title}>{title}</Primitive.Title>
              <Primitive.Close asChild>
                <IconButton label="Close">
                  <X />
                </IconButton>
              </Primitive.Close>
            </header>
            <div className={styles.body}>
              {description && (
                <Primitive.Description asChild>
                  <div className={styles.description}>{description}</div>
                </Primitive.Description>
              )}
              {children}
            </div>
            {footer && <footer className={styles.footer}>{footer}</footer>}
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  action: string;
  /** When set, this must be typed before the action is possible. */
  typeToConfirm?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is destroyed; stays open and says why when it fails. */
export function ConfirmDialog(props: ConfirmProps) {
  const { title, children, action, typeToConfirm, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : 'That did not work.');
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={title}
      description={children}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            busy={busy}
            disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
            onClick={() => void confirm()}
          >
            {action}
          </Button>
        </>
      }
    >
      {typeToConfirm !== undefined && (
        <label className={styles.confirm}>
          <span>
            Type <strong>{typeToConfirm}</strong> to confirm
          </span>
          <input value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
      )}
      <FormError>{error}</FormError>
    </Dialog>
  );
}
