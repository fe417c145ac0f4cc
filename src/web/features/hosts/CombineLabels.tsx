import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { hostCountQuery, type HostFilter } from '@/api/hosts';
import { Button, IconButton } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Picker } from '@/components/Picker';
import { plural } from '@/lib/format';
import { fromExpression, noTerms, toExpression, type LabelTerms } from './labelTerms';
import styles from './Hosts.module.css';

interface Props {
  labels: readonly { id: number; name: string }[];
  value: string | undefined;
  /** The other filters in force: the count shows what would be left. */
  filter: HostFilter;
  onChange: (expression: string | undefined) => void;
  onClose: () => void;
}

const rows: [key: keyof LabelTerms, title: string][] = [
  ['all', 'With all of'],
  ['any', 'With any of'],
  ['none', 'With none of'],
];

/** Puts labels together: hosts that have these, some of those, and none of others. */
export function CombineLabels({ labels, value, filter, onChange, onClose }: Props) {
  const [terms, setTerms] = useState(() => (value && fromExpression(value)) || noTerms);
  const expression = toExpression(terms);
  const count = useQuery({
    ...hostCountQuery({ ...filter, labels: expression }),
    enabled: expression !== '',
  });
  const used = new Set([...terms.all, ...terms.any, ...terms.none]);
  const free = labels.filter((label) => !used.has(label.id));
  const name = (id: number) => labels.find((label) => label.id === id)?.name ?? `Label ${id}`;

  return (
    <Dialog
      title="Combine labels"
      description="Hosts are listed that meet all three lines."
      onClose={onClose}
      footer={
        <>
          <span role="status" className={styles.count}>
            {expression === ''
              ? 'Choose labels'
              : count.data === undefined
                ? 'Counting…'
                : plural(count.data, 'host')}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            onClick={() => {
              onChange(expression || undefined);
              onClose();
            }}
          >
            Show hosts
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {rows.map(([key, title]) => (
          <fieldset key={key} className={styles.terms}>
            <legend>{title}</legend>
            {terms[key].map((id) => (
              <span key={id} className={styles.term}>
                {name(id)}
                <IconButton
                  label={`Remove ${name(id)}`}
                  onClick={() =>
                    setTerms({ ...terms, [key]: terms[key].filter((other) => other !== id) })
                  }
                >
                  <X />
                </IconButton>
              </span>
            ))}
            <Picker
              label={`${title}: add a label`}
              look="quiet"
              items={free.map((label) => ({ key: String(label.id), label: label.name }))}
              onPick={(item) => setTerms({ ...terms, [key]: [...terms[key], Number(item.key)] })}
            >
              Add
            </Picker>
          </fieldset>
        ))}
      </div>
    </Dialog>
  );
}
