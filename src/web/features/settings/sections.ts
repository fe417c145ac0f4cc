import type { FieldGroup } from '@/lib/fields';
import { integrations } from './integrations';
import { organization } from './organization';

/** One page of the settings. */
export interface Section {
  id: string;
  title: string;
  /** In the middle of a sentence. */
  what: string;
  groups?: readonly FieldGroup[];
  /** Pages that are more than a form. */
  custom?: 'agent-options' | 'logs';
  test?: 'mail';
  /** Stays editable in GitOps mode: here it is turned off. */
  ownsGitops?: true;
}

export const sectionGroups = { organization, integrations } as const;
export type SectionGroup = keyof typeof sectionGroups;

export const groupTitles: Record<SectionGroup, string> = {
  organization: 'Organization',
  integrations: 'Integrations',
};

export function findSection(group: SectionGroup, id: string): Section | undefined {
  return sectionGroups[group].find((section) => section.id === id);
}
