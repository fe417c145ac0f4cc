import { useState } from 'react';
import { Check, Copy } from 'lucide-react';
import { Button, IconButton } from './Button';
import styles from './CopyButton.module.css';

function useCopy(value: string) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1800);
  };
  return [copied, () => void copy()] as const;
}

export function CopyIcon({ value, label }: { value: string; label: string }) {
  const [copied, copy] = useCopy(value);
  return (
    <IconButton label={copied ? 'Copied' : label} onClick={copy}>
      {copied ? <Check /> : <Copy />}
    </IconButton>
  );
}

/** A block of text to be taken somewhere else, with its copy button. */
export function CodeBlock({ value, label }: { value: string; label: string }) {
  const [copied, copy] = useCopy(value);
  return (
    <figure className={styles.block}>
      <figcaption>
        {label}
        <Button
          size="s"
          look="quiet"
          icon={copied ? <Check /> : <Copy />}
          onClick={copy}
          aria-label={`Copy ${label}`}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </figcaption>
      <pre tabIndex={0}>{value}</pre>
    </figure>
  );
}

/** The clipboard API is missing on plain HTTP; selecting and copying is the old way. */
async function copyText(value: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(value);
    return;
  }
  const area = document.createElement('textarea');
  area.value = value;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
