import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useRight, useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { IconButton } from '@/ui/Button';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';
import { TaskList, type ListProperties } from '@/ui/tasks/TaskList';
import type { Thing } from '@/ui/tasks/things';
import styles from '@/ui/tasks/tasks.module.css';

interface Properties extends Pick<ListProperties, 'reconciled'> {
  /** The entity whose tasks are shown, or … */
  readonly about?: Thing;
  /** … the case. */
  readonly inCase?: string;
}

/** The tasks of a case or about an entity, on its page. */
export function TasksPanel({ about, inCase, reconciled }: Properties): ReactNode {
  const { id } = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const [adding, setAdding] = useState(false);
  const filter = { whose: 'EVERYBODY' as const, about: about?.id ?? null, case: inCase ?? null, states: null, overdue: false };
  const add = writes && <IconButton small label={t('tasks.add')} icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)} />;
  return (
    <>
      <TaskList space={id} filter={filter} title={t('task.ofEntity')} action={add} reconciled={reconciled} empty={<p className={styles['more']}>{t('task.noneOfEntity')}</p>} />
      {adding && <NewTaskDialog {...(about ? { things: [about] } : {})} {...(inCase ? { inCase } : {})} onClose={() => setAdding(false)} />}
    </>
  );
}
