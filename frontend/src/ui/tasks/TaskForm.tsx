import type { ReactNode } from 'react';
import { useMe } from '@/api/session';
import { useRight, useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { nobody, type TaskDraft } from '@/ui/tasks/draft';
import { zone } from '@/ui/tasks/due';
import styles from '@/ui/tasks/tasks.module.css';

interface Properties {
  readonly draft: TaskDraft;
  readonly onChange: (draft: TaskDraft) => void;
}

/** Who a task may be given to: anybody of the team by whoever gives out work, oneself by everybody else. */
function AssigneeField({ draft, onChange }: Properties): ReactNode {
  const { members } = useSpace();
  const me = useMe();
  const assigns = useRight('ASSIGN_TASKS');
  const people = members.filter(({ state, role }) => state === 'ACTIVE' && role !== 'OVERSIGHT');
  const roles = [...new Set(people.map(({ role }) => role))];
  const agencies = [...new Map(people.map(({ person }) => [person.agency.id, person.agency])).values()];
  return (
    <SelectField label={t('task.assignee')} value={draft.assignee} onChange={(assignee) => onChange({ ...draft, assignee })}>
      <option value={nobody}>{t('tasks.nobody')}</option>
      <option value={`PERSON ${me.id}`}>{t('task.me')}</option>
      {assigns && <optgroup label={t('task.people')}>
        {people.filter(({ person }) => person.id !== me.id).map(({ id, person }) => <option key={id} value={`PERSON ${person.id}`}>{person.name} ({person.agency.country})</option>)}
      </optgroup>}
      {assigns && <optgroup label={t('task.roles')}>{roles.map((role) => <option key={role} value={`ROLE ${role.toLowerCase()}`}>{t(`role.${role}`)}</option>)}</optgroup>}
      {assigns && <optgroup label={t('task.agencies')}>{agencies.map(({ id, name, country }) => <option key={id} value={`AGENCY ${id}`}>{name} ({country})</option>)}</optgroup>}
    </SelectField>
  );
}

/** What a task says. */
export function TaskForm({ draft, onChange }: Properties): ReactNode {
  const set = (part: Partial<TaskDraft>): void => onChange({ ...draft, ...part });
  const priority = (value: string): void => set({ priority: value === 'HIGH' || value === 'LOW' ? value : 'NORMAL' });
  return (
    <>
      <TextField label={t('task.titleField')} maxLength={200} value={draft.title} onChange={(title) => set({ title })} />
      <AssigneeField draft={draft} onChange={onChange} />
      <div className={styles['pair']}>
        <TextField type="datetime-local" dir="ltr" label={t('task.due')} hint={t('task.dueHint', { zone: zone() })} value={draft.due} onChange={(due) => set({ due })} />
        <SelectField label={t('task.priority')} value={draft.priority} onChange={priority}>
          {(['HIGH', 'NORMAL', 'LOW'] as const).map((each) => <option key={each} value={each}>{t(`taskPriority.${each}`)}</option>)}
        </SelectField>
      </div>
      <TextArea label={t('task.text')} rows={3} value={draft.text} onChange={(text) => set({ text })} />
      <TextArea label={t('task.stepsField')} rows={3} value={draft.steps} onChange={(steps) => set({ steps })} />
    </>
  );
}
