import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { CheckboxField, SelectField } from '@/components/Field';
import { setTheme, theme, type Theme } from '@/lib/theme';
import { setUtc, usesUtc } from '@/lib/timeZone';
import styles from './Account.module.css';

/** How things look here; kept in this browser. */
export function Appearance() {
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<Theme>(theme);
  const [utc, setShown] = useState(usesUtc);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={styles.form}>
      <SelectField
        label="Theme"
        value={chosen}
        onChange={(event) => {
          const next = event.target.value as Theme;
          setTheme(next);
          setChosen(next);
        }}
      >
        <option value="system">As the system</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </SelectField>
      <CheckboxField
        label="Show times in UTC"
        hint={`Otherwise in the time zone of this browser, ${zone}.`}
        checked={utc}
        onChange={(event) => {
          setUtc(event.target.checked);
          setShown(event.target.checked);
          // What is on this page shows times, too.
          void cache.invalidateQueries({ queryKey: ['me'] });
        }}
      />
    </div>
  );
}
