import { platformName } from '@/lib/format';
import { CheckboxField } from './Field';
import styles from './Choices.module.css';

/** A comma list of platforms as checkboxes; none means all. */
export function PlatformChecks({
  platforms,
  value,
  onChange,
}: {
  platforms: readonly string[];
  value: string;
  onChange: (value: string) => void;
}) {
  const chosen = value
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const toggle = (platform: string, on: boolean) =>
    onChange((on ? [...chosen, platform] : chosen.filter((name) => name !== platform)).join(','));
  return (
    <fieldset className={styles.choices}>
      <legend>Platforms</legend>
      <div className={styles.checks}>
        {platforms.map((platform) => (
          <CheckboxField
            key={platform}
            label={platformName(platform)}
            checked={chosen.includes(platform)}
            onChange={(event) => toggle(platform, event.target.checked)}
          />
        ))}
      </div>
      <p>None chosen means all.</p>
    </fieldset>
  );
}
