import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useRight, useSpace } from '@/api/SpaceContext';
import { notClosed, useTaskCounts } from '@/api/tasks';
import { useReconciled } from '@/live/useReconciled';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Segmented } from '@/ui/Segmented';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';
import { TaskList } from '@/ui/tasks/TaskList';
import styles from '@/features/teams/teams.module.css';

type Shown = 'MINE' | 'EVERYBODY';
const most = 7;

/** What is most urgent, mine or the team's, on the home of a space. */
export function HomeTasks(): ReactNode {
  const { id } = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const [of, setOf] = useState<Shown>('MINE');
  const [adding, setAdding] = useState(false);
  const counts = useTaskCounts(id);
  const filter = { whose: of, case: null, about: null, states: notClosed, overdue: false };
  const choices = (['MINE', 'EVERYBODY'] as const).map((value) => ({ value, label: t(`tasks.${value}`) }));
  return (
    <>
      <TaskList space={id} filter={filter} title={t('tasks.clocks')} icon={<IconChecklist size={18} aria-hidden />} most={most} reconciled={useReconciled}
        empty={<p className={styles['row']}>{t(of === 'MINE' ? 'tasks.noneMine' : 'tasks.empty')}</p>}
        action={<span className={styles['tools']}>
          <Segmented label={t('tasks.whose')} value={of} options={choices} onChange={setOf} />
          {writes && <Button small onClick={() => setAdding(true)}><IconPlus size={14} aria-hidden />{t('tasks.add')}</Button>}
        </span>}
        foot={<span className={styles['foot']}>
          <span>{t('tasks.legend')}</span>
          <span><Link to={`/s/${id}/tasks?view=board`}>{t('tasks.board')}</Link> · <Link to={`/s/${id}/tasks?of=EVERYBODY`}>{t('tasks.allOf', { count: counts?.EVERYBODY ?? 0 })}</Link></span>
        </span>} />
      {adding && <NewTaskDialog onClose={() => setAdding(false)} />}
    </>
  );
}
