import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { TaskFilter, TasksOf, TaskState } from '@/api/generated/graphql';
import { useRight, useSpace } from '@/api/SpaceContext';
import { taskOperations } from '@/api/tasks';
import { useAnnounce } from '@/live/hooks';
import { useReconciled } from '@/live/useReconciled';
import { useRefreshOn } from '@/live/useRefreshOn';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { SelectField } from '@/ui/Field';
import { usePage } from '@/ui/Page';
import { Segmented } from '@/ui/Segmented';
import { Empty } from '@/ui/States';
import { MentionsPanel } from '@/ui/tasks/MentionsPanel';
import { NewTaskDialog } from '@/ui/tasks/NewTaskDialog';
import { TaskList } from '@/ui/tasks/TaskList';
import styles from '@/ui/tasks/tasks.module.css';

type Which = 'open' | 'overdue' | 'closed' | 'all';
const closed: TaskState[] = ['DONE', 'CANCELLED'];
const states: Record<Which, TaskState[] | null> = { open: ['OPEN', 'DOING', 'WAITING'], overdue: null, closed, all: null };
const whose: readonly TasksOf[] = ['MINE', 'MY_AGENCY', 'EVERYBODY'];
const which: readonly Which[] = ['open', 'overdue', 'closed', 'all'];

/** Who does what by when: mine, my authority's or the team's. */
export function TasksPage(): ReactNode {
  const space = useSpace();
  const writes = useRight('WRITE_CONTENT');
  const [asked, setAsked] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const of = whose.find((each) => each === asked.get('of')) ?? 'EVERYBODY';
  const shown = which.find((each) => each === asked.get('show')) ?? 'open';
  const inCase = asked.get('case') ?? '';
  const set = (name: string, value: string): void => setAsked((before) => {
    before.set(name, value);
    return before;
  }, { replace: true });
  const filter: TaskFilter = { whose: of, case: inCase || null, about: null, states: states[shown], overdue: shown === 'overdue' };
  usePage({ title: t('tasks.title'), path: [{ label: t('tasks.title') }] });
  useAnnounce(space.id, 'tasks');
  useRefreshOn(space.id, taskOperations);
  const add = writes && <Button look="primary" onClick={() => setAdding(true)}><IconPlus size={16} aria-hidden />{t('tasks.add')}</Button>;
  const plain = of === 'EVERYBODY' && shown !== 'closed' && shown !== 'overdue' && !inCase;
  return (
    <div className={styles['page']}>
      <div className={styles['title']}><h1>{t('tasks.title')}</h1>{add}</div>
      <div className={styles['filters']}>
        <Segmented label={t('tasks.whose')} value={of} options={whose.map((value) => ({ value, label: t(`tasks.${value}`) }))} onChange={(value) => set('of', value)} />
        <Segmented label={t('tasks.which')} value={shown} options={which.map((value) => ({ value, label: t(`tasks.${value}`) }))} onChange={(value) => set('show', value)} />
        <SelectField label={t('tasks.case')} value={inCase} onChange={(value) => set('case', value)}>
          <option value="">{t('tasks.anyCase')}</option>
          {space.cases.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
        </SelectField>
      </div>
      {of === 'MINE' && <MentionsPanel reconciled={useReconciled} />}
      <TaskList space={space.id} filter={filter} title={t(`tasks.${of}`)} reconciled={useReconciled} empty={<Empty text={plain ? t('tasks.empty') : t('tasks.emptyFilter')} />} />
      {adding && <NewTaskDialog inCase={inCase} onClose={() => setAdding(false)} />}
    </div>
  );
}
