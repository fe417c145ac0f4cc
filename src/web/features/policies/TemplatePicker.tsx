import { useState } from 'react';
import { Button } from '@/components/Button';
import { Card } from '@/components/Page';
import { EmptyState } from '@/components/States';
import { FilterSelect, SearchInput, Toolbar } from '@/components/Toolbar';
import { platformName, platformNames } from '@/lib/format';
import { policyPlatforms } from './fields';
import { templates, type Template } from './templates';
import styles from './Policies.module.css';

/** Ready-made policies to start from. */
export function TemplatePicker({ onPick }: { onPick: (template: Template) => void }) {
  const [text, setText] = useState('');
  const [platform, setPlatform] = useState('');
  const needle = text.toLowerCase();
  const found = templates.filter(
    (template) =>
      `${template.name} ${template.description}`.toLowerCase().includes(needle) &&
      (platform === '' || template.platform === '' || template.platform.includes(platform)),
  );
  return (
    <Card title="Start from a template" flush>
      <Toolbar>
        <SearchInput label="Search templates" value={text} onChange={setText} delay={100} primary />
        <FilterSelect label="Platform" value={platform} onChange={setPlatform}>
          <option value="">All</option>
          {policyPlatforms.map((each) => (
            <option key={each} value={each}>
              {platformName(each)}
            </option>
          ))}
        </FilterSelect>
      </Toolbar>
      {found.length === 0 ? (
        <EmptyState compact title="No template matches">
          Start from nothing and write the query yourself.
        </EmptyState>
      ) : (
        <ul className={styles.templates}>
          {found.map((template) => (
            <li key={template.name}>
              <div>
                <h3>{template.name}</h3>
                <p>{template.description}</p>
                <small>{platformNames(template.platform)}</small>
              </div>
              <Button
                size="s"
                aria-label={`Use the template ${template.name}`}
                onClick={() => onPick(template)}
              >
                Use
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
